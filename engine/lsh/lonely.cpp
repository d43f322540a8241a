#include "lsh/lonely.hpp"

#include <bit>
#include <cstddef>

#include "base/hash.hpp"

namespace wirecopy {

void LonelyFilter::drop_lonely(std::vector<BandRecord>& records) {
  constexpr unsigned kPlacesARecord = 8;
  const std::size_t places = std::bit_ceil(kPlacesARecord * records.size() + 64);
  once_.assign(places / 64, 0);
  again_.assign(places / 64, 0);
  const auto place_of = [mask = places - 1](const BandRecord& record) { return mix64(record.key) & mask; };
  for (const BandRecord& record : records) {
    const std::uint64_t place = place_of(record), bit = std::uint64_t{1} << (place % 64);
    again_[place / 64] |= once_[place / 64] & bit;
    once_[place / 64] |= bit;
  }
  std::size_t kept = 0;
  for (const BandRecord& record : records) {
    const std::uint64_t place = place_of(record);
    records[kept] = record;
    kept += again_[place / 64] >> (place % 64) & 1;
  }
  records.resize(kept);
}

}  // namespace wirecopy
