// Tables whose keys are names out of a feed: sources, ids, titles.
//
// Problem. Whoever writes a feed chooses its names. std::hash is MurmurHash under a seed that everybody knows, and
// names that collide under it are made by the thousand in a second; a table of n such names costs n^2. Idea. The hash
// depends on a secret that each process draws for itself, so nobody can aim at it. Hence the order of such a table
// differs from run to run, and must never reach a result: look up only, or sort what comes out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace wirecopy {

/// A hash of a name that differs from process to process.
[[nodiscard]] std::uint64_t hash_name(std::string_view name);

struct NameHash {
  std::size_t operator()(std::string_view name) const { return hash_name(name); }
};

/// `Name`: std::string, or std::string_view where the names are kept elsewhere.
template <typename Value, typename Name = std::string>
using NameMap = std::unordered_map<Name, Value, NameHash>;
template <typename Name = std::string>
using NameSet = std::unordered_set<Name, NameHash>;

}  // namespace wirecopy
