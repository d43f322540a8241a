// Finds the agency that an article credits.
//
//   credited_agency("LONDON (Reuters) - Shares rose on Monday")              -> Reuters
//   credited_agency("... said the minister. (AFP)\nRelated articles")        -> AFP
//   credited_agency("The minister told Reuters that he ...")                 -> none
//
// Credits are recognised only in their customary positions:
//  - a dateline at the start of a line, within the first 300 bytes: "LONDON, Nov 18 (Reuters) -", "МОСКВА, 18 ноя -
//    РИА Новости.", "(ANSA) - ROMA", "REUTERS:", "(서울=연합뉴스)", "[モスクワ 18日 ロイター]", "/ وام /";
//  - a byline there: "By Reuters", "By Jane Doe, The Associated Press";
//  - a credit line, within the last 300 bytes: "... ended. (dpa)", "... ended. - Reuters", "... ended. EFE", "AFP" as a
//    line, "Source: Xinhua", "With inputs from PTI", "Copyright 2019 The Associated Press".
// Names in running text ("according to AFP", "Об этом сообщает ТАСС") are subjects or sources of an outlet's own text
// and not credits, except for the phrase that opens agency copy in Persian. Picture credits ("REUTERS/Jane Doe",
// "Photo: AFP") do not count either. Names must match the forms in agencies.tsv literally, including case, and never
// match inside a word; short ambiguous ones (AP, PA, PTI) are accepted in fewer positions. If several agencies are
// credited, the first one counts.
// are credited, the first one counts.
#pragma once

#include <string_view>

#include "provenance/agency.hpp"

namespace wirecopy {

/// Reads at most 600 bytes of `text` (UTF-8; HTML tags count as line ends). Allocates nothing except for the tables at
/// the first call. Thread-safe.
[[nodiscard]] AgencyId credited_agency(std::string_view text);

}  // namespace wirecopy
