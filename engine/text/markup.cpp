#include "text/markup.hpp"

#include <algorithm>
#include <cstring>

#include "text/entities.hpp"
#include "text/utf8.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kMaxTag = 1024;
constexpr std::size_t kNone = std::string_view::npos;

// Elements whose tags may occur within a word. Sorted by bytes.
constexpr std::string_view kInline[] = {
    "a",     "abbr", "acronym", "b",      "bdi", "bdo", "big",   "cite", "code", "data", "del",
    "dfn",   "em",   "font",    "i",      "ins", "kbd", "label", "mark", "q",    "s",    "samp",
    "small", "span", "strike",  "strong", "sub", "sup", "time",  "tt",   "u",    "var",  "wbr",
};
static_assert(std::ranges::is_sorted(kInline));

constexpr char lower(char character) { return character >= 'A' && character <= 'Z' ? character | 0x20 : character; }
constexpr bool is_letter(char character) { return lower(character) >= 'a' && lower(character) <= 'z'; }
constexpr bool is_name(char character) { return is_letter(character) || (character >= '0' && character <= '9'); }

bool starts_with_ignoring_case(std::string_view text, std::string_view lower_case) {
  return text.size() >= lower_case.size() &&
         std::ranges::equal(text.substr(0, lower_case.size()), lower_case, {}, lower);
}

// Finds the next occurrence of a byte. Calls with ascending positions read the text only once.
class NextByte {
 public:
  NextByte(std::string_view text, char wanted) : text_(text), wanted_(wanted) {}
  std::size_t from(std::size_t position) {
    if (!known_ || next_ < position) {
      next_ = std::min(text_.find(wanted_, position), text_.size());
      known_ = true;
    }
    return next_;
  }

 private:
  std::string_view text_;
  char wanted_;
  std::size_t next_ = 0;
  bool known_ = false;
};

// Finds the end of an element or comment, searching only as long as there may be one.
class EndMark {
 public:
  explicit EndMark(std::string_view mark) : mark_(mark) {}  // in lower case
  std::size_t from(std::string_view text, std::size_t position) {
    while (!absent_) {
      position = text.find(mark_.front(), position);
      if (position == kNone)
        absent_ = true;
      else if (starts_with_ignoring_case(text.substr(position), mark_))
        return position;
      else
        ++position;
    }
    return kNone;
  }

 private:
  std::string_view mark_;
  bool absent_ = false;
};

class Stripper {
 public:
  Stripper(std::string_view text, std::string& out) : text_(text), out_(out) {}

  void run() {
    while (at_ < text_.size()) {
      const std::size_t next = std::min(tag_.from(at_), reference_.from(at_));
      out_.append(text_, at_, next - at_);
      at_ = next;
      if (at_ == text_.size()) return;
      if (text_[at_] == '<' ? !take_tag() : !take_reference()) out_ += text_[at_++];
    }
  }

 private:
  bool take_reference() {
    const Entity entity = decode_entity(text_.substr(at_));
    if (entity.size == 0) return false;
    append_utf8(entity.code_point, out_);
    at_ += entity.size;
    return true;
  }

  bool take_tag() {
    const std::string_view rest = text_.substr(at_);
    if (rest.size() < 2 || !(is_letter(rest[1]) || rest[1] == '/' || rest[1] == '!')) return false;
    if (rest[1] == '!' && (take_comment(rest) || take_character_data(rest))) return true;
    const std::size_t close = close_.from(at_);
    if (close == text_.size() || close - at_ > kMaxTag) return false;
    const bool ends = rest[1] == '/';
    const std::string name = name_at(at_ + 1 + ends);
    if (!std::ranges::binary_search(kInline, std::string_view(name))) out_ += ' ';
    at_ = close + 1;
    if (!ends && name == "script") skip_to(script_end_.from(text_, at_));
    if (!ends && name == "style") skip_to(style_end_.from(text_, at_));
    return true;
  }

  bool take_comment(std::string_view rest) {
    if (!rest.starts_with("<!--")) return false;
    const std::size_t end = comment_end_.from(text_, at_ + 4);
    if (end == kNone) return false;
    at_ = end + 3;
    return true;
  }

  // The content of a <![CDATA[ section is text.
  bool take_character_data(std::string_view rest) {
    constexpr std::string_view kOpening = "<![CDATA[";
    if (!rest.starts_with(kOpening)) return false;
    out_ += ' ';
    at_ += kOpening.size();
    return true;
  }

  void skip_to(std::size_t position) {
    if (position != kNone) at_ = position;
  }

  // In lower case; truncated to 15 letters, so that names do not allocate.
  [[nodiscard]] std::string name_at(std::size_t position) const {
    std::string name;
    for (; position < text_.size() && name.size() < 15 && is_name(text_[position]); ++position)
      name += lower(text_[position]);
    return name;
  }

  std::string_view text_;
  std::string& out_;
  std::size_t at_ = 0;
  NextByte tag_{text_, '<'};
  NextByte reference_{text_, '&'};
  NextByte close_{text_, '>'};
  EndMark comment_end_{"-->"};
  EndMark script_end_{"</script"};
  EndMark style_end_{"</style"};
};

}  // namespace

bool may_have_markup(std::string_view text) {
  return !text.empty() && (std::memchr(text.data(), '&', text.size()) != nullptr ||
                           std::memchr(text.data(), '<', text.size()) != nullptr);
}

void strip_markup(std::string_view text, std::string& out) { Stripper(text, out).run(); }

}  // namespace wirecopy
