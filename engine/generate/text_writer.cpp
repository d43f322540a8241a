#include "generate/text_writer.hpp"

#include <array>
#include <cstring>
#include <string_view>

namespace wirecopy::generate {
namespace {

/// Upper bound of the length of a unit: a word, its punctuation and tags.
constexpr std::size_t kUnitRoom = 128;

struct Punctuation {
  std::string_view open_quote, close_quote, dash;
};

Punctuation punctuation_of(const LanguageSpec& spec, WritingStyle style) {
  const bool straight = style.straight_quotes;
  switch (style.markup) {
    case Markup::entities:
      return straight ? Punctuation{"&quot;", "&quot;", "&mdash;"} : Punctuation{"&laquo;", "&raquo;", "&#8212;"};
    case Markup::breaks:
      return straight ? Punctuation{"<em>\"", "\"</em>", "-"} : Punctuation{"<em>“", "”</em>", "–"};
    default:
      return straight ? Punctuation{"\"", "\"", "-"} : Punctuation{spec.open_quote, spec.close_quote, "—"};
  }
}

char* put(char* out, std::string_view text) {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

char* put_word(char* out, const Word& word) {
  std::memcpy(out, word.bytes.data(), word.bytes.size());  // copies the whole slot, which has a fixed size
  return out + word.size;
}

char* put_number(char* out, std::uint32_t number) {
  std::array<char, 10> digits{};
  std::size_t at = digits.size();
  do {
    digits[--at] = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number > 0);
  return put(out, {digits.data() + at, digits.size() - at});
}

/// Writes a sequence of units.
class Writer {
 public:
  Writer(const Language& language, WritingStyle style)
      : language_(language), style_(style), punctuation_(punctuation_of(language.spec(), style)) {}

  char* unit(char* out, Unit unit) const {
    if (unit.marks & kOpenQuote) out = put(out, punctuation_.open_quote);
    char* const word = out;
    out = value(out, unit);
    if (unit.marks & kCapital) capitalise(word);
    if (unit.marks >= kCloseQuote) out = after(out, unit.marks);
    return out;
  }

  char* gap(char* out, Unit before, Unit next) const {
    if (ends_paragraph(before)) return paragraph_gap(out);
    if (!language_.spaced() && before.kind == UnitKind::word && next.kind == UnitKind::word) return out;
    if (style_.markup == Markup::entities && before.kind == UnitKind::number) return put(out, "&nbsp;");
    if (!language_.spaced() && language_.spec().spelling == Spelling::ideographs) return out;
    *out = ' ';
    return out + 1;
  }

  char* open(char* out) const { return style_.markup == Markup::paragraphs ? put(out, "<p>") : out; }
  char* close(char* out) const { return style_.markup == Markup::paragraphs ? put(out, "</p>") : out; }

 private:
  char* value(char* out, Unit unit) const {
    switch (unit.kind) {
      case UnitKind::word:
        return put_word(out, language_.word(unit.value));
      case UnitKind::name:
        return put_word(out, language_.name(unit.value));
      case UnitKind::credit:
        return put(put_word(put(out, "("), language_.name(unit.value)), ")");
      case UnitKind::number:
        return put_number(out, unit.value);
      case UnitKind::decimal:
        return put_number(put(put_number(out, unit.value / 10), "."), unit.value % 10);
      case UnitKind::percent:
        return put(put_number(out, unit.value), "%");
      case UnitKind::symbol:
        return symbol(out, static_cast<Symbol>(unit.value));
    }
    return out;
  }

  char* symbol(char* out, Symbol symbol) const {
    switch (symbol) {
      case Symbol::dash:
        return put(out, punctuation_.dash);
      case Symbol::update:
        return put(out, language_.spec().update);
      case Symbol::bullet:
        return put(out, "•");
      case Symbol::copyright:
        return put(out, style_.markup == Markup::entities ? "&copy;" : "©");
    }
    return out;
  }

  char* after(char* out, std::uint8_t marks) const {
    const LanguageSpec& spec = language_.spec();
    if (marks & kCloseQuote) out = put(out, punctuation_.close_quote);
    if (marks & kComma) out = put(out, spec.comma);
    if (marks & kStop) out = put(out, spec.stop);
    if (marks & kQuestion) out = put(out, spec.question);
    if (marks & kColon) out = put(out, ":");
    return out;
  }

  char* paragraph_gap(char* out) const {
    switch (style_.markup) {
      case Markup::paragraphs:
        return put(out, "</p>\n<p>");
      case Markup::breaks:
        return put(out, "<br />\n");
      default:
        return put(out, "\n");
    }
  }

  const Language& language_;
  WritingStyle style_;
  Punctuation punctuation_;
};

}  // namespace

void append_text(ByteBuffer& buffer, const Units& units, const Language& language, WritingStyle style) {
  if (units.empty()) return;
  const Writer writer(language, style);
  char* out = writer.open(buffer.begin(units.size() * kUnitRoom + kUnitRoom));
  for (std::size_t i = 0; i + 1 < units.size(); ++i) {
    out = writer.gap(writer.unit(out, units[i]), units[i], units[i + 1]);
  }
  buffer.finish(writer.close(writer.unit(out, units.back())));
}

}  // namespace wirecopy::generate
