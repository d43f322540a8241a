#include "feed/block.hpp"

#include <algorithm>

namespace wirecopy {

void BlockBuffer::reserve(std::size_t capacity, std::size_t used) {
  if (capacity <= capacity_) return;
  auto bytes = std::make_unique_for_overwrite<char[]>(capacity + kBlockPadding);
  if (used != 0) std::memcpy(bytes.get(), bytes_.get(), used);
  bytes_ = std::move(bytes);
  capacity_ = capacity;
}

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r") == std::string_view::npos; }

bool LineCursor::next(Line& line) {
  if (rest_.empty()) return false;
  const void* newline = std::memchr(rest_.data(), '\n', rest_.size());
  const std::size_t size =
      newline == nullptr ? rest_.size() : static_cast<std::size_t>(static_cast<const char*>(newline) - rest_.data());
  line.bytes = rest_.substr(0, size);
  if (line.bytes.ends_with('\r')) line.bytes.remove_suffix(1);
  line.length = size + (newline == nullptr ? 0 : 1);
  line.offset = offset_;
  line.number = number_++;
  offset_ += line.length;
  rest_.remove_prefix(line.length);
  return true;
}

// Sixteen byte counters in parallel, summed before they can overflow. (GCC compiles a plain loop over an array of
// counters to this, but Clang does not and reaches only 2 GB/s.)
std::size_t count_newlines(const char* bytes, std::size_t size) {
  using Lanes = std::uint8_t __attribute__((vector_size(16)));
  constexpr std::size_t kRounds = 255;
  std::size_t total = 0;
  while (size >= sizeof(Lanes)) {
    Lanes counters{};
    const std::size_t rounds = std::min(size / sizeof(Lanes), kRounds);
    for (std::size_t round = 0; round < rounds; ++round, bytes += sizeof(Lanes)) {
      Lanes lanes;
      std::memcpy(&lanes, bytes, sizeof lanes);
      counters -= reinterpret_cast<Lanes>(lanes == '\n');  // true is all ones: minus one
    }
    size -= rounds * sizeof(Lanes);
    for (std::size_t lane = 0; lane < sizeof(Lanes); ++lane) total += counters[lane];
  }
  return total + static_cast<std::size_t>(std::count(bytes, bytes + size, '\n'));
}

}  // namespace wirecopy
