// What a report shows, as one JSON object. Names are short because they occur thousands of times:
//
// {"summary": summary.json, "result": name, "warnings": [text], "badges": [name, by bit],
//  "shown": {"clusters", "listed", "texts", "outlets"},
//  "sources", "agencies", "languages": [name],        what s, w, a and g below count into
//  "clusters": [{"id", "n": members, "k": kept, "t": title, "s": [source, the first seen first], "f": first published,
//                "l": last published (seconds since 1970), "c": cohesion, "a": agency, "g": language, "b": badges,
//                "h": [[headline, count]], "more": members not shown,
//                "m": [{"id", "s", "h": headline or -1, "p": published, "k": 1 if kept, "r": relation, "j": Jaccard,
//                       "q": containment, "d": contained, "o": own (per cent), "a", "v": version, "m": member that it
//                       was removed for, "u": url, "w": words, "e": edits that make it of the canonical}],
//                "x": text of the canonical, "i": [per cent of the shorter in the other, by pairs 0-1, 0-2, 1-2 ...]}],
//  "outlets": [{"s", "n": articles, "c": copies, "r": removed, "y": stories shared, "f": first with, "o": mean own,
//               "e": articles that credit an agency, "a": which most, "l": median lag, "b": [[boilerplate, articles,
//               sample]], "to", "from": [[source, stories, median lag]]}],
//  "flow": {"s": [source], "x": [[row, column, stories, median lag]]},
//  "agencyFigures": [[agency, stories, copies, outlets]],
//  "threshold": {"own", "bins": [pairs], "candidates", "never", "curve": [probability],
//                "whatIf": [[threshold, removed, clusters, largest]]},
//  "tray": [{"z": "below", "above" or "removed", "t": linking threshold, "j": Jaccard, "q", "d", "l": 1 if in one
//            cluster, "wt": weight, "p": [{"id", "s", "t": title, "p", "u", "g"}, twice], "x", "e"}]}
//
// What is unknown is left out, or null. Texts "x" and edits "e": see read_text.hpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "inspect/feed_again.hpp"
#include "pipeline/run_context.hpp"
#include "report/report.hpp"

namespace wirecopy {

/// What goes in; what does not fit is counted instead.
struct ReportBudget {
  std::size_t bytes = 4'600'000;        ///< of the JSON, about; texts fill what everything else leaves
  std::size_t members = 1'100'000;      ///< bytes of members' lines, without texts
  std::size_t cluster_texts = 120'000;  ///< bytes of one cluster's texts
  std::size_t members_listed = 150;     ///< of one cluster
  std::size_t matrix = 12;              ///< members of the largest cluster whose pairs are all compared
  std::size_t outlets = 250;
  std::size_t flow = 24;  ///< outlets in the matrix
};

/// Reads the result, and its feed again, and chooses. Deterministic. Fills the outcome, but for its bytes.
[[nodiscard]] std::string make_report_data(const std::filesystem::path& result, const ReportBudget& budget,
                                           const Workspace& workspace, RunContext& context, ReportOutcome& outcome);

}  // namespace wirecopy
