// Fields of an article that are derived from its other fields, independent of the input format.
#pragma once

#include "feed/article_parser.hpp"

namespace wirecopy {

/// Derives a missing url from a source that is a URL, replaces such a source by its host, and derives a missing source
/// from the host of the url and a missing id from the url. Marks these roles in `used`. Hosts are written to `room`,
/// which must have source.size() + url.size() bytes and live as long as the article. Returns the end of the written
/// bytes.
char* derive_fields(ParsedArticle& parsed, char* room);

/// Whether the text ends in "[+1234 chars]", as written by providers that truncate texts.
[[nodiscard]] bool ends_cut(std::string_view text);

}  // namespace wirecopy
