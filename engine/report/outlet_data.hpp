// The parts of a report's data about outlets and agencies (see report_data.hpp).
#pragma once

#include <filesystem>

#include "base/json_writer.hpp"
#include "report/name_list.hpp"
#include "report/outlet_table.hpp"

namespace wirecopy {

/// "outlets": at most `limit` outlets with the most copies, and their boilerplate listed in the result's
/// boilerplate.jsonl.
void add_outlets(JsonWriter& json, const OutletTable& table, std::size_t limit, const std::filesystem::path& result,
                 NameList& sources, NameList& agencies);
/// "flow": flows between at most `limit` outlets that share the most stories.
void add_flow(JsonWriter& json, const OutletTable& table, std::size_t limit, NameList& sources);
/// "agencyFigures".
void add_agencies(JsonWriter& json, const OutletTable& table, NameList& agencies);

}  // namespace wirecopy
