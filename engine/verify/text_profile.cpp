#include "verify/text_profile.hpp"

#include "text/shingler.hpp"

namespace wirecopy {

void mark_boilerplate(std::span<const Token> tokens, unsigned words, const ShingleSet& boilerplate,
                      std::vector<TokenRange>& ranges) {
  if (boilerplate.empty()) return;
  std::uint32_t position = 0, begin = 0;
  const auto end_run = [&](std::uint32_t end) {
    if (end - begin >= kShinglesOfABlock) ranges.push_back({begin, end});
    begin = end + 1;
  };
  for_each_shingle(tokens, words, [&](std::uint64_t hash, std::size_t, std::size_t) {
    if (!boilerplate.contains(hash)) end_run(position);
    ++position;
  });
  end_run(position);
}

}  // namespace wirecopy
