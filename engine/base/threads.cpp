#include "base/threads.hpp"

#include <latch>
#include <vector>

namespace wirecopy {

unsigned startable_threads(unsigned requested) {
  std::latch all_are_started(1);
  std::vector<std::jthread> threads;
  threads.reserve(requested);
  try {
    while (threads.size() < requested) threads.emplace_back([&all_are_started] { all_are_started.wait(); });
  } catch (const std::system_error&) {
    // The limit is reached, which is the answer.
  }
  const auto count = static_cast<unsigned>(threads.size());
  all_are_started.count_down();
  return count;
}

}  // namespace wirecopy
