// The compression formats that feeds are read in.
#pragma once

#include <cstdint>

namespace wirecopy {

/// Written to sketch files by number.
enum class Compression : std::uint8_t { none, gzip, zstd, bzip2, xz, lz4 };

}  // namespace wirecopy
