// Names that are written once into a report's data and referred to by number.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.hpp"
#include "base/name_map.hpp"

namespace wirecopy {

class NameList {
 public:
  /// Numbers new names in order of first use.
  int number_of(std::string_view name) {
    const auto [found, is_new] = numbers_.try_emplace(std::string(name), static_cast<int>(names_.size()));
    if (is_new) names_.emplace_back(name);
    return found->second;
  }
  void write(JsonWriter& json, std::string_view key) const {
    json.key(key).begin_array();
    for (const std::string& name : names_) json.value(name);
    json.end_array();
  }

 private:
  std::vector<std::string> names_;
  NameMap<int> numbers_;
};

}  // namespace wirecopy
