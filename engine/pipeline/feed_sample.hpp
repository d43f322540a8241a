// Lines out of all of a feed, for who must know what it holds before reading it.
//
// The first block of a feed says little of the rest: a tiny first line made a forecast of 120 GiB, and a feed sorted by
// outlet or date begins with the ways of one. So lines are taken from places at equal distances in the bytes of all
// inputs. A compressed input cannot be entered in its middle: its first block stands for all places that lie in it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "feed/input.hpp"

namespace wirecopy {

/// Whole lines from one place.
struct FeedPiece {
  std::string lines;  ///< decompressed; with kBlockPadding zero bytes behind them
  double weight = 0;  ///< how many times as many bytes of the feed it stands for
};

struct FeedSampling {
  std::size_t places = 16;
  std::size_t piece = std::size_t{128} << 10;   ///< bytes of a piece, at most; more where no line ends in it
  std::size_t max_line = std::size_t{1} << 20;  ///< where a longer line stands, the other places stand for it
  std::string records;                          ///< SourceOptions::records
};

/// Empty if the size of an input is not known (a pipe). Throws Error(io).
[[nodiscard]] std::vector<FeedPiece> sample_feed(std::span<const Input> inputs, const FeedSampling& wanted);

}  // namespace wirecopy
