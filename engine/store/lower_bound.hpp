// The minimum that an index on disk must hold.
//
// Problem. RocksDB takes a list of files or a log that is cut off for the work of a crash: it opens what is left, and
// deletes the files that the rest of the list would name. So damage to one small file could silently lose an index.
//
// Idea. The file LOWER-BOUND says how far the index had come when all of that was on the disk: the number of its last
// write, and the name and size of its list of files, which only grows. Opening the index compares, and refuses
// less before RocksDB may delete anything. A file of the number 0 is written before all others, so that an index that
// is only being made differs from one that lost its files.
//
// Why it is right. It is written after the sync of what it counts, and by renaming, so it never says too much. It may
// say too little: what was written after it is not vouched for, at most an interval of syncs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace wirecopy {

struct LowerBound {
  std::uint64_t writes = 0;      ///< RocksDB's number of the last write; 0: the index is only being made
  std::string list;              ///< name of RocksDB's MANIFEST...
  std::uint64_t list_bytes = 0;  ///< ...and its size
  friend bool operator==(const LowerBound&, const LowerBound&) = default;

  static constexpr std::string_view kFile = "LOWER-BOUND";
  static constexpr std::string_view kUnfinished = "LOWER-BOUND.new";

  /// Of the index in a directory; none: there is no such file. Throws Error(io), and Error(state) where it is damaged.
  [[nodiscard]] static std::optional<LowerBound> read(const std::filesystem::path& directory);
  /// Replaces the file at once. Throws Error(io).
  void write(const std::filesystem::path& directory) const;
  [[nodiscard]] std::string bytes() const;

  /// Whether an index that has come as far as `found` holds all of this.
  [[nodiscard]] bool is_held_by(const LowerBound& found) const;
};

}  // namespace wirecopy
