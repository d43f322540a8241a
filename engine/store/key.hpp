// Names of what an index keeps: records are found by a table and two numbers, the first of which begins with a
// generation, so that all of a generation lies together in every table and can be dropped as one range.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace wirecopy {

/// A number that names something in the store; each `Tag` is a type of its own.
template <typename Tag>
class StoredId {
 public:
  constexpr StoredId() = default;
  explicit constexpr StoredId(std::uint64_t number) : number_(number) {}
  [[nodiscard]] constexpr std::uint64_t number() const { return number_; }
  friend constexpr auto operator<=>(StoredId, StoredId) = default;  // NOLINT(modernize-use-nullptr)

 private:
  std::uint64_t number_ = 0;
};

/// A number of the generation (30 bits) and a running number (34 bits): in order of generation, then of arrival.
using ArticleKey = StoredId<struct ArticleKeyTag>;
/// The same: the generation of a story's newest article, and the number of the article that began it.
using StoryKey = StoredId<struct StoryKeyTag>;
/// The number in a cluster's id.
using ClusterNumber = StoredId<struct ClusterNumberTag>;

inline constexpr ArticleKey kNoKey{UINT64_MAX};
inline constexpr StoryKey kNoStory;
inline constexpr ClusterNumber kNoCluster;

// Keys of a generation follow each other.
[[nodiscard]] constexpr ArticleKey operator+(ArticleKey key, std::uint64_t count) {
  return ArticleKey(key.number() + count);
}
[[nodiscard]] constexpr ArticleKey operator-(ArticleKey key, std::uint64_t count) {
  return ArticleKey(key.number() - count);
}
[[nodiscard]] constexpr std::uint64_t operator-(ArticleKey a, ArticleKey b) { return a.number() - b.number(); }

inline constexpr unsigned kSequenceBits = 34;
inline constexpr std::uint64_t kMaxSequences = std::uint64_t{1} << kSequenceBits;
inline constexpr std::uint64_t kMaxGenerations = std::uint64_t{1} << (64 - kSequenceBits);

[[nodiscard]] constexpr std::uint64_t make_key(std::uint64_t generation, std::uint64_t sequence) {
  return generation << kSequenceBits | sequence;
}
[[nodiscard]] constexpr std::uint64_t generation_of(std::uint64_t key) { return key >> kSequenceBits; }
[[nodiscard]] constexpr std::uint64_t sequence_of(std::uint64_t key) { return key & (kMaxSequences - 1); }
template <typename Tag>
[[nodiscard]] constexpr std::uint64_t generation_of(StoredId<Tag> id) {
  return generation_of(id.number());
}
template <typename Tag>
[[nodiscard]] constexpr std::uint64_t sequence_of(StoredId<Tag> id) {
  return sequence_of(id.number());
}

/// What kind of record; the letters are those of FORMAT.md.
enum class Table : char {
  article = 'a',        ///< (article key, 0)
  membership = 'p',     ///< (article key, 0): its story, or the article that represents its text there
  duplicate = 's',      ///< (key of an article in a story, key of one that it stands for): nothing
  story = 't',          ///< (story key, 0)
  cluster = 'c',        ///< (generation, cluster number): the story, or the cluster that it was merged into
  event = 'e',          ///< (generation, event number)
  sample = 'b',         ///< (generation and source, identity): an article in the source's sample
  shared_sample = 'f',  ///< (generation, identity): an article in the sample that shared boilerplate is learned from
  segment = 'g',        ///< (segment key, 0): postings on disk
  block = 'h',          ///< (segment key, part): their bytes
  source = 'o',         ///< (0, source)
  boilerplate = 'l',    ///< (0, source): shingles; (1, 0): those of shared boilerplate
  meta = 'm',           ///< (0, what)
};

struct Key {
  constexpr Key() = default;
  /// Each number is an integer or a StoredId.
  template <typename Major, typename Minor>
  constexpr Key(Table of, Major first, Minor second) : table(of), major(number_in(first)), minor(number_in(second)) {}

  Table table{};
  std::uint64_t major = 0;
  std::uint64_t minor = 0;

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 takes the 0 of a comparison for a pointer
  friend constexpr auto operator<=>(const Key&, const Key&) = default;

 private:
  static constexpr std::uint64_t number_in(std::uint64_t number) { return number; }
  template <typename Tag>
  static constexpr std::uint64_t number_in(StoredId<Tag> id) {
    return id.number();
  }
};

/// Tables that are dropped by generation.
inline constexpr Table kTablesOfGenerations[] = {
    Table::article, Table::membership, Table::duplicate,     Table::story,   Table::cluster,
    Table::event,   Table::sample,     Table::shared_sample, Table::segment, Table::block};

}  // namespace wirecopy

template <typename Tag>
struct std::hash<wirecopy::StoredId<Tag>> {
  std::size_t operator()(wirecopy::StoredId<Tag> id) const { return std::hash<std::uint64_t>()(id.number()); }
};
