// Groups of articles with the same normalised title and text. All later work is done on one article of a group.
//
// With Options::within, equal articles are divided by time: a group contains what was published within that time after
// its earliest article, and articles without a date are in the first group.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <span>
#include <vector>

#include "cluster/canonical.hpp"
#include "corpus/corpus.hpp"

namespace wirecopy {

/// The articles of a corpus, grouped by content. Articles with too little text (see is_comparable) stay alone.
/// Immutable after construction.
class EqualGroups {
 public:
  /// O(n log n); the order of members is that of `preference`.
  EqualGroups(const Corpus& corpus, const Options& options, const Preference& preference);

  /// The most preferred article of the group of `article`.
  [[nodiscard]] ArticleId representative(ArticleId article) const { return representative_[number(article)]; }
  [[nodiscard]] bool is_representative(ArticleId article) const { return representative(article) == article; }
  /// All members of a group by preference, the representative first; just the article itself if it has no equals.
  [[nodiscard]] std::span<const ArticleId> members(ArticleId representative) const;
  /// Groups of two or more.
  [[nodiscard]] std::size_t size() const { return groups_.size(); }

  template <typename Use>
  void for_each_group(Use&& use) const {
    for (const Group& group : groups_) use(std::span(members_).subspan(group.first, group.count));
  }

 private:
  struct Group {
    ArticleId representative;
    std::uint32_t first;
    std::uint32_t count;
  };

  std::pmr::vector<ArticleId> representative_;
  std::pmr::vector<ArticleId> members_;  // of all groups of two or more
  std::pmr::vector<Group> groups_;       // by representative
};

}  // namespace wirecopy
