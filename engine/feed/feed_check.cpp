#include "feed/feed_check.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace wirecopy {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t kMaxExample = 40;  // bytes of a value that are shown
constexpr std::size_t kMaxKeys = 16;     // that are shown
constexpr int kMaxLevels = 3;            // of objects that are looked into
constexpr std::size_t kMinText = 40;     // bytes; shorter strings are not proposed as texts

/// The beginning of a string, on one line, cut between characters.
std::string beginning(std::string_view text) {
  std::size_t size = std::min(text.size(), kMaxExample);
  while (size < text.size() && size > 0 && (static_cast<unsigned char>(text[size]) & 0xc0) == 0x80) --size;
  std::string shown(text.substr(0, size));
  for (char& c : shown) c = static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  return shown + (size < text.size() ? "..." : "");
}

std::string pointer_step(std::string_view key) {
  std::string step = "/";
  for (const char c : key) {
    if (c == '~') step += "~0";
    if (c == '/') step += "~1";
    if (c != '~' && c != '/') step += c;
  }
  return step;
}

/// The keys of an article, and which of them may be its text or the array of articles.
class KeyCensus {
 public:
  explicit KeyCensus(std::string_view line) {
    dom::parser parser;
    dom::object object;
    if (parser.parse(line.data(), line.size()).get(object) == simdjson::SUCCESS) visit(object, "", "", 1);
  }

  [[nodiscard]] std::string keys() const {
    std::string list;
    for (std::size_t i = 0; i < std::min(keys_.size(), kMaxKeys); ++i) list += (i == 0 ? "" : ", ") + keys_[i];
    return keys_.size() > kMaxKeys ? fmt::format("{}, and {} more", list, keys_.size() - kMaxKeys) : list;
  }
  [[nodiscard]] std::optional<FieldAdvice> advice() const {
    if (most_records_ > longest_) return FieldAdvice{FieldAdvice::Kind::records, records_};
    if (longest_ >= kMinText) return FieldAdvice{FieldAdvice::Kind::text, text_};
    return std::nullopt;
  }

 private:
  void visit(const dom::object& object, const std::string& path, const std::string& pointer, int level) {
    for (const auto [key, value] : object) {
      const bool is_plain = !key.empty() && key.find_first_of(".[]/") == std::string_view::npos;
      const std::string below = pointer + pointer_step(key);
      const std::string name = is_plain && (path.empty() || path.front() != '/')
                                   ? (path.empty() ? "" : path + ".") + std::string(key)
                                   : below;
      visit_value(value, name, below, level);
    }
  }

  void visit_value(const dom::element& value, const std::string& name, const std::string& pointer, int level) {
    dom::object object;
    dom::array array;
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) {
      keys_.push_back(fmt::format("{} \"{}\"", name, beginning(text)));
      note_text(text, name);
    } else if (value.get(object) == simdjson::SUCCESS && level < kMaxLevels) {
      visit(object, name, pointer, level + 1);
    } else if (value.get(array) == simdjson::SUCCESS) {
      keys_.push_back(fmt::format("{} (a list of {})", name, array.size()));
      note_array(array, pointer);
    } else {
      keys_.push_back(name);
    }
  }

  void note_text(std::string_view text, const std::string& name) {
    if (text.size() <= longest_ || text.starts_with("http")) return;
    longest_ = text.size();
    text_ = name;
  }

  /// The bytes of the strings in the objects of an array, as those of articles would be many.
  void note_array(const dom::array& array, const std::string& pointer) {
    std::size_t bytes = 0;
    for (const dom::element element : array) {
      dom::object object;
      if (element.get(object) != simdjson::SUCCESS) return;
      for (const auto [key, value] : object) {
        std::string_view text;
        if (value.get(text) == simdjson::SUCCESS) bytes += text.size();
      }
    }
    if (bytes <= most_records_) return;
    most_records_ = bytes;
    records_ = pointer;
  }

  std::vector<std::string> keys_;
  std::string text_;         // the field with the longest string
  std::size_t longest_ = 0;  // its length
  std::string records_;      // the array whose objects have the most text
  std::size_t most_records_ = 0;
};

std::size_t commonest(const FeedCounts& counts) {
  return static_cast<std::size_t>(std::ranges::max_element(counts.reasons) - counts.reasons.begin());
}

/// "most often not-json (feed.txt:3: id,title,text)".
std::string describe_rejects(const FeedCounts& counts, std::span<const Input> inputs) {
  const std::size_t reason = commonest(counts);
  std::string text = fmt::format("most often {}", name(static_cast<RejectReason>(reason)));
  const std::optional<Reject>& example = counts.examples[reason];
  if (!example) return text;
  if (inputs.empty()) return text;  // the caller has handed over articles
  text += fmt::format(" ({}:{}", inputs[example->place.input].name, example->place.line);
  const std::string& detail = example->message.empty() ? example->line : example->message;
  if (!detail.empty()) text += ": " + (example->message.empty() ? beginning(detail) : detail);
  return text + ")";
}

UnusableFeed without_text(const FeedCounts& counts) {
  std::string message = counts.articles == 1 ? "the only article has no text"
                                             : fmt::format("none of the {} articles has a text", counts.articles);
  if (counts.first_article.empty()) return {message, std::nullopt};
  const KeyCensus census(counts.first_article);
  const std::string keys = census.keys();
  return {message + (keys.empty() ? "; the first has no keys" : "; the keys of the first are " + keys),
          census.advice()};
}

}  // namespace

std::optional<UnusableFeed> find_fault(const FeedCounts& counts, const FieldMap& fields, std::span<const Input> inputs,
                                       bool titles_count) {
  if (counts.articles == 0) {
    if (counts.rejected == 0) return std::nullopt;
    const std::string lines =
        counts.rejected == 1 ? "the only line is not an article: it is rejected"
                             : fmt::format("none of the {} lines is an article: they are rejected", counts.rejected);
    return UnusableFeed(lines + ", " + describe_rejects(counts, inputs), std::nullopt);
  }
  const bool has_text =
      counts.usage.has_any(Role::text, fields) || (titles_count && counts.usage.has_any(Role::title, fields));
  return has_text ? std::nullopt : std::optional(without_text(counts));
}

std::optional<std::string> warning_of_rejects(const FeedCounts& counts, std::span<const Input> inputs) {
  if (counts.articles == 0 || counts.rejected <= counts.articles) return std::nullopt;
  return fmt::format("{} of {} lines are rejected, {}", counts.rejected, counts.articles + counts.rejected,
                     describe_rejects(counts, inputs));
}

}  // namespace wirecopy
