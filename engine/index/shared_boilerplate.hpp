// SharedBoilerplate of a stream: passages that unrelated stories of many sources share.
//
// Problem. The batch learns them from a sample of the whole feed: the articles whose identity begins with so many zero
// bits that they are no more than SharedBoilerplateRule::sample. A stream has no whole, and forgets.
//
// Idea. Every generation keeps such a sample of its own, and requires one more zero bit when it has too many. What all
// remembered articles would give is the part of these that has enough zero bits for all. Whenever as many texts have
// come as there were when shared boilerplate were last learned, they are learned again, by the batch's learner and
// rule: so their cost is bounded by that of a few samples each time the number of texts doubles, or the window has
// moved on by itself. What has left the window is forgotten when shared boilerplate are next learned.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>
#include <wirecopy/options.hpp>

#include "boilerplate/model.hpp"
#include "boilerplate/shared_boilerplate_learner.hpp"
#include "index/records.hpp"
#include "sketch/excerpt_sample.hpp"
#include "store/key.hpp"
#include "store/store.hpp"

namespace wirecopy {

/// For one writer; any number of threads may ask while nobody writes.
class SharedBoilerplate {
 public:
  /// Reads an article with its tokens; false where it is gone or does not count any more.
  using ReadArticle = std::function<bool(ArticleKey, StoredArticle&)>;
  using SourceName = std::function<const std::string&(std::uint32_t)>;

  /// `given` count beside what is learned. The sample must be that of the sketcher.
  SharedBoilerplate(const Options& options, const ExcerptSample& sample, const ShingleSet& given);

  void load(const IndexStore& store);

  [[nodiscard]] const ShingleSet& shingles() const { return shingles_; }

  /// Takes a new text into account.
  void add(std::uint64_t identity, ArticleKey article, PendingStore& store);
  void remove(std::uint64_t identity, ArticleKey article, PendingStore& store);
  void drop_before(std::uint64_t generation);
  /// Learns if it is time to, which it returns, and writes what has changed since the last call.
  bool learn(const ReadArticle& read, const SourceName& source_name, PendingStore& store);

 private:
  struct Sample {
    std::uint32_t zeros = 0;  // that an identity must begin with
    std::uint64_t size = 0;
  };

  void thin_out(std::uint64_t generation, Sample& sample, PendingStore& store) const;
  [[nodiscard]] bool is_time_to_learn() const;
  [[nodiscard]] std::vector<ArticleKey> choose(const PendingStore& store);
  [[nodiscard]] std::vector<std::uint64_t> learn_now(const ReadArticle& read, const SourceName& source_name,
                                                     const PendingStore& store);
  void set_learned(std::span<const std::uint64_t> shingles);
  void write_state(PendingStore& store) const;

  const Options& options_;
  const ExcerptSample& excerpt_sample_;
  SharedBoilerplateRule rule_;
  std::vector<std::uint64_t> given_;
  ShingleSet shingles_;                      // learned and given
  std::map<std::uint64_t, Sample> samples_;  // by generation
  std::uint64_t added_ = 0;                  // texts, ever
  std::uint64_t learned_at_ = 0;             // texts that had been added then
  std::uint64_t learned_texts_ = 0;          // texts that were remembered then, about
  bool is_changed_ = false;
};

}  // namespace wirecopy
