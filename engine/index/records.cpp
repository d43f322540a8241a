#include "index/records.hpp"

#include <algorithm>

#include "store/bytes.hpp"

namespace wirecopy {
namespace {

void append(ByteWriter& out, const Digest& digest) { out.number(digest.high).number(digest.low); }

Digest read_digest(ByteReader& in) {
  const auto high = in.number<std::uint64_t>();
  return {high, in.number<std::uint64_t>()};
}

void read_head(ByteReader& in, StoredArticle& article) {
  article.removed = in.number<std::uint8_t>() != 0;
  article.agency = in.number<std::uint8_t>();
  article.version = in.number<std::uint32_t>();
  article.time = in.number<std::int64_t>();
  article.published = in.number<std::int64_t>();
  article.identity = in.number<std::uint64_t>();
  article.content = read_digest(in);
  article.source = in.number<std::uint32_t>();
  article.title_tokens = in.number<std::uint32_t>();
  article.text_tokens = in.number<std::uint32_t>();
  article.id = in.text();
}

constexpr std::uint32_t kTextApart = UINT32_MAX;  // in place of a number of tokens

void append_text(ByteWriter& out, const StoredArticle& article) {
  out.array(std::span<const Token>(article.tokens)).array(std::span<const std::uint8_t>(article.unposted));
}

void read_text(ByteReader& in, std::uint32_t tokens, StoredArticle& article) {
  in.array(article.tokens, tokens);
  in.array(article.unposted);
  in.end();
  article.is_text_apart = false;
  const std::uint64_t expected = std::uint64_t{article.title_tokens} + article.text_tokens;
  if (!article.tokens.empty() && article.tokens.size() != expected) ByteReader::damaged();
}

}  // namespace

std::string encode(const StoredArticle& article) {
  ByteWriter out;
  out.reserve(100 + article.id.size() + 4 * article.tokens.size());
  out.number(static_cast<std::uint8_t>(article.removed)).number(article.agency).number(article.version);
  out.number(article.time).number(article.published).number(article.identity);
  append(out, article.content);
  out.number(article.source).number(article.title_tokens).number(article.text_tokens).text(article.id);
  if (article.is_text_apart || article.tokens.size() > kMaxTokensInHead) {
    out.number(kTextApart);
  } else {
    append_text(out, article);
  }
  return out.take();
}

std::string encode_text(const StoredArticle& article) {
  ByteWriter out;
  append_text(out, article);
  return out.take();
}

void decode_text(std::string_view bytes, StoredArticle& article) {
  ByteReader in(bytes);
  read_text(in, in.number<std::uint32_t>(), article);
  if (article.tokens.size() <= kMaxTokensInHead) ByteReader::damaged();
}

void decode_head(std::string_view bytes, StoredArticle& article) {
  ByteReader in(bytes);
  read_head(in, article);
}

void decode(std::string_view bytes, StoredArticle& article) {
  ByteReader in(bytes);
  read_head(in, article);
  const auto tokens = in.number<std::uint32_t>();
  if (tokens == kTextApart) {
    if (std::uint64_t{article.title_tokens} + article.text_tokens <= kMaxTokensInHead) ByteReader::damaged();
    article.tokens.clear();
    article.unposted.clear();
    article.is_text_apart = true;
    return in.end();
  }
  if (tokens > kMaxTokensInHead) ByteReader::damaged();
  read_text(in, tokens, article);
}

TitleWords title_words(const StoredArticle& article) {
  return TitleWords(
      std::span(article.tokens).first(std::min<std::size_t>(article.title_tokens, article.tokens.size())));
}

StoredArticle without_tokens(const StoredArticle& article) {
  StoredArticle head;
  head.removed = article.removed;
  head.version = article.version;
  head.time = article.time;
  head.published = article.published;
  head.content = article.content;
  head.identity = article.identity;
  head.source = article.source;
  head.title_tokens = article.title_tokens;
  head.text_tokens = article.text_tokens;
  head.agency = article.agency;
  head.id = article.id;
  return head;
}

std::string encode(const Membership& membership) {
  return ByteWriter().number(membership.story).number(membership.representative).take();
}

Membership decode_membership(std::string_view bytes) {
  ByteReader in(bytes);
  Membership membership;
  membership.story = in.id<StoryKey>();
  membership.representative = in.id<ArticleKey>();
  in.end();
  return membership;
}

std::string encode(const ClusterFate& fate) { return ByteWriter().number(fate.story).number(fate.became).take(); }

ClusterFate decode_fate(std::string_view bytes) {
  ByteReader in(bytes);
  ClusterFate fate;
  fate.story = in.id<StoryKey>();
  fate.became = in.id<ClusterNumber>();
  in.end();
  return fate;
}

std::string encode(const Index::Event& event) {
  ByteWriter out;
  out.number(event.time).number(static_cast<std::uint8_t>(event.change));
  out.number(cluster_number(event.cluster)).number(cluster_number(event.other));
  out.number(static_cast<std::uint32_t>(event.articles.size()));
  for (const std::string& id : event.articles) out.text(id);
  return out.take();
}

Index::Event decode_event(std::string_view bytes) {
  ByteReader in(bytes);
  Index::Event event;
  event.time = in.number<std::int64_t>();
  const auto change = in.number<std::uint8_t>();
  if (change > static_cast<std::uint8_t>(Index::Change::split)) ByteReader::damaged();
  event.change = static_cast<Index::Change>(change);
  event.cluster = cluster_name(in.id<ClusterNumber>());
  event.other = cluster_name(in.id<ClusterNumber>());
  for (auto left = in.number<std::uint32_t>(); left > 0; --left) event.articles.emplace_back(in.text());
  in.end();
  return event;
}

std::string cluster_name(ClusterNumber number) {
  if (number == kNoCluster) return {};
  constexpr char kDigits[] = "0123456789abcdef";
  std::string name = "w";
  for (int shift = 60; shift >= 0; shift -= 4) name += kDigits[number.number() >> shift & 15];
  return name;
}

ClusterNumber cluster_number(std::string_view name) {
  if (name.size() != 17 || name.front() != 'w') return kNoCluster;
  std::uint64_t number = 0;
  for (const char c : name.substr(1)) {
    const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    if (digit < 0) return kNoCluster;
    number = number << 4 | static_cast<unsigned>(digit);
  }
  return ClusterNumber(number);
}

}  // namespace wirecopy
