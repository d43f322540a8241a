// Any bytes as a text or title: agency credits, lead-ins and version marks.
#include "fuzz/driver/cost.hpp"
#include "fuzz/driver/laws.hpp"
#include "fuzz/driver/target.hpp"
#include "provenance/credit.hpp"
#include "provenance/lead_in.hpp"
#include "provenance/version_mark.hpp"

namespace wirecopy::fuzz {
namespace {

struct Findings {
  AgencyId agency{};
  std::size_t lead_in = 0;
  VersionMark version;
};

Findings read(std::string_view text) { return {credited_agency(text), lead_in(text), find_version(text)}; }

}  // namespace

std::vector<std::string> seeds() { return {}; }

void check_laws(std::string_view input) {
  static const bool are_tables_there = read("LONDON (Reuters) -").agency != AgencyId::none &&
                                       read("18 November 2019\nRain").lead_in != 0 && read("UPDATE 2-Rain").version;
  require(are_tables_there, "an agency, a lead-in and a version mark are found");
  const std::string text = expanded(input);
  Findings found;
  const CostMeter meter;
  found = read(text);
  require(meter.allocations() == 0, "there are no allocations");
  require_cost({}, text.size(), [&] { found = read(text); });
  require(found.agency == AgencyId::none || agency_named(name(found.agency)) == found.agency, "an agency has a name");
  require(found.lead_in < text.size() || found.lead_in == 0, "a lead-in leaves text");
  require(describe(found.version).empty() == !found.version, "a mark has a description");
}

}  // namespace wirecopy::fuzz
