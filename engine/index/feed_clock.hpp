// The time of a feed, as the dates of its articles tell it.
//
// Problem. For feeds of the past, an article arrives when it was published, and the clock is the latest date so far.
// But one article dated 2199 must not move it there: with a window, everything else would be too old from then on.
//
// Idea. A date moves the clock by `max_jump` at most. An article dated further ahead arrives now, and its date waits.
// When kConfirmations dates wait, no more than kOfOneSource of them from one source, the feed has a gap there: the
// clock goes to the earliest of them, and on to those within a jump of it. An article dated around now takes the oldest
// waiting date away, so that the wild dates of a long feed never add up. While all articles come from one source, that
// source alone confirms.
//
// The first date may be wild as well. So the clock counts as started only when two dates lie within a jump of each
// other (or kConfirmations have come without that); until then it shows the earliest date, and may go back.
//
// Cost: a handful of waiting dates, whatever comes. The result depends on the articles and their order alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy {

class FeedClock {
 public:
  /// Articles that confirm a jump, the one that made it included.
  static constexpr std::size_t kConfirmations = 6;
  static constexpr std::size_t kOfOneSource = 3;

  /// What is kept between runs.
  struct State {
    struct Date {
      std::int64_t time = 0;
      std::uint64_t source = 0;
    };
    std::vector<Date> waiting;  ///< in order of arrival
    bool has_started = false;
    bool has_seen_sources = false;   ///< more than one
    std::uint64_t first_source = 0;  ///< hash of its name; 0: none was seen
    std::uint64_t ahead = 0;         ///< dates that did not move the clock when they came
  };

  /// `now`: what it shows at first.
  FeedClock(std::int64_t max_jump, std::int64_t now, State state)
      : max_jump_(max_jump), now_(now), state_(std::move(state)) {}

  /// When the next article arrives. `published`: none if unknown.
  std::int64_t arrive(std::optional<std::int64_t> published, std::string_view source);

  [[nodiscard]] const State& state() const { return state_; }

 private:
  void note_source(std::uint64_t source);
  void start(State::Date date);
  void wait(State::Date date);
  void jump();
  [[nodiscard]] bool is_ahead(std::int64_t time) const { return time > now_ && time - now_ > max_jump_; }
  void drop_reached();

  std::int64_t max_jump_;
  std::int64_t now_;
  State state_;
};

[[nodiscard]] std::string encode(const FeedClock::State& state);
[[nodiscard]] FeedClock::State decode_feed_clock(std::string_view bytes);

}  // namespace wirecopy
