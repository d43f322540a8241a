// What stands before the news: a line with nothing but a date, the mark of the feed that passed the article on.
#pragma once

#include <cstddef>
#include <string_view>

namespace wirecopy {

/// How many leading bytes of `text` carry no news: blank space, lines that are a bare date (with or without a weekday,
/// a time and a zone: "18 Nov 2019, 10:15 GMT", "18 ноября 2019 г.", "2019-11-18", "2019年11月18日"), and bracketed
/// feed marks such as "(MENAFN)" and "(MENAFN - Some Agency)". An article with them then has the same tokens as one
/// without.
///
/// Conservative: a line counts as a date only if it is 64 bytes or shorter, holds a year or the name of a month besides
/// another number, and nothing that is no date; a time or a number alone is none. 0 where all of the text would go.
[[nodiscard]] std::size_t lead_in(std::string_view text);

}  // namespace wirecopy
