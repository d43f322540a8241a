#include "feed/document_lines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "feed/field_map.hpp"
#include "feed/json_text.hpp"

namespace wirecopy {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::size_t kMaxHead = 4096;  // a document begins within so many bytes
// Blanks in front of an article are its line's, so there may not be too many.
constexpr std::size_t kMaxBlanks = std::size_t{64} << 10;

constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// The bytes that matter inside a string.
constexpr std::array<bool, 256> kEndsRun = [] {
  std::array<bool, 256> ends{};
  for (const char c : {'"', '\\', '\n'}) ends[static_cast<unsigned char>(c)] = true;
  return ends;
}();

std::string_view without_space(std::string_view text) {
  const auto first = std::ranges::find_if_not(text, is_space);
  return text.substr(static_cast<std::size_t>(first - text.begin()));
}

}  // namespace

std::optional<Layout> layout_of(std::string_view head, std::string_view records, bool is_all) {
  if (!records.empty()) return Layout::document;
  const auto undecided = [&] {
    return is_all || head.size() >= kMaxHead ? std::optional(Layout::lines) : std::nullopt;
  };
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  const std::string_view text = without_space(head);
  if (text.empty()) return undecided();
  const std::string_view next = without_space(text.substr(1));
  if (text.front() != '[' && text.front() != '{') return Layout::lines;
  if (next.empty()) return undecided();
  const std::string_view gap = text.substr(1, text.size() - 1 - next.size());
  const bool is_array = text.front() == '[' && (next.front() == '{' || next.front() == ']');
  const bool is_object_over_lines =
      text.front() == '{' && gap.find('\n') != std::string_view::npos && (next.front() == '"' || next.front() == '}');
  return is_array || is_object_over_lines ? Layout::document : Layout::lines;
}

void DocumentLines::Nesting::open(char bracket) {
  if (++depth_ <= kMaxKept) arrays_[depth_] = bracket == '[';
}

void DocumentLines::Nesting::close_matching(char bracket, std::size_t floor) {
  if (depth_ > kMaxKept) return close();
  for (std::size_t depth = depth_; depth > floor; --depth) {
    if (arrays_[depth] != (bracket == ']')) continue;
    depth_ = depth - 1;
    return;
  }
}

DocumentLines::DocumentLines(std::string_view records)
    : records_(records),
      steps_(keys_of_pointer(records)),
      indices_(steps_.size() + 1),
      level_(steps_.empty() ? 0 : kOutside) {}

std::optional<std::string> DocumentLines::damage() const {
  if (in_string_ || nesting_.depth() > 0) return "the JSON document is truncated";
  if (!steps_.empty() && !was_found_) return fmt::format("the JSON document has no array at {}", records_);
  return std::nullopt;
}

void DocumentLines::filter(std::span<char> bytes) {
  char* at = bytes.data();
  char* const end = at + bytes.size();
  for (; at != end && position_ < kByteOrderMark.size() && *at == kByteOrderMark[position_]; ++at, ++position_)
    *at = ' ';
  if (at != end) position_ = kByteOrderMark.size();
  while (at != end) {
    if (in_string_) {
      at = filter_string(at, end);
      continue;
    }
    if (level_ == kOutside) {
      filter_outside(*at);
    } else if (nesting_.depth() == level_) {
      filter_between(*at);
    } else {
      filter_inside(*at);
    }
    ++at;
  }
}

/// To the end of the string, or of the bytes.
char* DocumentLines::filter_string(char* at, char* end) {
  for (; at != end && in_string_; ++at) {
    if (level_ != kOutside && !is_escaped_) {
      at = std::find_if(at, end, [](char c) { return kEndsRun[static_cast<unsigned char>(c)]; });
      if (at == end) break;
    }
    const char byte = *at;
    if (level_ == kOutside) {
      constexpr std::size_t kMaxKey = 4096;
      if (is_key_ && key_.size() < kMaxKey && (byte != '"' || is_escaped_)) key_ += byte;
      blank(*at);
    } else if (byte == '\n') {
      *at = '\r';  // not allowed in a string either, but no line end
    }
    if (byte == '"' && !is_escaped_) end_string();
    is_escaped_ = byte == '\\' && !is_escaped_;
  }
  return at;
}

void DocumentLines::begin_string() {
  in_string_ = true;
  is_key_ = expects_key_;
  expects_key_ = false;
  key_.clear();
}

void DocumentLines::end_string() {
  in_string_ = false;
  if (!is_key_) return;
  is_key_ = false;
  std::string plain(key_.size(), '\0');
  char* const end = unescape(key_, plain.data());
  takes_step_ = end != nullptr && std::string_view(plain.data(), end) == steps_[matched_];
}

/// Not in an array of articles: finds the way to one.
void DocumentLines::filter_outside(char& byte) {
  const char c = byte;
  blank(byte);
  if (c == '"') return begin_string();
  if (c == '{' || c == '[') return open_outside(c);
  if (c == '}' || c == ']') return close_outside();
  if (c == ',') next_element_outside();
}

void DocumentLines::open_outside(char bracket) {
  const bool is_root = nesting_.depth() == 0;
  const bool is_on_path = is_root || takes_step_;
  if (takes_step_) ++matched_;
  nesting_.open(bracket);
  takes_step_ = expects_key_ = false;
  if (!is_on_path) return;
  if (matched_ == steps_.size()) {
    if (bracket == '[') begin_records();
  } else if (bracket == '{') {
    expects_key_ = true;
  } else {
    indices_[matched_] = 0;
    takes_step_ = steps_[matched_] == "0";
  }
}

void DocumentLines::close_outside() {
  takes_step_ = expects_key_ = false;
  if (nesting_.depth() == 0) return;
  if (nesting_.depth() == matched_ + 1 && matched_ > 0) --matched_;
  nesting_.close();
}

void DocumentLines::next_element_outside() {
  takes_step_ = false;
  if (nesting_.depth() != matched_ + 1 || matched_ == steps_.size()) return;
  expects_key_ = !nesting_.is_array();
  if (nesting_.is_array()) takes_step_ = steps_[matched_] == std::to_string(++indices_[matched_]);
}

void DocumentLines::begin_records() {
  was_found_ = true;
  level_ = nesting_.depth();
}

void DocumentLines::end_records() {
  nesting_.close();
  level_ = steps_.empty() ? 0 : kOutside;
  if (matched_ > 0) --matched_;
}

/// Between two articles, or in one that is no container.
void DocumentLines::filter_between(char& byte) {
  switch (byte) {
    case '\n':
    case '\r':
      return end_line(byte);
    case ' ':
    case '\t':
      return has_content_ ? void() : blank(byte);
    case ',':
      if (level_ > 0) return end_line(byte);
      break;
    case ']':
      if (level_ == 0) break;
      end_records();
      return end_line(byte);
    case '[':
    case '{':
      nesting_.open(byte);
      if (byte == '[' && level_ == 0 && !has_content_) {
        begin_records();
        return blank(byte);
      }
      break;
    case '"':
      begin_string();
      break;
    default:
      break;
  }
  has_content_ = true;
}

void DocumentLines::filter_inside(char& byte) {
  switch (byte) {
    case '\n':
      byte = '\r';
      return;
    case '"':
      return begin_string();
    case '{':
    case '[':
      return nesting_.open(byte);
    case '}':
    case ']':
      return nesting_.close_matching(byte, level_);
    default:
      return;
  }
}

/// A line that has content ends here.
void DocumentLines::end_line(char& byte) {
  if (!has_content_) return blank(byte);
  byte = '\n';
  has_content_ = false;
  blanks_ = 0;
}

void DocumentLines::blank(char& byte) {
  byte = ' ';
  if (++blanks_ < kMaxBlanks) return;
  byte = '\n';
  blanks_ = 0;
}

void append_compact(std::string_view line, std::string& out) {
  line = without_space(line);
  while (!line.empty() && is_space(line.back())) line.remove_suffix(1);
  bool in_string = false;
  for (std::size_t at = 0; at < line.size();) {
    if (in_string) {
      const std::size_t begin = at;
      while (line[at] != '"') at += line[at] == '\\' ? 2 : 1;
      out.append(line, begin, ++at - begin);
      in_string = false;
    } else if (is_space(line[at])) {
      const std::size_t begin = at;
      bool spans_lines = false;
      for (; is_space(line[at]); ++at) spans_lines |= line[at] == '\r';
      if (!spans_lines) out.append(line, begin, at - begin);
    } else {
      in_string = line[at] == '"';
      out += line[at++];
    }
  }
}

}  // namespace wirecopy
