// How records lie in RocksDB.
//
// Three column families, because three kinds of records want different care: articles (large, written once, in
// ascending order, so that compaction moves files instead of rewriting them), blocks of postings (files of their own,
// which are taken in as they are) and all others. Keys are the table's letter and both numbers, most significant byte
// first, so that they are in order.
//
// All that RocksDB holds in memory counts against one cache: blocks, indexes and filters of its files (in parts, so
// that unused parts need not be there) and what is not written out yet.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/options.h>

#include <cstddef>
#include <string>
#include <vector>

#include "store/key.hpp"

namespace wirecopy {

using Family = std::size_t;
inline constexpr Family kRecords = 0, kArticles = 1, kBlocks = 2, kFamilies = 3;

[[nodiscard]] Family family_of(Table table);

[[nodiscard]] std::string bytes_of(const Key& key);
/// Throws Error(state) for bytes that are none of a key.
[[nodiscard]] Key key_of(const rocksdb::Slice& bytes);

/// How a database is opened.
struct RocksSettings {
  rocksdb::DBOptions options;
  std::vector<rocksdb::ColumnFamilyDescriptor> families;  ///< in the order of Family
};

/// `memory`: bytes for all that it holds there.
[[nodiscard]] RocksSettings rocks_settings(std::size_t memory);

}  // namespace wirecopy
