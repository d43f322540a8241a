#include "provenance/lead_in.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "provenance/credit_tables.hpp"
#include "provenance/credit_text.hpp"
#include "provenance/data.hpp"
#include "provenance/tsv.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kMaxDateLine = 64;
constexpr std::size_t kMaxFeedMark = 96;

enum class DateWord : std::uint8_t { month, filler };

const NameTable<DateWord>& date_words() {
  static const NameTable<DateWord> table([] {
    std::vector<NameTable<DateWord>::Entry> entries;
    for_each_row(kDateWords, [&](const TsvRow& row) {
      const DateWord kind = row.columns[1] == "month" ? DateWord::month : DateWord::filler;
      for_each_part(row.columns[2], '|', [&](std::string_view word) { entries.push_back({word, kind}); });
    });
    return NameTable<DateWord>(std::move(entries));
  }());
  return table;
}

/// A line in lower case, as far as date words need it: ASCII, Latin-1 and Cyrillic.
class LowerCase {
 public:
  explicit LowerCase(std::string_view line) : size_(line.size()) {
    unsigned char lead = 0;
    for (std::size_t i = 0; i < size_; ++i) {
      const auto byte = static_cast<unsigned char>(line[i]);
      bytes_[i] = static_cast<char>(lower(byte, lead));
      if (lead == 0xD0 && needs_next_lead(byte)) bytes_[i - 1] = static_cast<char>(0xD1);
      lead = byte;
    }
  }

  [[nodiscard]] std::string_view text() const { return {bytes_.data(), size_}; }

 private:
  static unsigned char lower(unsigned char byte, unsigned char lead) {
    if (byte >= 'A' && byte <= 'Z') return byte + 0x20;
    if (lead == 0xC3 && byte >= 0x80 && byte <= 0x9E) return byte + 0x20;
    if (lead == 0xD0 && byte >= 0x90 && byte <= 0x9F) return byte + 0x20;
    if (lead == 0xD0 && byte >= 0xA0 && byte <= 0xAF) return byte - 0x20;
    if (lead == 0xD0 && byte >= 0x80 && byte <= 0x8F) return byte + 0x10;
    return byte;
  }
  // U+0400 to U+040F and U+0420 to U+042F have their lower-case letters under the next lead byte.
  static bool needs_next_lead(unsigned char byte) { return (byte >= 0xA0 && byte <= 0xAF) || byte <= 0x8F; }

  std::array<char, kMaxDateLine> bytes_{};
  std::size_t size_;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

/// The parts of a date that were found in a line so far.
struct DateParts {
  unsigned numbers = 0;
  bool has_year = false;
  bool has_month = false;

  [[nodiscard]] bool is_date() const { return numbers >= 2 ? has_year || has_month : numbers == 1 && has_month; }
};

/// Removes a number, a sign or a word of a date from the front of `line`; false if there is none.
bool read_part(std::string_view& line, DateParts& parts) {
  if (is_digit(line.front())) {
    const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
    const std::string_view number = line.substr(0, digits);
    if (digits > 4 && digits != 8) return false;
    parts.has_year = parts.has_year || (digits == 4 && (number.starts_with("19") || number.starts_with("20")));
    ++parts.numbers;
    line.remove_prefix(digits);
    if (line.size() >= 2 && (line.front() == 'z' || line.front() == 't') && !is_letter(line[1])) line.remove_prefix(1);
    return true;
  }
  if (std::string_view(" \t\r,.:/-+|()").find(line.front()) != std::string_view::npos) {
    line.remove_prefix(1);
    return true;
  }
  if (const std::size_t size = std::max(space_at(line), dash_at(line))) {
    line.remove_prefix(size);
    return true;
  }
  for (const std::string_view sign : {"\u2022", "\u00B7", "\u060C", "г", "р", "в", "о", "à", "z"}) {
    if (!line.starts_with(sign) || !is_word_end(line.substr(sign.size()))) continue;
    line.remove_prefix(sign.size());
    return true;
  }
  const auto* word = date_words().at_begin(line);
  if (word == nullptr) return false;
  const std::string_view rest = line.substr(word->name.size());
  const bool is_unspaced = static_cast<unsigned char>(word->name.front()) >= 0xE3;
  if (!is_unspaced && !is_word_end(rest)) return false;
  parts.has_month = parts.has_month || word->value == DateWord::month;
  line = rest;
  return true;
}

bool is_date_line(std::string_view line) {
  line = trim(line);
  if (line.size() < 6 || line.size() > kMaxDateLine || std::none_of(line.begin(), line.end(), is_digit)) return false;
  const LowerCase lower(line);
  std::string_view rest = lower.text();
  DateParts parts;
  while (!rest.empty()) {
    if (!read_part(rest, parts)) return false;
  }
  return parts.is_date() && parts.numbers <= 8;
}

/// The length of the bracketed feed mark that `text` begins with, including a dash after it; 0 if there is none.
std::size_t feed_mark(std::string_view text) {
  if (text.front() != '(' && text.front() != '[') return 0;
  const std::string_view inside = trim_left(text.substr(1));
  const auto* name = CreditTables::get().names.at_begin(inside);
  if (name == nullptr || !name->value.is_feed_mark || !is_word_end(inside.substr(name->name.size()))) return 0;
  std::size_t depth = 0;
  for (std::size_t at = 0; at < std::min(text.size(), kMaxFeedMark) && text[at] != '\n'; ++at) {
    if (open_bracket_at(text.substr(at)) != 0) ++depth;
    if (close_bracket_at(text.substr(at)) == 0 || --depth != 0) continue;
    const std::string_view rest = trim_left(text.substr(at + 1));
    return text.size() - rest.size() + dash_at(rest);
  }
  return 0;
}

/// The length of the date line that `text` begins with, including its line end; 0 if there is none.
std::size_t date_line(std::string_view text) {
  const std::size_t end = text.substr(0, kMaxDateLine + 8).find('\n');
  return end != std::string_view::npos && is_date_line(text.substr(0, end)) ? end + 1 : 0;
}

std::size_t skip_blank(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    const std::size_t size = text[at] == '\n' ? 1 : space_at(text.substr(at));
    if (size == 0) break;
    at += size;
  }
  return at;
}

}  // namespace

std::size_t lead_in(std::string_view text) {
  constexpr int kMaxParts = 4;
  std::size_t at = skip_blank(text, 0), skipped = 0;
  for (int part = 0; part < kMaxParts && at < text.size(); ++part) {
    const std::string_view rest = text.substr(at);
    const std::size_t size = std::max(feed_mark(rest), date_line(rest));
    if (size == 0) break;
    skipped = at = skip_blank(text, at + size);
  }
  return at < text.size() ? skipped : 0;
}

}  // namespace wirecopy
