#include "truth.hpp"

#include <simdjson.h>

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>

namespace wirecopy::bench {
namespace {

std::uint64_t pairs_of(std::uint64_t members) { return members * (members - 1) / 2; }

/// Calls `use(id, value)` for every line; null values are given as "".
template <typename Use>
void read_pairs(const std::filesystem::path& path, const char* key, Use use) {
  simdjson::dom::parser parser;
  simdjson::dom::document_stream lines;
  if (parser.load_many(path.native(), std::size_t{1} << 24).get(lines)) {
    throw std::runtime_error("cannot read " + path.native());
  }
  for (auto line : lines) {
    std::string_view id, value;
    if (line["id"].get(id)) throw std::runtime_error(path.native() + ": a line without id");
    if (line[key].get(value)) value = {};
    use(id, value);
  }
}

}  // namespace

PairScores score_pairs(const std::filesystem::path& articles, const std::filesystem::path& truth) {
  std::unordered_map<std::string, std::string> story_of;
  std::unordered_map<std::string, std::uint64_t> stories, clusters;
  read_pairs(truth, "story", [&](std::string_view id, std::string_view story) {
    story_of.emplace(id, story);
    ++stories[std::string(story)];
  });
  std::map<std::pair<std::string, std::string>, std::uint64_t> both;
  read_pairs(articles, "cluster", [&](std::string_view id, std::string_view cluster) {
    if (cluster.empty()) return;
    ++clusters[std::string(cluster)];
    ++both[{std::string(cluster), story_of.at(std::string(id))}];
  });
  std::uint64_t found = 0, wanted = 0, right = 0;
  for (const auto& [cluster, members] : clusters) found += pairs_of(members);
  for (const auto& [story, members] : stories) wanted += pairs_of(members);
  for (const auto& [pair, members] : both) right += pairs_of(members);
  const auto share = [](std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 1.0 : static_cast<double>(part) / static_cast<double>(whole);
  };
  return {share(right, found), share(right, wanted)};
}

}  // namespace wirecopy::bench
