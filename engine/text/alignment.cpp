// Problem: texts of a thousand words and more are shown side by side, thousands of pairs of them, so that users see
// what was cut, added and changed. A longest common subsequence by dynamic programming takes a million steps per pair,
// and matches any "the" to any other "the".
//
// Idea: patience diff (Cohen). Three consecutive tokens that occur once in each text are an anchor. The longest chain
// of anchors that ascends in both texts divides them, and the stretches between anchors are divided again, until they
// are small enough for dynamic programming or contain no anchor. Common tokens at both ends of a stretch are matched
// first.
//
// Why it is correct: every run is checked token by token as it grows, and chains ascend in both texts, so runs never
// cross.
#include "text/alignment.hpp"

#include <algorithm>
#include <cstddef>
#include <unordered_map>

namespace wirecopy {
namespace {

constexpr std::size_t kAnchorTokens = 3;

struct Stretch {
  std::size_t first, first_end, second, second_end;
  [[nodiscard]] std::size_t firsts() const { return first_end - first; }
  [[nodiscard]] std::size_t seconds() const { return second_end - second; }
};

struct Anchor {
  std::size_t first;
  std::size_t second;
};

/// The longest chain of anchors, given in order of `first`, that also ascends in `second`.
std::vector<Anchor> longest_ascending(const std::vector<Anchor>& anchors) {
  std::vector<std::size_t> tops;  // for each length, the anchor that ends the chain with the smallest `second`
  std::vector<std::size_t> before(anchors.size());
  for (std::size_t i = 0; i < anchors.size(); ++i) {
    const auto at = std::lower_bound(tops.begin(), tops.end(), anchors[i].second,
                                     [&](std::size_t top, std::size_t second) { return anchors[top].second < second; });
    before[i] = at == tops.begin() ? anchors.size() : *(at - 1);
    if (at == tops.end()) {
      tops.push_back(i);
    } else {
      *at = i;
    }
  }
  std::vector<Anchor> chain;
  for (std::size_t i = tops.empty() ? anchors.size() : tops.back(); i < anchors.size(); i = before[i]) {
    chain.push_back(anchors[i]);
  }
  std::reverse(chain.begin(), chain.end());
  return chain;
}

class Aligner {
 public:
  Aligner(std::span<const Token> first, std::span<const Token> second) : first_(first), second_(second) {}

  std::vector<AlignedRun> run() {
    align_stretch({0, first_.size(), 0, second_.size()});
    return std::move(runs_);
  }

 private:
  void align_stretch(Stretch stretch) {
    while (stretch.firsts() > 0 && stretch.seconds() > 0 && first_[stretch.first] == second_[stretch.second]) {
      add(stretch.first++, stretch.second++, 1);
    }
    std::size_t tail = 0;
    while (stretch.firsts() > 0 && stretch.seconds() > 0 &&
           first_[stretch.first_end - 1] == second_[stretch.second_end - 1]) {
      --stretch.first_end, --stretch.second_end, ++tail;
    }
    align_middle(stretch);
    if (tail > 0) add(stretch.first_end, stretch.second_end, tail);
  }

  void align_middle(const Stretch& stretch) {
    if (stretch.firsts() == 0 || stretch.seconds() == 0) return;
    if (stretch.firsts() <= kMaxCells / stretch.seconds()) return align_all_pairs(stretch);
    Stretch rest = stretch;
    for (const Anchor& anchor : longest_ascending(find_anchors(stretch))) {
      if (anchor.first < rest.first || anchor.second < rest.second) continue;  // inside the run of the previous anchor
      align_stretch({rest.first, anchor.first, rest.second, anchor.second});
      const std::size_t length = common_from(anchor, stretch);
      add(anchor.first, anchor.second, length);
      rest.first = anchor.first + length, rest.second = anchor.second + length;
    }
    if (rest.first > stretch.first) align_stretch(rest);
  }

  [[nodiscard]] std::size_t common_from(const Anchor& anchor, const Stretch& stretch) const {
    std::size_t length = 0;
    while (anchor.first + length < stretch.first_end && anchor.second + length < stretch.second_end &&
           first_[anchor.first + length] == second_[anchor.second + length]) {
      ++length;
    }
    return length;
  }

  struct Occurrence {
    std::size_t firsts = 0, seconds = 0;
    Anchor at{};
  };

  [[nodiscard]] std::vector<Anchor> find_anchors(const Stretch& stretch) const {
    std::unordered_map<std::uint64_t, Occurrence> occurrences;
    for (std::size_t i = stretch.first; i + kAnchorTokens <= stretch.first_end; ++i) {
      Occurrence& occurrence = occurrences[key(first_, i)];
      ++occurrence.firsts;
      occurrence.at.first = i;
    }
    for (std::size_t i = stretch.second; i + kAnchorTokens <= stretch.second_end; ++i) {
      const auto found = occurrences.find(key(second_, i));
      if (found == occurrences.end()) continue;
      ++found->second.seconds;
      found->second.at.second = i;
    }
    std::vector<Anchor> anchors;
    for (const auto& [key, occurrence] : occurrences) {
      const bool is_unique = occurrence.firsts == 1 && occurrence.seconds == 1;
      if (is_unique && common_from(occurrence.at, stretch) >= kAnchorTokens) anchors.push_back(occurrence.at);
    }
    std::sort(anchors.begin(), anchors.end(), [](const Anchor& a, const Anchor& b) { return a.first < b.first; });
    return anchors;
  }

  static std::uint64_t key(std::span<const Token> tokens, std::size_t at) {
    std::uint64_t key = 0;
    for (std::size_t i = 0; i < kAnchorTokens; ++i) key = key * 0x9e3779b97f4a7c15ULL + tokens[at + i];
    return key;
  }

  /// Longest common subsequence by dynamic programming.
  void align_all_pairs(const Stretch& stretch) {
    const std::size_t rows = stretch.firsts(), columns = stretch.seconds(), width = columns + 1;
    lengths_.assign((rows + 1) * width, 0);  // length of the longest common subsequence from this pair on
    for (std::size_t i = rows; i-- > 0;) {
      for (std::size_t j = columns; j-- > 0;) {
        const bool is_equal = first_[stretch.first + i] == second_[stretch.second + j];
        lengths_[i * width + j] = is_equal ? lengths_[(i + 1) * width + j + 1] + 1
                                           : std::max(lengths_[(i + 1) * width + j], lengths_[i * width + j + 1]);
      }
    }
    for (std::size_t i = 0, j = 0; i < rows && j < columns;) {
      if (first_[stretch.first + i] == second_[stretch.second + j]) {
        add(stretch.first + i++, stretch.second + j++, 1);
      } else if (lengths_[(i + 1) * width + j] >= lengths_[i * width + j + 1]) {
        ++i;
      } else {
        ++j;
      }
    }
  }

  void add(std::size_t first, std::size_t second, std::size_t length) {
    if (!runs_.empty() && runs_.back().first + runs_.back().length == first &&
        runs_.back().second + runs_.back().length == second) {
      runs_.back().length += static_cast<std::uint32_t>(length);
      return;
    }
    runs_.push_back(
        {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(second), static_cast<std::uint32_t>(length)});
  }

  std::span<const Token> first_, second_;
  std::vector<std::uint32_t> lengths_;
  std::vector<AlignedRun> runs_;
};

}  // namespace

std::vector<AlignedRun> align(std::span<const Token> first, std::span<const Token> second) {
  return Aligner(first, second).run();
}

}  // namespace wirecopy
