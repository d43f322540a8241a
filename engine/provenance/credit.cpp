// A credit is recognised by what surrounds the name, so no grammar and no regular expression is needed. A few look-ups
// per line (at its start, in its first brackets, at its end) tell whether there is a name at such a position, and only
// then is the context examined. Most articles have none, and cost some hundred nanoseconds.
#include "provenance/credit.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "provenance/credit_lines.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kWindow = 300;

/// A piece of the text in which tags, if any, are replaced by line ends.
class Window {
 public:
  explicit Window(std::string_view text) : text_(text) {
    if (text.find('<') != std::string_view::npos) replace_tags();
  }
  Window(const Window&) = delete;

  [[nodiscard]] std::string_view text() const { return text_; }

 private:
  void replace_tags() {
    std::size_t size = 0;
    bool in_tag = false;
    for (const char c : text_) {
      if (c == '<') bytes_[size++] = '\n';
      in_tag = c == '<' || (in_tag && c != '>');
      if (!in_tag && c != '>') bytes_[size++] = c;
    }
    text_ = std::string_view(bytes_.data(), size);
  }

  std::string_view text_;
  std::array<char, kWindow> bytes_;
};

/// The first credit that `read` finds in the lines of a window; weak ones count only if there is no other.
template <typename Read>
Credit first_credit(std::string_view window, bool begins, bool ends, Read&& read) {
  Credit weak;
  while (!window.empty()) {
    const std::size_t end = std::min(window.find('\n'), window.size());
    const bool is_last = end == window.size();
    const Credit credit = read(CreditLine{window.substr(0, end), begins, !is_last || ends});
    if (credit.agency != AgencyId::none && !credit.is_weak) return credit;
    if (weak.agency == AgencyId::none) weak = credit;
    if (is_last) break;
    window.remove_prefix(end + 1);
    begins = true;
  }
  return weak;
}

/// The number of continuation bytes of a sequence that is cut at the start of a window.
std::size_t continuation_bytes(std::string_view text) {
  std::size_t count = 0;
  while (count < text.size() && (static_cast<unsigned char>(text[count]) & 0xC0) == 0x80) ++count;
  return count;
}

}  // namespace

AgencyId credited_agency(std::string_view text) {
  const CreditTables& tables = CreditTables::get();
  const bool is_short = text.size() <= kWindow;
  const Window head(text.substr(0, kWindow));
  const Credit at_head =
      first_credit(head.text(), true, is_short, [&](const CreditLine& line) { return head_credit(line, tables); });
  if (at_head.agency != AgencyId::none && !at_head.is_weak) return at_head.agency;

  std::string_view end = is_short ? text : text.substr(text.size() - kWindow);
  end.remove_prefix(continuation_bytes(end));
  const Window tail(end);
  const Credit at_tail =
      first_credit(tail.text(), is_short, true, [&](const CreditLine& line) { return tail_credit(line, tables); });
  return at_tail.agency != AgencyId::none ? at_tail.agency : at_head.agency;
}

}  // namespace wirecopy
