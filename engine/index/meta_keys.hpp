// The keys of the single records of an index.
#pragma once

#include "store/key.hpp"

namespace wirecopy {

inline constexpr Key kParametersKey{Table::meta, 0, 0}, kCountersKey{Table::meta, 0, 1}, kModelKey{Table::meta, 0, 2},
    kClockKey{Table::meta, 0, 4};

}  // namespace wirecopy
