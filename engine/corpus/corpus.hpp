// The corpus: what the sketch phase leaves behind of every article, and all that the resolve phase sees.
//
// Sketching runs in parallel, block by block; each block of lines gives one SketchBlock, filled by one thread and never
// changed afterwards. Blocks are appended in input order, which alone gives articles their numbers: so numbers, and all
// that follows from them, do not depend on threads. A SketchBlock is also the unit that is put on disk (spill/): then
// the corpus looks at it through a SketchView.
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
#include "base/line_place.hpp"
#include "base/name_map.hpp"
#include "provenance/agency.hpp"
#include "provenance/version_mark.hpp"
#include "sketch/excerpt_sample.hpp"
#include "text/token.hpp"

namespace wirecopy {

inline constexpr std::int64_t kNoDate = std::numeric_limits<std::int64_t>::min();

/// The fixed part of what is known of an article; tokens and strings are in its block.
struct ArticleRecord {
  Digest content;              ///< of all tokens and how many belong to the title: equal articles have equal digests
  std::uint64_t identity = 0;  ///< hash of the content and the id: orders articles without regard to arrival
  LinePlace place;
  std::uint64_t ordinal = 0;  ///< the caller's number
  std::int64_t published = kNoDate;
  std::uint32_t block = 0;
  std::uint32_t place_in_block = 0;
  std::uint32_t first_token = 0;  ///< in the block; the title's tokens come first
  std::uint32_t title_tokens = 0;
  std::uint32_t text_tokens = 0;
  std::uint32_t first_byte = 0;  ///< of the id in the block's strings; the title follows
  std::uint32_t id_bytes = 0;
  std::uint32_t title_bytes = 0;
  std::uint32_t first_sample = 0;  ///< in the block
  std::uint32_t samples = 0;
  SourceId source{};                 ///< within its block until the block is appended
  AgencyId agency = AgencyId::none;  ///< that the article credits
  VersionMark version;               ///< of its title
};

/// What one block of lines gives. Filled by one thread.
struct SketchBlock {
  std::vector<ArticleRecord> records;
  std::vector<Token> tokens;
  std::string strings;
  std::vector<std::string> sources;       ///< distinct names, in order of first appearance in the block
  std::vector<std::uint64_t> samples;     ///< shingles sampled by hash value (sketch/excerpt_sample.hpp)
  std::vector<std::uint32_t> signatures;  ///< the same number of words for every article

  /// Whether no further article should be added. The places in a block are 32 bits wide. What is full here leaves room
  /// for one article of any size: two strings of kMaxTextBytes, and six tokens for each of their bytes, which is more
  /// than any code point gives.
  [[nodiscard]] bool is_full() const { return tokens.size() >= kFullTokens || strings.size() >= kFullBytes; }
  static constexpr std::size_t kFullTokens = std::size_t{1} << 22, kFullBytes = std::size_t{64} << 20;

  /// Empties it, and keeps its memory.
  void clear();
  /// Bytes of what it holds, sources left out: what it takes on a disk, about.
  [[nodiscard]] std::uint64_t bytes() const;
};

static_assert(SketchBlock::kFullTokens + 6 * 2 * kMaxTextBytes <= std::numeric_limits<std::uint32_t>::max());
static_assert(SketchBlock::kFullBytes + 2 * kMaxTextBytes <= std::numeric_limits<std::uint32_t>::max());

/// The file that a view is a mapping of, to read from it what should not be mapped (see ArticleReader).
struct MappedFile {
  int descriptor = -1;          ///< -1: no file
  const char* begin = nullptr;  ///< where its first byte is mapped
  std::string_view name;        ///< for messages
};

/// How the sample of an article comes from its tokens: for blocks on disk, which hold no samples, as making them takes
/// less time than reading them.
struct SampleRule {
  unsigned words = 3;  ///< of a shingle
  bool with_title = false;
  ExcerptSample sample{1};
};

/// A block that is kept somewhere else.
struct SketchView {
  std::span<const ArticleRecord> records;
  std::span<const Token> tokens;
  std::string_view strings;
  std::vector<std::string_view> sources;
  std::span<const std::uint64_t> samples;  ///< none in a file
  std::span<const std::uint32_t> signatures;
  MappedFile file;  ///< that all of these are in, if any
};
[[nodiscard]] SketchView view_of(const SketchBlock& block);

/// All sketched articles, in input order. Not thread-safe while blocks are appended; immutable and shareable after.
class Corpus {
 public:
  /// `memory` holds what grows with the number of articles; it must outlive the corpus, and what is made of it.
  explicit Corpus(std::pmr::memory_resource* memory = large_memory()) : records_(memory), blocks_(memory) {}

  /// Where arrays about the articles of this corpus belong.
  [[nodiscard]] std::pmr::memory_resource* memory() const { return records_.get_allocator().resource(); }

  /// Makes room for so many articles.
  void reserve(std::size_t articles) { records_.reserve(articles); }
  /// Takes over a block; its articles get the next numbers. O(records of the block).
  void append(SketchBlock&& block);
  /// Borrows a block, which must outlive the corpus. Ordinals become numbers, and inputs count from `first_input` on.
  void append(const SketchView& block, std::uint32_t first_input);
  /// For blocks of files: how the samples of their articles are made. Has to be the rule by which they were counted.
  void set_sample_rule(const SampleRule& rule) { sample_rule_ = rule; }
  /// Forgets all articles and sources; what is borrowed may go then.
  void clear();
  /// Numbers the articles anew, by rising ordinal: for articles that came by no particular order. O(n log n).
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
  /// What is sampled and compared: the text, and the title in front of it where that counts (Options::title).
  [[nodiscard]] std::span<const Token> compared_tokens(ArticleId article, bool with_title) const {
    return with_title ? tokens(article) : text_tokens(article);
  }

  /// The article's sampled shingles, in order of position; repetitions included. Of blocks in memory only: see
  /// ArticleReader.
  [[nodiscard]] std::span<const std::uint64_t> sample(ArticleId article) const {
    const ArticleRecord& r = record(article);
    return blocks_[r.block].samples.subspan(r.first_sample, r.samples);
  }
  /// The words of the article's signature; what they mean is the business of the method.
  [[nodiscard]] std::span<const std::uint32_t> signature(ArticleId article) const;

  /// Whether blocks are mapped from files.
  [[nodiscard]] bool is_mapped() const { return is_mapped_; }
  [[nodiscard]] const SampleRule& sample_rule() const { return sample_rule_; }
  /// Copies what tokens() shows, all of it; from the file where the block is mapped from one, so that nothing more is
  /// mapped. Throws Error(io). Thread-safe.
  void copy_tokens(ArticleId article, std::span<Token> to) const;

  /// Bytes of memory held, borrowed blocks left out.
  [[nodiscard]] std::size_t memory_bytes() const;

 private:
  /// Where the content of a block is.
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
