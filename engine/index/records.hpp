// The records of an index, and their bytes (FORMAT.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>
#include <wirecopy/index.hpp>

#include "base/hash.hpp"
#include "cluster/agglomeration.hpp"
#include "cluster/families.hpp"
#include "store/key.hpp"
#include "text/token.hpp"

namespace wirecopy {

/// All that is kept of an article.
struct StoredArticle {
  bool removed = false;
  std::uint32_t version = 1;
  std::int64_t time = 0;
  std::int64_t published = 0;  ///< kNoDate: unknown
  Digest content;
  std::uint64_t identity = 0;
  std::uint32_t source = 0;
  std::uint32_t title_tokens = 0;
  std::uint32_t text_tokens = 0;
  std::uint8_t agency = 0;  ///< 1: credits one
  std::string id;
  /// Tokens of title and text; those of an article with the content of another of its generation are found there.
  std::vector<Token> tokens;
  /// Read from a record whose text is in a record of its own (article_records.hpp), which is not read yet.
  bool is_text_apart = false;
  /// Which sampled shingles have no postings, because they were boilerplate: a bit each, from the lowest; empty: none.
  std::vector<std::uint8_t> unposted;
};

/// Texts of more tokens have a record of their own.
inline constexpr std::size_t kMaxTokensInHead = 4096;

[[nodiscard]] std::string encode(const StoredArticle& article);
void decode(std::string_view bytes, StoredArticle& article);
/// All but the tokens, for questions that do not need them.
void decode_head(std::string_view bytes, StoredArticle& article);
/// The record of a long text.
[[nodiscard]] std::string encode_text(const StoredArticle& article);
void decode_text(std::string_view bytes, StoredArticle& article);

/// The words of its title; none if it has no tokens of its own.
[[nodiscard]] TitleWords title_words(const StoredArticle& article);

/// What decode_head() would read of its record.
[[nodiscard]] StoredArticle without_tokens(const StoredArticle& article);

/// Which story an article is in.
struct Membership {
  StoryKey story;                      ///< if it represents itself
  ArticleKey representative = kNoKey;  ///< or the article of the same content that represents it
};

[[nodiscard]] std::string encode(const Membership& membership);
[[nodiscard]] Membership decode_membership(std::string_view bytes);

/// A text of a story, and the articles that have it.
struct StoryNode {
  ArticleKey key;  ///< the article that represents all
  Digest content;
  ClusterNumber cluster;
  std::int64_t newest = 0;   ///< time of the newest article
  std::uint32_t living = 1;  ///< articles that were not removed
  std::uint32_t text_tokens = 0;
  std::int64_t published = 0;
  std::uint32_t source = 0;
  std::uint8_t agency = 0;
  std::uint32_t slot = 0;  ///< names it for good within its story; rises from node to node

  // What its records say before it is written.
  StoryKey placed_in;       ///< the story that its membership names
  ClusterNumber named_for;  ///< a cluster whose record names that story

  TitleWords title{};
};

/// Two texts of a story that were compared.
struct StoryEdge {
  std::uint32_t a = 0;  ///< places among the nodes
  std::uint32_t b = 0;
  Kinship kinship = Kinship::none;
  double share = 0;  ///< of a match (see StrongPair)
  double jaccard = 0;
};

/// Articles that matches connect, and how they are clustered. Its records: story_records.hpp.
struct Story {
  StoryKey key;
  std::vector<StoryNode> nodes;
  std::vector<StoryEdge> edges;  ///< without those of the unread pieces
  std::uint32_t next_slot = 0;   ///< of the next node

  std::uint32_t pieces_of_nodes = 0, pieces_of_edges = 0;  ///< records it has beside its head
  std::uint32_t unread_pieces = 0;                         ///< of edges, the first ones
};

/// What a cluster's number leads to.
struct ClusterFate {
  StoryKey story;
  ClusterNumber became;  ///< not kNoCluster: it was merged into this one
};

[[nodiscard]] std::string encode(const ClusterFate& fate);
[[nodiscard]] ClusterFate decode_fate(std::string_view bytes);

/// An event without its number.
[[nodiscard]] std::string encode(const Index::Event& event);
[[nodiscard]] Index::Event decode_event(std::string_view bytes);

/// "w" and 16 hexadecimal digits; empty for kNoCluster.
[[nodiscard]] std::string cluster_name(ClusterNumber number);
/// kNoCluster for what is no such name.
[[nodiscard]] ClusterNumber cluster_number(std::string_view name);

}  // namespace wirecopy
