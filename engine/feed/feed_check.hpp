// Whether what was read from a feed is of any use: a feed in a wrong format, or whose texts have an unknown name, must
// not pass for one without copies.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <wirecopy/error.hpp>

#include "feed/feed_counts.hpp"
#include "feed/field_map.hpp"
#include "feed/input.hpp"

namespace wirecopy {

/// What would make such a feed useful, as far as its first article tells.
struct FieldAdvice {
  enum class Kind {
    text,     ///< `path` is the field of the text
    records,  ///< `path` is a JSON pointer to the array of articles
  };
  Kind kind = Kind::text;
  std::string path;
};

class UnusableFeed : public Error {
 public:
  UnusableFeed(const std::string& message, std::optional<FieldAdvice> advice)
      : Error(ErrorKind::io, message), advice_(std::move(advice)) {}

  [[nodiscard]] const std::optional<FieldAdvice>& advice() const { return advice_; }

 private:
  std::optional<FieldAdvice> advice_;
};

/// Why what was read is of no use: none of the lines is an article, or no article has a text (a title will do if
/// `titles_count`). Names a line or the keys of the first article. Nothing if it is useful, or if there were no lines.
[[nodiscard]] std::optional<UnusableFeed> find_fault(const FeedCounts& counts, const FieldMap& fields,
                                                     std::span<const Input> inputs, bool titles_count);

/// A warning if more than half of the lines are rejected, with the most frequent reason and an example.
[[nodiscard]] std::optional<std::string> warning_of_rejects(const FeedCounts& counts, std::span<const Input> inputs);

}  // namespace wirecopy
