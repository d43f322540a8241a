// Which agency an article credits.
//
//   credited_agency("LONDON (Reuters) - Shares rose on Monday")              -> Reuters
//   credited_agency("... said the minister. (AFP)\nRelated articles")        -> AFP
//   credited_agency("The minister told Reuters that he ...")                 -> none
//
// A credit is where the trade puts it, and nowhere else:
//  - a dateline at the start of a line, within the first 300 bytes: "LONDON, Nov 18 (Reuters) -", "МОСКВА, 18 ноя -
//    РИА Новости.", "(ANSA) - ROMA", "REUTERS:", "(서울=연합뉴스)", "[モスクワ 18日 ロイター]", "/ وام /";
//  - a byline there: "By Reuters", "By Jane Doe, The Associated Press";
//  - a credit line, within the last 300 bytes: "... ended. (dpa)", "... ended. - Reuters", "... ended. EFE", "AFP" as a
//    line, "Source: Xinhua", "With inputs from PTI", "Copyright 2019 The Associated Press".
// Names in running text ("according to AFP", "Об этом сообщает ТАСС") are subjects or sources of a text of the outlet's
// own and are not credits, except for the formula that opens agency copy in Persian. Nor are credits of pictures
// ("REUTERS/Jane Doe", "Photo: AFP"). Names are taken letter by letter, case included, as agencies.tsv lists them, and
// never inside a word; a short one that may be something else (AP, PA, PTI) is believed in fewer places. Where several
// are credited, the first one counts.
#pragma once

#include <string_view>

#include "provenance/agency.hpp"

namespace wirecopy {

/// Reads 600 bytes of `text` (UTF-8; HTML tags end lines) at most. Allocates nothing, once the tables are made; any
/// number of threads.
[[nodiscard]] AgencyId credited_agency(std::string_view text);

}  // namespace wirecopy
