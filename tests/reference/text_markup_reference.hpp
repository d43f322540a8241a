// The naive twin of markup removal: it tries each rule at each byte and searches again each time.
#pragma once

#include <algorithm>
#include <cctype>
#include <set>
#include <string>
#include <string_view>

#include "text/entities.hpp"
#include "text/utf8.hpp"

namespace wirecopy::reference {

inline std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& character : lower) {
    if (character >= 'A' && character <= 'Z') character = static_cast<char>(character - 'A' + 'a');
  }
  return lower;
}

inline std::string strip_markup(std::string_view text) {
  static const std::set<std::string> inline_tags = {
      "a",     "abbr", "acronym", "b",      "bdi", "bdo", "big",   "cite", "code", "data", "del",
      "dfn",   "em",   "font",    "i",      "ins", "kbd", "label", "mark", "q",    "s",    "samp",
      "small", "span", "strike",  "strong", "sub", "sup", "time",  "tt",   "u",    "var",  "wbr"};
  const std::string lower = lower_case(text);
  const auto ascii_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (const Entity entity = text[at] == '&' ? decode_entity(text.substr(at)) : Entity{}; entity.size > 0) {
      append_utf8(entity.code_point, out);
      at += entity.size;
      continue;
    }
    const char next = text[at] == '<' && at + 1 < text.size() ? text[at + 1] : ' ';
    if (next != '/' && next != '!' && !ascii_letter(next)) {
      out += text[at++];
      continue;
    }
    if (const std::size_t end = text.find("-->", at + 4); text.substr(at, 4) == "<!--" && end != text.npos) {
      at = end + 3;
      continue;
    }
    if (text.substr(at, 9) == "<![CDATA[") {
      out += ' ';
      at += 9;
      continue;
    }
    const std::size_t close = text.find('>', at);
    if (close == text.npos || close - at > 1024) {
      out += text[at++];
      continue;
    }
    const std::size_t first = at + 1 + (next == '/' ? 1 : 0);
    std::size_t last = first;
    while (last < text.size() && std::isalnum(static_cast<unsigned char>(lower[last])) != 0) ++last;
    const std::string tag = lower.substr(first, last - first);
    if (!inline_tags.contains(tag)) out += ' ';
    at = close + 1;
    if (next != '/' && (tag == "script" || tag == "style")) at = std::min(lower.find("</" + tag, at), lower.npos - 1);
    if (at == lower.npos - 1) at = close + 1;
  }
  return out;
}

}  // namespace wirecopy::reference
