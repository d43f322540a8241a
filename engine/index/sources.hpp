// The sources of a stream, and what each repeats in unrelated articles.
//
// Problem. The batch learns boilerplate from all articles of a source at once; a stream has never seen all.
// Idea. The store keeps what the batch would take as a sample of the articles remembered so far, those of smallest
// identity, and up to four times as many: those whose identity begins with some number of zero bits, which grows with
// the source. Whenever as many articles have come as there were when it last learned, it learns again, by the batch's
// learner and rule. So learning costs two passes over each article, a source of four articles has learned already, and
// what has left the window is forgotten when it next learns. Only a source's name and what was learned from it stay in
// memory.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>
#include <wirecopy/options.hpp>

#include "base/name_map.hpp"
#include "boilerplate/learner.hpp"
#include "boilerplate/model.hpp"
#include "index/records.hpp"
#include "index/shared_boilerplate.hpp"
#include "sketch/excerpt_sample.hpp"
#include "store/key.hpp"
#include "store/store.hpp"

namespace wirecopy {

/// For one writer; any number of threads may ask while nobody writes.
class Sources {
 public:
  /// Reads an article with its tokens; false where it is gone or does not count any more.
  using ReadArticle = SharedBoilerplate::ReadArticle;

  /// `given` counts beside what is learned. The sample must be that of the sketcher.
  Sources(const Options& options, const ExcerptSample& sample, BoilerplateModel given);

  void load(const IndexStore& store);

  /// The number of a source; a new one is numbered.
  std::uint32_t intern(std::string_view name);
  /// The same for a source that may be unknown: then a number that no source has.
  [[nodiscard]] std::uint32_t find(std::string_view name) const;
  [[nodiscard]] const std::string& name(std::uint32_t source) const { return sources_[source].name; }
  /// What is ignored in articles of a source: what was learned from it, what was given, and the shared boilerplate of
  /// all sources.
  [[nodiscard]] IgnoredShingles boilerplate(std::uint32_t source) const;
  /// The same for one that is not numbered yet.
  [[nodiscard]] IgnoredShingles boilerplate(std::uint32_t source, std::string_view name) const;

  /// Takes a new text of a source into account.
  void add(std::uint32_t source, std::uint64_t identity, ArticleKey article, PendingStore& store);
  void remove(std::uint32_t source, std::uint64_t identity, ArticleKey article, PendingStore& store);
  /// Forgets what generations before this one have shown.
  void drop_before(std::uint64_t generation) { shared_boilerplate_.drop_before(generation); }
  /// Lets the sources learn for which it is time, and writes what has changed since the last call. `generations`: those
  /// that hold articles. Returns whether a source, or all together, have learned again.
  bool learn(std::span<const std::uint64_t> generations, const ReadArticle& read, PendingStore& store);

  [[nodiscard]] std::size_t size() const { return sources_.size(); }
  [[nodiscard]] std::uint64_t boilerplate_shingles() const;
  [[nodiscard]] std::uint64_t shared_boilerplate_shingles() const { return shared_boilerplate_.shingles().size(); }

 private:
  struct Source {
    std::string name;
    std::uint64_t added = 0;          // texts, ever
    std::uint64_t learned_at = 0;     // texts that had been added then
    std::uint64_t learned_texts = 0;  // texts from which it learned then, at most those of a sample
    std::uint64_t sampled = 0;        // articles in the store's sample, or more, where some have left the window
    std::uint32_t zeros = 0;          // that an identity must begin with to be one of them
    ShingleSet learned;               // the given ones included
  };
  using Sample = std::vector<std::pair<std::uint64_t, ArticleKey>>;  // by identity

  static Key sample_key(std::uint32_t source, std::uint64_t identity, ArticleKey article) {
    return {Table::sample, make_key(generation_of(article), source), identity};
  }
  [[nodiscard]] bool is_time_to_learn(const Source& source) const;
  [[nodiscard]] static Sample read_sample(std::uint32_t number, std::span<const std::uint64_t> generations,
                                          const PendingStore& store);
  void thin_out(std::uint32_t number, std::span<const std::uint64_t> generations, PendingStore& store);
  [[nodiscard]] std::vector<std::uint64_t> learn_one(std::uint32_t number, std::span<const std::uint64_t> generations,
                                                     const ReadArticle& read, PendingStore& store);
  void set_learned(Source& source, std::span<const std::uint64_t> shingles);

  const Options& options_;
  const ExcerptSample& excerpt_sample_;
  BoilerplateRule rule_;
  BoilerplateModel given_;
  SharedBoilerplate shared_boilerplate_;
  std::vector<Source> sources_;
  NameMap<std::uint32_t> numbers_;
  std::set<std::uint32_t> touched_;
};

}  // namespace wirecopy
