#include "generate/feed_writer.hpp"

#include <array>
#include <chrono>
#include <cstring>

#include "generate/edits.hpp"

namespace wirecopy::generate {
namespace {

/// Bit 7 of every byte of `word` that JSON requires to be escaped: quotation mark, backslash, control characters. Bits
/// above a set bit may be set in error (the subtraction borrows), so only zero and the lowest set bit are exact.
std::uint64_t escaped_bytes(std::uint64_t word) {
  constexpr std::uint64_t kOnes = 0x0101010101010101ULL;
  constexpr std::uint64_t kHighs = 0x8080808080808080ULL;
  const auto zero_bytes = [](std::uint64_t x) { return (x - kOnes) & ~x & kHighs; };
  const std::uint64_t control = (word - kOnes * 0x20) & ~word & kHighs;
  return control | zero_bytes(word ^ kOnes * '"') | zero_bytes(word ^ kOnes * '\\');
}

char* put_escaped(char* out, char byte) {
  constexpr std::string_view kHex = "0123456789abcdef";
  const auto value = static_cast<unsigned char>(byte);
  if (value >= 0x20 && byte != '"' && byte != '\\') {
    *out = byte;
    return out + 1;
  }
  *out++ = '\\';
  if (byte == '"' || byte == '\\') {
    *out = byte;
  } else if (byte == '\n') {
    *out = 'n';
  } else {
    std::memcpy(out, "u00", 3);
    out[3] = kHex[value >> 4];
    out[4] = kHex[value & 15];
    return out + 5;
  }
  return out + 1;
}

void append_hex(ByteBuffer& out, std::uint64_t value, int digits) {
  constexpr std::string_view kHex = "0123456789abcdef";
  char* at = out.begin(16);
  for (int digit = digits - 1; digit >= 0; --digit) *at++ = kHex[value >> (4 * digit) & 15];
  out.finish(at);
}

void append_decimal(ByteBuffer& out, unsigned value, int digits) {
  std::array<char, 10> text{};
  for (int i = digits - 1; i >= 0; --i, value /= 10)
    text[static_cast<std::size_t>(i)] = static_cast<char>('0' + value % 10);
  out.append({text.data(), static_cast<std::size_t>(digits)});
}

void append_day(ByteBuffer& out, std::int64_t seconds, std::string_view gap) {
  using namespace std::chrono;
  const year_month_day date{floor<days>(sys_seconds{std::chrono::seconds{seconds}})};
  append_decimal(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
  out.append(gap);
  append_decimal(out, static_cast<unsigned>(date.month()), 2);
  out.append(gap);
  append_decimal(out, static_cast<unsigned>(date.day()), 2);
}

/// ISO 8601 in one of three forms: UTC as "+00:00" or "Z", or the outlet's own time of "+03:00".
void append_time(ByteBuffer& out, std::int64_t seconds, std::uint8_t style) {
  constexpr std::array<std::string_view, 3> kZones{"+00:00", "Z", "+03:00"};
  const std::int64_t local = seconds + (style == 2 ? 3 * 3600 : 0);
  append_day(out, local, "-");
  const auto of_day = static_cast<unsigned>(local % 86'400);
  out.append("T");
  append_decimal(out, of_day / 3600, 2);
  out.append(":");
  append_decimal(out, of_day / 60 % 60, 2);
  out.append(":");
  append_decimal(out, of_day % 60, 2);
  out.append(kZones[style]);
}

/// Short articles are published without the outlet's usual wrapping.
bool is_wrapped(TextKind text) {
  return text != TextKind::flash && text != TextKind::one_word && text != TextKind::stub && text != TextKind::caption;
}

void append_url(ByteBuffer& out, std::string_view host, std::int64_t published, std::uint64_t id) {
  out.append("https://");
  out.append(host);
  out.append("/");
  append_day(out, published, "/");
  out.append("/");
  append_hex(out, id, 10);
}

}  // namespace

void append_json_string(ByteBuffer& buffer, std::string_view text) {
  char* out = buffer.begin(text.size() * 6 + 16);
  *out++ = '"';
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, 8);
    if (escaped_bytes(word) == 0) {
      std::memcpy(out, &word, 8);
      out += 8;
    } else {
      for (std::size_t i = 0; i < 8; ++i) out = put_escaped(out, text[at + i]);
    }
  }
  for (; at < text.size(); ++at) out = put_escaped(out, text[at]);
  *out++ = '"';
  buffer.finish(out);
}

std::uint64_t FeedWriter::id_of(std::uint64_t ordinal) const {
  constexpr std::uint64_t kBits = (1ULL << 40) - 1;
  // Odd factors and shifted sums are bijections of 40 bits, so every ordinal has a distinct id.
  std::uint64_t id = (ordinal + seed_) & kBits;
  id = id * 0x9e3779b97f4a7c15ULL & kBits;
  id ^= id >> 21;
  id = id * 0xbf58476d1ce4e5b9ULL & kBits;
  return id ^ id >> 17;
}

std::string_view FeedWriter::feed_line(const ArticlePlan& plan, std::uint64_t ordinal) {
  const Outlet outlet = outlets_.describe(plan.outlet);
  const Language& language = languages_[plan.language];
  maker_.make(plan, outlet, language, draft_);
  apply_edit(plan, draft_);
  RandomStream around(mix64(plan.edit_seed + plan.again_seed));
  if (is_wrapped(plan.text)) wrap(draft_.body, outlet, around);

  const std::uint64_t id = id_of(ordinal);
  const std::string host = host_of(outlet);
  feed_.clear();
  feed_.append(R"({"id": "g-)");
  append_hex(feed_, id, 10);
  feed_.append(R"(", "title": )");
  text_.clear();
  append_text(text_, draft_.title, language, {Markup::none, outlet.writing.straight_quotes});
  append_json_string(feed_, text_.view());
  feed_.append(R"(, "text": )");
  text_.clear();
  append_text(text_, draft_.body, language, outlet.writing);
  append_json_string(feed_, text_.view());
  feed_.append(R"(, "url": ")");
  append_url(feed_, host, plan.published, id);
  feed_.append(R"(", "source": ")");
  feed_.append(host);
  feed_.append(R"(", "published": ")");
  append_time(feed_, plan.published, outlet.date_style);
  feed_.append(R"(", "lang": ")");
  feed_.append(language.spec().code);
  feed_.append("\"}\n");
  return feed_.view();
}

std::string_view FeedWriter::truth_line(const ArticlePlan& plan, std::uint64_t ordinal, std::uint64_t first) {
  truth_.clear();
  truth_.append(R"({"id": "g-)");
  append_hex(truth_, id_of(ordinal), 10);
  truth_.append(R"(", "story": "s-)");
  append_hex(truth_, first + plan.story, 8);
  truth_.append(R"(", "edit": ")");
  truth_.append(name(plan.label));
  truth_.append("\"}\n");
  return truth_.view();
}

}  // namespace wirecopy::generate
