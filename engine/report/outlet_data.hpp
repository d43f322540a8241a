// The parts of a report's data that tell of outlets and agencies (see report_data.hpp).
#pragma once

#include <filesystem>

#include "base/json_writer.hpp"
#include "report/name_list.hpp"
#include "report/outlet_table.hpp"

namespace wirecopy {

/// "outlets": the busiest, with the boilerplate that boilerplate.jsonl of the result lists of them.
void add_outlets(JsonWriter& json, const OutletTable& table, std::size_t most, const std::filesystem::path& result,
                 NameList& sources, NameList& agencies);
/// "flow": among the outlets that share most stories.
void add_flow(JsonWriter& json, const OutletTable& table, std::size_t most, NameList& sources);
/// "agencyFigures".
void add_agencies(JsonWriter& json, const OutletTable& table, NameList& agencies);

}  // namespace wirecopy
