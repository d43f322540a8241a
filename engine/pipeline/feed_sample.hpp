// Lines sampled from all of a feed, to know what it contains before reading it.
//
// The first block of a feed says little about the rest: a tiny first line made a forecast of 120 GiB, and a feed sorted
// by outlet or date begins with one of them. So lines are taken at equal distances in the bytes of all
// inputs. A compressed input cannot be entered in its middle: its first block represents all positions in it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "feed/input.hpp"

namespace wirecopy {

/// Whole lines from one place.
struct FeedPiece {
  std::string lines;  ///< decompressed; with kBlockPadding zero bytes after them
  double weight = 0;  ///< how many times its size it represents
};

struct FeedSampling {
  std::size_t places = 16;
  std::size_t piece = std::size_t{128} << 10;   ///< bytes of a piece, at most; more where no line ends in it
  std::size_t max_line = std::size_t{1} << 20;  ///< positions of longer lines are represented by the others
  std::string records;                          ///< SourceOptions::records
};

/// Empty if the size of an input is not known (a pipe). Throws Error(io).
[[nodiscard]] std::vector<FeedPiece> sample_feed(std::span<const Input> inputs, const FeedSampling& wanted);

}  // namespace wirecopy
