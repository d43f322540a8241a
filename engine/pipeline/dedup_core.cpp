#include "pipeline/dedup_core.hpp"

#include <oneapi/tbb/parallel_sort.h>

#include <algorithm>
#include <utility>

#include "base/hash.hpp"
#include "pipeline/resolve_phase.hpp"

namespace wirecopy {

void DedupCore::sketch(std::span<const Input> inputs, BlockReader::Options reading, const FieldMap& fields,
                       const Sketcher& sketcher, const SketchSink& sink, const FeedEvents& events) {
  FeedReading read = sketch_inputs(inputs, std::move(reading), fields, sketcher, sink, events, context_);
  counts_.add(read.counts);
  records_.insert(records_.end(), read.records.begin(), read.records.end());
}

void DedupCore::resolve(const BoilerplateModel* known) {
  resolution_.emplace(wirecopy::resolve(corpus_, options_, context_, known));
}

DuplicateIds DedupCore::duplicate_ids() const {
  const Hasher hasher(0);
  std::pmr::vector<std::pair<std::uint64_t, std::uint32_t>> ids(corpus_.memory());
  ids.reserve(corpus_.size());
  for (std::uint32_t i = 0; i < corpus_.size(); ++i) ids.emplace_back(hasher.hash64(corpus_.id(ArticleId{i})), i);
  oneapi::tbb::parallel_sort(ids.begin(), ids.end());
  DuplicateIds duplicates;
  std::uint32_t example = UINT32_MAX;
  for (std::size_t i = 1; i < ids.size(); ++i) {
    if (ids[i].first != ids[i - 1].first) continue;
    ++duplicates.count;
    example = std::min(example, ids[i].second);
  }
  if (duplicates.count > 0) duplicates.example = corpus_.id(ArticleId{example});
  return duplicates;
}

RunSummary DedupCore::summary(std::span<const Input> inputs, const FieldMap& fields, double wall_seconds,
                              double cpu_seconds) const {
  RunSummary summary;
  summary.options = options_;
  summary.inputs = inputs;
  summary.counts = &counts_;
  summary.fields = &fields;
  summary.resolution = &*resolution_;
  summary.run = {context_.threads,
                 context_.kernel,
                 wall_seconds,
                 cpu_seconds,
                 context_.times.stages(),
                 peak_memory_bytes(),
                 0,
                 &records_,
                 article_digests(corpus_, records_.size())};
  return summary;
}

}  // namespace wirecopy
