#include "feed/language.hpp"

#include <algorithm>
#include <array>

namespace wirecopy {

namespace {

struct LanguageName {
  std::string_view code;   // ISO 639-1
  std::string_view three;  // ISO 639-2, terminology
  std::string_view other;  // ISO 639-2, bibliographic, where it differs
  std::string_view english;
};

constexpr LanguageName kLanguages[] = {
    {"af", "afr", "", "afrikaans"},    {"am", "amh", "", "amharic"},     {"ar", "ara", "", "arabic"},
    {"az", "aze", "", "azerbaijani"},  {"be", "bel", "", "belarusian"},  {"bg", "bul", "", "bulgarian"},
    {"bn", "ben", "", "bengali"},      {"bs", "bos", "", "bosnian"},     {"ca", "cat", "", "catalan"},
    {"cs", "ces", "cze", "czech"},     {"cy", "cym", "wel", "welsh"},    {"da", "dan", "", "danish"},
    {"de", "deu", "ger", "german"},    {"el", "ell", "gre", "greek"},    {"en", "eng", "", "english"},
    {"es", "spa", "", "spanish"},      {"et", "est", "", "estonian"},    {"eu", "eus", "baq", "basque"},
    {"fa", "fas", "per", "persian"},   {"fi", "fin", "", "finnish"},     {"fr", "fra", "fre", "french"},
    {"ga", "gle", "", "irish"},        {"gl", "glg", "", "galician"},    {"gu", "guj", "", "gujarati"},
    {"he", "heb", "", "hebrew"},       {"hi", "hin", "", "hindi"},       {"hr", "hrv", "", "croatian"},
    {"hu", "hun", "", "hungarian"},    {"hy", "hye", "arm", "armenian"}, {"id", "ind", "", "indonesian"},
    {"is", "isl", "ice", "icelandic"}, {"it", "ita", "", "italian"},     {"ja", "jpn", "", "japanese"},
    {"ka", "kat", "geo", "georgian"},  {"kk", "kaz", "", "kazakh"},      {"km", "khm", "", "khmer"},
    {"kn", "kan", "", "kannada"},      {"ko", "kor", "", "korean"},      {"lo", "lao", "", "lao"},
    {"lt", "lit", "", "lithuanian"},   {"lv", "lav", "", "latvian"},     {"mk", "mkd", "mac", "macedonian"},
    {"ml", "mal", "", "malayalam"},    {"mn", "mon", "", "mongolian"},   {"mr", "mar", "", "marathi"},
    {"ms", "msa", "may", "malay"},     {"my", "mya", "bur", "burmese"},  {"ne", "nep", "", "nepali"},
    {"nl", "nld", "dut", "dutch"},     {"no", "nor", "", "norwegian"},   {"pa", "pan", "", "punjabi"},
    {"pl", "pol", "", "polish"},       {"ps", "pus", "", "pashto"},      {"pt", "por", "", "portuguese"},
    {"ro", "ron", "rum", "romanian"},  {"ru", "rus", "", "russian"},     {"si", "sin", "", "sinhala"},
    {"sk", "slk", "slo", "slovak"},    {"sl", "slv", "", "slovenian"},   {"sq", "sqi", "alb", "albanian"},
    {"sr", "srp", "", "serbian"},      {"sv", "swe", "", "swedish"},     {"sw", "swa", "", "swahili"},
    {"ta", "tam", "", "tamil"},        {"te", "tel", "", "telugu"},      {"th", "tha", "", "thai"},
    {"tr", "tur", "", "turkish"},      {"uk", "ukr", "", "ukrainian"},   {"ur", "urd", "", "urdu"},
    {"uz", "uzb", "", "uzbek"},        {"vi", "vie", "", "vietnamese"},  {"zh", "zho", "chi", "chinese"},
};

constexpr std::size_t kMaxName = 11;

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }

std::string_view known_code(std::string_view word) {
  for (const LanguageName& language : kLanguages) {
    if (word == language.three || word == language.english || (word == language.other && !word.empty())) {
      return language.code;
    }
  }
  return {};
}

}  // namespace

std::string_view language_code(std::string_view text, char (&scratch)[4]) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  const auto first_other = std::find_if_not(text.begin(), text.end(), is_letter);
  const auto length = static_cast<std::size_t>(first_other - text.begin());
  if (length < 2 || length > kMaxName) return {};
  std::array<char, kMaxName> word{};
  std::transform(text.begin(), first_other, word.begin(), lower);
  const std::string_view spelling(word.data(), length);
  if (length > 2) {
    if (const std::string_view code = known_code(spelling); !code.empty()) return code;
    if (length > 3) return {};
  }
  std::copy(spelling.begin(), spelling.end(), scratch);
  return {scratch, length};
}

}  // namespace wirecopy
