// The corpus: the result of the sketch phase for every article, and all that the resolve phase sees.
//
// Sketching runs in parallel, block by block. Each block of lines gives one SketchBlock, which is filled by one thread
// and never changed afterwards. Blocks are appended in input order, which alone determines the numbers of articles; so
// numbers, and everything that follows from them, do not depend on threads. A SketchBlock is also the unit that is
// stored on disk (spill/); the corpus then refers to it through a SketchView.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <memory_resource>
#include <span>
#include <string>
#include <string_view>
#include <vector>
#include <wirecopy/article.hpp>

#include "base/hash.hpp"
#include "base/ids.hpp"
#include "base/large_memory.hpp"
#include "base/line_position.hpp"
#include "base/name_map.hpp"
#include "provenance/agency.hpp"
#include "provenance/version_mark.hpp"
#include "sketch/excerpt_sample.hpp"
#include "text/token.hpp"

namespace wirecopy {

inline constexpr std::int64_t kNoDate = std::numeric_limits<std::int64_t>::min();

/// The fixed-size data of an article; its tokens and strings are in its block.
struct ArticleRecord {
  Digest content;              ///< of all tokens and of the number of title tokens: equal articles have equal digests
  std::uint64_t identity = 0;  ///< hash of the content and the id: an order of articles that is independent of arrival
  LinePosition place;
  std::uint64_t ordinal = 0;  ///< the caller's number
  std::int64_t published = kNoDate;
  std::uint32_t block = 0;
  std::uint32_t index_in_block = 0;
  std::uint32_t first_token = 0;  ///< index in the block; the title's tokens come first
  std::uint32_t title_tokens = 0;
  std::uint32_t text_tokens = 0;
  std::uint32_t first_byte = 0;  ///< position of the id in the block's strings; the title follows
  std::uint32_t id_bytes = 0;
  std::uint32_t title_bytes = 0;
  std::uint32_t first_sample = 0;  ///< index in the block
  std::uint32_t samples = 0;
  SourceId source{};                 ///< within its block until the block is appended
  AgencyId agency = AgencyId::none;  ///< the agency that the article credits
  VersionMark version;               ///< of the title
};

/// The sketches of one block of lines. Filled by one thread.
struct SketchBlock {
  std::vector<ArticleRecord> records;
  std::vector<Token> tokens;
  std::string strings;
  std::vector<std::string> sources;       ///< distinct names, in order of first appearance in the block
  std::vector<std::uint64_t> samples;     ///< shingles sampled by hash value (sketch/excerpt_sample.hpp)
  std::vector<std::uint32_t> signatures;  ///< the same number of words for every article

  /// Whether no further article should be added. Positions in a block are 32 bits wide. A full block still has room for
  /// one article of any size: two strings of kMaxTextBytes, and six tokens for each of their bytes, which is more than
  /// any code point gives.
  [[nodiscard]] bool is_full() const { return tokens.size() >= kFullTokens || strings.size() >= kFullBytes; }
  static constexpr std::size_t kFullTokens = std::size_t{1} << 22, kFullBytes = std::size_t{64} << 20;

  /// Clears the block but keeps its memory.
  void clear();
  /// The size of its content in bytes without sources: about its size on disk.
  [[nodiscard]] std::uint64_t bytes() const;
};

static_assert(SketchBlock::kFullTokens + 6 * 2 * kMaxTextBytes <= std::numeric_limits<std::uint32_t>::max());
static_assert(SketchBlock::kFullBytes + 2 * kMaxTextBytes <= std::numeric_limits<std::uint32_t>::max());

/// The file that a view is mapped from, to read data that should not be mapped (see ArticleReader).
struct MappedFile {
  int descriptor = -1;          ///< -1: no file
  const char* begin = nullptr;  ///< address of its first byte
  std::string_view name;        ///< for error messages
};

/// How the sample of an article is computed from its tokens. Needed for blocks on disk, which contain no samples,
/// because computing them takes less time than reading them.
struct SampleRule {
  unsigned words = 3;  ///< length of a shingle in words
  bool with_title = false;
  ExcerptSample sample{1};
};

/// A block that is stored elsewhere.
struct SketchView {
  std::span<const ArticleRecord> records;
  std::span<const Token> tokens;
  std::string_view strings;
  std::vector<std::string_view> sources;
  std::span<const std::uint64_t> samples;  ///< empty in a file
  std::span<const std::uint32_t> signatures;
  MappedFile file;  ///< the file that contains all of these, if any
};
[[nodiscard]] SketchView view_of(const SketchBlock& block);

/// All sketched articles, in input order. Not thread-safe while blocks are appended; immutable and shareable
/// afterwards.
class Corpus {
 public:
  /// `memory` is used for data that grows with the number of articles; it must outlive the corpus and everything
  /// derived from it.
  explicit Corpus(std::pmr::memory_resource* memory = large_memory()) : records_(memory), blocks_(memory) {}

  /// The memory resource for arrays about the articles of this corpus.
  [[nodiscard]] std::pmr::memory_resource* memory() const { return records_.get_allocator().resource(); }

  /// Makes room for that many articles.
  void reserve(std::size_t articles) { records_.reserve(articles); }
  /// Takes ownership of a block; its articles get the next numbers. O(records of the block).
  void append(SketchBlock&& block);
  /// Borrows a block, which must outlive the corpus. Its ordinals are set to the article numbers, and `first_input` is
  /// added to its input numbers.
  void append(const SketchView& block, std::uint32_t first_input);
  /// For blocks in files: the rule for the samples of their articles. It must be the rule by which they were counted.
  void set_sample_rule(const SampleRule& rule) { sample_rule_ = rule; }
  /// Removes all articles and sources; borrowed blocks are no longer needed.
  void clear();
  /// Renumbers the articles by ascending ordinal, for articles that were added in arbitrary order. O(n log n).
  void sort_by_ordinal();

  [[nodiscard]] std::size_t size() const { return records_.size(); }
  [[nodiscard]] const ArticleRecord& record(ArticleId article) const { return records_[number(article)]; }
  [[nodiscard]] std::span<const ArticleRecord> records() const { return records_; }
  [[nodiscard]] std::string_view id(ArticleId article) const;
  [[nodiscard]] std::string_view title(ArticleId article) const;
  [[nodiscard]] std::string_view source(ArticleId article) const;
  [[nodiscard]] std::span<const std::string> sources() const { return sources_; }

  /// Tokens of title and text, or of the text alone.
  [[nodiscard]] std::span<const Token> tokens(ArticleId article) const {
    const ArticleRecord& r = record(article);
    return blocks_[r.block].tokens.subspan(r.first_token, r.title_tokens + r.text_tokens);
  }
  [[nodiscard]] std::span<const Token> text_tokens(ArticleId article) const {
    return tokens(article).subspan(record(article).title_tokens);
  }
  /// The tokens that are sampled and compared: the text, preceded by the title if that counts (Options::title).
  [[nodiscard]] std::span<const Token> compared_tokens(ArticleId article, bool with_title) const {
    return with_title ? tokens(article) : text_tokens(article);
  }

  /// The article's sampled shingles in order of position, including repetitions. Only for blocks in memory; see
  /// ArticleReader.
  [[nodiscard]] std::span<const std::uint64_t> sample(ArticleId article) const {
    const ArticleRecord& r = record(article);
    return blocks_[r.block].samples.subspan(r.first_sample, r.samples);
  }
  /// The words of the article's signature; their meaning depends on the method.
  [[nodiscard]] std::span<const std::uint32_t> signature(ArticleId article) const;

  /// Whether blocks are mapped from files.
  [[nodiscard]] bool is_mapped() const { return is_mapped_; }
  [[nodiscard]] const SampleRule& sample_rule() const { return sample_rule_; }
  /// Copies all of tokens(); from the file if the block is mapped from one, so that nothing more is mapped. Throws
  /// Error(io). Thread-safe.
  void copy_tokens(ArticleId article, std::span<Token> to) const;

  /// Bytes of memory owned, not including borrowed blocks.
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  /// The content of a block.
  struct Content {
    std::span<const Token> tokens;
    std::string_view strings;
    std::span<const std::uint64_t> samples;
    std::span<const std::uint32_t> signatures;
    MappedFile file;
  };

  void add(const SketchView& block);
  SourceId intern_source(std::string_view name);

  std::pmr::vector<ArticleRecord> records_;
  std::pmr::vector<Content> blocks_;
  std::deque<SketchBlock> owned_;
  std::size_t signature_words_ = 0;
  bool is_mapped_ = false;
  SampleRule sample_rule_;
  std::vector<std::string> sources_;
  NameMap<SourceId> source_ids_;
};

}  // namespace wirecopy
