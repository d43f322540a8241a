// Articles as an index sees them: their record, and the hashes that they are found by.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>
#include <wirecopy/article.hpp>

#include "corpus/corpus.hpp"
#include "index/article_id.hpp"
#include "index/contents.hpp"
#include "index/incoming.hpp"
#include "index/workers.hpp"
#include "pipeline/sketcher.hpp"

namespace wirecopy {

/// Immutable; any number of threads may use it while the contents do not change.
class Arrivals {
 public:
  /// Both must outlive it.
  Arrivals(const IndexContents& contents, const Sketcher& sketcher)
      : contents_(contents), sketcher_(sketcher), ids_(contents.parameters.options.seed) {}

  /// Fills in an article whose arrival, `incoming.now`, is known. Throws Error(usage) for one that is too large.
  void sketch(const Article& article, Incoming& incoming, IndexWorker& worker) const;
  /// The same for an article that a batch run has sketched.
  void take_sketch(const Corpus& corpus, ArticleId article, std::span<const std::uint64_t> sample,
                   Incoming& incoming) const;

  /// Appends the hashes that a remembered article is found by: the same as when it arrived. Returns how many of them
  /// are of shingles.
  std::size_t append_postings(const StoredArticle& article, std::vector<std::uint64_t>& hashes) const;

 private:
  void take_record(const ArticleRecord& record, std::span<const Token> tokens, std::string_view source,
                   Incoming& incoming) const;
  void hash(Incoming& incoming, std::span<const std::uint64_t> sample) const;
  /// Distinct sampled shingles that are no boilerplate, content, id. Of an article whose text another one represents,
  /// the id only.
  std::size_t append_postings(const StoredArticle& article, std::span<const std::uint64_t> sample,
                              std::vector<std::uint64_t>& hashes) const;

  const IndexContents& contents_;
  const Sketcher& sketcher_;
  IdRule ids_;
};

}  // namespace wirecopy
