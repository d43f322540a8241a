#include "lsh/sample_search.hpp"

namespace wirecopy {

void BucketSearch::take_repeated(std::span<Spread<SampleRecord>* const> spreads, std::size_t partition) {
  std::size_t total = 0;
  for (const auto* spread : spreads) total += spread->size(partition);
  repeated_.start(total);
  for (const auto* spread : spreads) {
    spread->for_each(partition, [&](const SampleRecord& record) { repeated_.meet(record.key); });
  }
  records_.resize(total);
  BandRecord* to = records_.data();
  for (auto* spread : spreads) {
    spread->for_each(partition, [&](const SampleRecord& record) {
      *to = {record.key, record.article};
      to += repeated_.occurs_again(record.key);
    });
    spread->release(partition, pool_);
  }
  records_.resize(static_cast<std::size_t>(to - records_.data()));
}

}  // namespace wirecopy
