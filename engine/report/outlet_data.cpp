#include "report/outlet_data.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/line_file.hpp"
#include "base/name_map.hpp"
#include "feed/json_object.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kMaxBlocks = 3, kMaxBlockBytes = 240, kMaxPartners = 6;  // per outlet

using FlowsByOutlet = std::unordered_map<std::uint32_t, std::vector<const Flow*>>;
using Blocks = NameMap<std::vector<std::string>>;  // as JSON, by source

std::string shown(std::string_view text) {
  if (text.size() <= kMaxBlockBytes) return std::string(text);
  std::size_t end = kMaxBlockBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return std::string(text.substr(0, end)) + "…";
}

/// The most frequent blocks of each source.
Blocks read_boilerplate(const std::filesystem::path& result) {
  Blocks blocks;
  const std::filesystem::path path = result / "boilerplate.jsonl";
  if (!std::filesystem::exists(path)) return blocks;  // boilerplate was off
  LineFile file(path);
  JsonObject object;
  for (std::string line; file.next(line);) {
    if (!object.read(line)) continue;
    auto& of_source = blocks[std::string(object.text("/source").value_or(""))];
    if (of_source.size() == kMaxBlocks) continue;
    JsonWriter json(of_source.emplace_back());
    json.begin_array()
        .value(shown(object.text("/text").value_or("")))
        .value(object.natural("/articles").value_or(0))
        .value(object.natural("/sample").value_or(0))
        .end_array();
  }
  return blocks;
}

template <typename Partner>
void add_partners(JsonWriter& json, const char* key, const std::vector<const Flow*>& flows, const OutletTable& table,
                  NameList& sources, Partner partner) {
  json.key(key).begin_array();
  for (std::size_t i = 0; i < std::min(kMaxPartners, flows.size()); ++i) {
    json.begin_array()
        .value(sources.number_of(table.outlets()[partner(*flows[i])].name))
        .value(flows[i]->stories)
        .value(flows[i]->median_lag)
        .end_array();
  }
  json.end_array();
}

void add_figures(JsonWriter& json, const OutletFigures& outlet, NameList& sources, NameList& agencies) {
  json.member("s", sources.number_of(outlet.name))
      .member("n", outlet.articles)
      .member("c", outlet.copies)
      .member("r", outlet.removed)
      .member("y", outlet.stories)
      .member("f", outlet.first)
      .member("l", outlet.median_lag)
      .member("e", outlet.credited);
  if (outlet.measured > 0) {
    json.member("o", std::lround(100 * outlet.own / static_cast<double>(outlet.measured)));
  }
  if (!outlet.agency.empty()) json.member("a", agencies.number_of(outlet.agency));
}

}  // namespace

void add_outlets(JsonWriter& json, const OutletTable& table, std::size_t limit, const std::filesystem::path& result,
                 NameList& sources, NameList& agencies) {
  const Blocks blocks = read_boilerplate(result);
  FlowsByOutlet to, from;
  for (const Flow& flow : table.flows()) to[flow.from].push_back(&flow), from[flow.to].push_back(&flow);
  json.key("outlets").begin_array();
  for (const std::uint32_t number : table.busiest(limit)) {
    const OutletFigures& outlet = table.outlets()[number];
    json.begin_object();
    add_figures(json, outlet, sources, agencies);
    json.key("b").begin_array();
    if (const auto found = blocks.find(outlet.name); found != blocks.end()) {
      for (const std::string& block : found->second) json.raw(block);
    }
    json.end_array();
    add_partners(json, "to", to[number], table, sources, [](const Flow& flow) { return flow.to; });
    add_partners(json, "from", from[number], table, sources, [](const Flow& flow) { return flow.from; });
    json.end_object();
  }
  json.end_array();
}

void add_flow(JsonWriter& json, const OutletTable& table, std::size_t limit, NameList& sources) {
  std::unordered_map<std::uint32_t, std::uint64_t> shared;  // stories by outlet
  for (const Flow& flow : table.flows()) shared[flow.from] += flow.stories, shared[flow.to] += flow.stories;
  std::vector<std::uint32_t> order;
  for (const auto& [outlet, stories] : shared) order.push_back(outlet);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return shared[a] != shared[b] ? shared[a] > shared[b] : table.outlets()[a].name < table.outlets()[b].name;
  });
  if (order.size() > limit) order.resize(limit);
  std::unordered_map<std::uint32_t, std::size_t> positions;
  json.key("flow").begin_object().key("s").begin_array();
  for (const std::uint32_t outlet : order) {
    positions.emplace(outlet, positions.size());
    json.value(sources.number_of(table.outlets()[outlet].name));
  }
  json.end_array().key("x").begin_array();
  for (const Flow& flow : table.flows()) {
    const auto row = positions.find(flow.from), column = positions.find(flow.to);
    if (row == positions.end() || column == positions.end()) continue;
    json.begin_array().value(row->second).value(column->second).value(flow.stories).value(flow.median_lag).end_array();
  }
  json.end_array().end_object();
}

void add_agencies(JsonWriter& json, const OutletTable& table, NameList& agencies) {
  json.key("agencyFigures").begin_array();
  for (const AgencyFigures& agency : table.agencies()) {
    json.begin_array()
        .value(agencies.number_of(agency.name))
        .value(agency.stories)
        .value(agency.copies)
        .value(agency.outlets)
        .end_array();
  }
  json.end_array();
}

}  // namespace wirecopy
