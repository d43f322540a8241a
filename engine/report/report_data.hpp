// The data of a report as one JSON object. Names are short because they occur thousands of times:
//
// {"summary": summary.json, "result": name, "warnings": [text], "badges": [name, by bit],
//  "shown": {"clusters", "listed", "texts", "outlets"},
//  "sources", "agencies", "languages": [name],        indexed by s, w, a and g below
//  "clusters": [{"id", "n": members, "k": kept, "t": title, "s": [source, in order of publication], "f": first
//  published,
//                "l": last published (seconds since 1970), "c": cohesion, "a": agency, "g": language, "b": badges,
//                "h": [[headline, count]], "more": members not shown,
//                "m": [{"id", "s", "h": headline or -1, "p": published, "k": 1 if kept, "r": relation, "j": Jaccard,
//                       "q": containment, "d": contained, "o": own (per cent), "a", "v": version, "m": member that it
//                       duplicates, "u": url, "w": words, "e": edits that turn the canonical's text into its own}],
//                "x": text of the canonical, "i": [per cent of the shorter in the other, of pairs 0-1, 0-2, 1-2 ...]}],
//  "outlets": [{"s", "n": articles, "c": copies, "r": removed, "y": shared stories, "f": of these, first in, "o": mean
//  own,
//               "e": articles that credit an agency, "a": most credited, "l": median lag, "b": [[boilerplate, articles,
//               sample]], "to", "from": [[source, stories, median lag]]}],
//  "flow": {"s": [source], "x": [[row, column, stories, median lag]]},
//  "agencyFigures": [[agency, stories, copies, outlets]],
//  "threshold": {"own", "bins": [pairs], "candidates", "never", "curve": [probability],
//                "whatIf": [[threshold, removed, clusters, largest]]},
//  "tray": [{"z": "below", "above" or "removed", "t": linking threshold, "j": Jaccard, "q", "d", "l": 1 if in one
//            cluster, "wt": weight, "p": [{"id", "s", "t": title, "p", "u", "g"}, twice], "x", "e"}]}
//
// Unknown values are omitted or null. For texts "x" and edits "e", see read_text.hpp.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "inspect/feed_again.hpp"
#include "pipeline/run_context.hpp"
#include "report/report.hpp"

namespace wirecopy {

/// Limits of a report. What exceeds them is only counted.
struct ReportBudget {
  std::size_t bytes = 4'600'000;        ///< approximate size of the JSON; texts use what is left by everything else
  std::size_t members = 1'100'000;      ///< bytes of members without texts
  std::size_t cluster_texts = 120'000;  ///< bytes of texts per cluster
  std::size_t members_listed = 150;     ///< members per cluster
  std::size_t matrix = 12;              ///< maximum size of a cluster of which all pairs are compared
  std::size_t outlets = 250;
  std::size_t flow = 24;  ///< outlets in the matrix of flows
};

/// Reads the result and its feed and returns the data. Deterministic. Sets all fields of the outcome except `bytes`.
[[nodiscard]] std::string make_report_data(const std::filesystem::path& result, const ReportBudget& budget,
                                           const Workspace& workspace, RunContext& context, ReportOutcome& outcome);

}  // namespace wirecopy
