// Finds text before the news: a line that is only a date, or the mark of the feed that distributed the article.
#pragma once

#include <cstddef>
#include <string_view>

namespace wirecopy {

/// The number of leading bytes of `text` that carry no news: white space, lines that are only a date (with or without a
/// weekday, a time and a zone: "18 Nov 2019, 10:15 GMT", "18 ноября 2019 г.", "2019-11-18", "2019年11月18日"), and
/// bracketed feed marks such as "(MENAFN)" and "(MENAFN - Some Agency)". An article with them thus has the same tokens
/// as one without.
///
/// Conservative: a line counts as a date only if it has at most 64 bytes, contains a year or the name of a month as
/// well as another number, and nothing that does not belong to a date; a time or a number alone is not a date. Returns
/// 0 if nothing of the text would remain.
[[nodiscard]] std::size_t lead_in(std::string_view text);

}  // namespace wirecopy
