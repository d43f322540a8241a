#include "index/feed_clock.hpp"

#include <algorithm>
#include <map>

#include "base/hash.hpp"
#include "store/bytes.hpp"

namespace wirecopy {
namespace {

std::uint64_t hash_of(std::string_view source) {
  static const Hasher kHasher(0);
  return std::max<std::uint64_t>(kHasher.hash64(source), 1);
}

}  // namespace

std::int64_t FeedClock::arrive(std::optional<std::int64_t> published, std::string_view source) {
  if (!published) return now_;
  const State::Date date{std::max<std::int64_t>(*published, 0), hash_of(source)};
  note_source(date.source);
  if (!state_.has_started) {
    start(date);
  } else if (is_ahead(date.time)) {
    wait(date);
  } else {
    now_ = std::max(now_, date.time);
    const bool is_of_now = now_ - date.time <= max_jump_;
    if (is_of_now && !state_.waiting.empty()) state_.waiting.erase(state_.waiting.begin());
  }
  return now_;
}

void FeedClock::note_source(std::uint64_t source) {
  if (state_.first_source == 0) state_.first_source = source;
  state_.has_seen_sources |= state_.first_source != source;
}

void FeedClock::start(State::Date date) {
  now_ = state_.waiting.empty() ? date.time : std::min(now_, date.time);
  const auto agrees = [&](const State::Date& other) {
    const auto [earlier, later] = std::minmax(date.time, other.time);
    return later - earlier <= max_jump_;
  };
  const auto found = std::find_if(state_.waiting.begin(), state_.waiting.end(), agrees);
  if (found != state_.waiting.end()) now_ = std::max(date.time, found->time);
  state_.has_started = found != state_.waiting.end();
  state_.waiting.push_back(date);
  if (!state_.has_started && state_.waiting.size() == kConfirmations) jump();
  if (!state_.has_started) return;
  drop_reached();
  state_.ahead += state_.waiting.size();
}

void FeedClock::wait(State::Date date) {
  ++state_.ahead;
  state_.waiting.push_back(date);
  // Of each source, the latest dates count.
  const std::size_t of_one = state_.has_seen_sources ? kOfOneSource : kConfirmations;
  std::map<std::uint64_t, std::size_t> counts;
  for (std::size_t i = state_.waiting.size(); i-- > 0;) {
    if (++counts[state_.waiting[i].source] > of_one) {
      state_.waiting.erase(state_.waiting.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
  if (state_.waiting.size() >= kConfirmations) jump();
}

void FeedClock::jump() {
  std::vector<std::int64_t> times;
  for (const State::Date& date : state_.waiting) times.push_back(date.time);
  std::sort(times.begin(), times.end());
  now_ = times.front();
  for (const std::int64_t time : times) {
    if (!is_ahead(time)) now_ = std::max(now_, time);
  }
  state_.has_started = true;
  drop_reached();
}

void FeedClock::drop_reached() {
  std::erase_if(state_.waiting, [this](const State::Date& date) { return !is_ahead(date.time); });
}

std::string encode(const FeedClock::State& state) {
  ByteWriter out;
  out.number(static_cast<std::uint8_t>(state.has_started)).number(static_cast<std::uint8_t>(state.has_seen_sources));
  out.number(state.first_source).number(state.ahead).number(static_cast<std::uint32_t>(state.waiting.size()));
  for (const FeedClock::State::Date& date : state.waiting) out.number(date.time).number(date.source);
  return out.take();
}

FeedClock::State decode_feed_clock(std::string_view bytes) {
  ByteReader in(bytes);
  FeedClock::State state;
  state.has_started = in.number<std::uint8_t>() != 0;
  state.has_seen_sources = in.number<std::uint8_t>() != 0;
  state.first_source = in.number<std::uint64_t>();
  state.ahead = in.number<std::uint64_t>();
  for (auto left = in.number<std::uint32_t>(); left > 0; --left) {
    FeedClock::State::Date& date = state.waiting.emplace_back();
    date.time = in.number<std::int64_t>();
    date.source = in.number<std::uint64_t>();
  }
  in.end();
  return state;
}

}  // namespace wirecopy
