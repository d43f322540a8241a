// What of an article follows from its other fields, wherever it was read.
#pragma once

#include "feed/article_parser.hpp"

namespace wirecopy {

/// Sets a url from a source that is a URL, such a source to its host, a missing source to the host of the url and a
/// missing id to the url, and marks these roles in `used`. Hosts are written to `room`, which has source.size() +
/// url.size() bytes and lives as long as the article; returns the end of what was written.
char* derive_fields(ParsedArticle& parsed, char* room);

/// "[+1234 chars]" at the end: the mark of a provider that cuts texts.
[[nodiscard]] bool ends_cut(std::string_view text);

}  // namespace wirecopy
