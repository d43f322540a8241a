#include "text/terminal_text.hpp"

#include <algorithm>

#include "text/columns.hpp"
#include "text/utf8.hpp"

namespace wirecopy {
namespace {

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xc0) == 0x80; }

}  // namespace

std::string harmless(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  const auto* at = reinterpret_cast<const unsigned char*>(text.data());
  const unsigned char* const end = at + text.size();
  while (at != end) {
    const Decoded decoded = decode_utf8(at, end);
    const std::string_view bytes(reinterpret_cast<const char*>(at), decoded.size);
    const bool is_ill_formed = decoded.code_point == kReplacement && bytes != "\uFFFD";
    out += is_ill_formed || is_display_control(decoded.code_point) ? "?" : bytes;
    at += decoded.size;
  }
  return out;
}

std::string harmless_lines(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string line(text.substr(at, end - at));
    if (end < text.size() && line.ends_with('\r')) line.pop_back();
    std::replace(line.begin(), line.end(), '\t', ' ');
    out += harmless(line);
    if (end < text.size()) out += '\n';
    at = end + 1;
  }
  return out;
}

std::string shortened(std::string_view text, std::size_t characters) {
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size() && count < characters; ++count) {
    ++at;
    while (at < text.size() && is_continuation(text[at])) ++at;
  }
  return harmless(text.substr(0, at)) + (at < text.size() ? "..." : "");
}

namespace {

struct Fitted {
  std::string text;
  std::size_t columns = 0;
};

Fitted fit(std::string_view text, std::size_t columns) {
  Fitted whole, cut;  // `cut` leaves a column for the ellipsis
  const auto* at = reinterpret_cast<const unsigned char*>(text.data());
  const unsigned char* const end = at + text.size();
  while (at != end) {
    const Decoded decoded = decode_utf8(at, end);
    at += decoded.size;
    const char32_t shown = is_display_control(decoded.code_point) ? U' ' : decoded.code_point;
    if (shown == U' ' && (whole.text.empty() || whole.text.back() == ' ')) continue;
    const unsigned width = columns_of(shown);
    if (whole.columns + width > columns) {
      cut.text += "…";
      ++cut.columns;
      return columns == 0 ? Fitted() : cut;
    }
    append_utf8(shown, whole.text);
    whole.columns += width;
    if (whole.columns < columns) cut = whole;
  }
  return whole;
}

}  // namespace

std::string cut_to(std::string_view text, std::size_t columns) { return fit(text, columns).text; }

std::string fitted(std::string_view text, std::size_t columns) {
  Fitted line = fit(text, columns);
  line.text.append(columns - line.columns, ' ');
  return line.text;
}

}  // namespace wirecopy
