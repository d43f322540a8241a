// A generated feed in memory, and functions to read it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generate/generate.hpp"

namespace wirecopy::generate::test {

struct Lines : FeedSink {
  [[nodiscard]] bool feed_line(std::string_view line) override { return feed.emplace_back(line), true; }
  [[nodiscard]] bool truth_line(std::string_view line) override { return truth.emplace_back(line), true; }

  std::vector<std::string> feed, truth;
};

inline Lines make(std::uint64_t articles, std::uint64_t seed = 1) {
  Lines lines;
  generate_feed({articles, seed}, lines);
  return lines;
}

/// The string value of a member as written by the generator, "key": "value", with escapes.
inline std::string_view member(std::string_view line, std::string_view key) {
  const std::string start = std::string(1, '"').append(key).append("\": \"");
  std::size_t begin = line.find(start);
  if (begin == std::string_view::npos) return {};
  begin += start.size();
  std::size_t end = begin;
  while (line[end] != '"') end += line[end] == '\\' ? 2 : 1;
  return line.substr(begin, end - begin);
}

}  // namespace wirecopy::generate::test
