#include "index/contents.hpp"

#include <algorithm>

#include "store/bytes.hpp"

namespace wirecopy {

std::string encode(const IndexCounters& counters) {
  ByteWriter out;
  out.number(counters.next_sequence).number(counters.added).number(counters.now).number(counters.before);
  out.number(counters.stories.clusters).number(counters.stories.events);
  out.number(static_cast<std::uint32_t>(counters.articles.size()));
  for (const auto& [generation, count] : counters.articles) out.number(generation).number(count);
  return out.take();
}

IndexCounters decode_counters(std::string_view bytes) {
  ByteReader in(bytes);
  IndexCounters counters;
  counters.next_sequence = in.number<std::uint64_t>();
  counters.added = in.number<std::uint64_t>();
  counters.now = in.number<std::int64_t>();
  counters.before = in.number<std::int64_t>();
  counters.stories.clusters = in.number<std::uint64_t>();
  counters.stories.events = in.number<std::uint64_t>();
  for (auto left = in.number<std::uint32_t>(); left > 0; --left) {
    const auto generation = in.number<std::uint64_t>();
    counters.articles[generation] = in.number<std::uint64_t>();
  }
  in.end();
  return counters;
}

std::int64_t IndexContents::cutoff_at(std::int64_t now) const {
  const std::int64_t of_window = parameters.window == 0 ? 0 : std::max<std::int64_t>(0, now - parameters.window);
  return std::max(of_window, counters.before);
}

std::uint64_t IndexContents::generation_at(std::int64_t time) const {
  return std::min(static_cast<std::uint64_t>(time / parameters.generation), kMaxGenerations - 2);
}

}  // namespace wirecopy
