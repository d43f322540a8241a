#include "store/rocks_families.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/write_buffer_manager.h>

#include <algorithm>
#include <array>
#include <memory>
#include <wirecopy/error.hpp>

namespace wirecopy {
namespace {

// RocksDB's own log of what it does, for people. Its writer asserts that nobody writes after a write has failed, and
// RocksDB does: on a full disk the log would end the process. All errors come back as statuses too.
class SilentLog : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, va_list) override {}
};

constexpr std::size_t kKeyBytes = 17;
constexpr std::array<const char*, kFamilies> kFamilyNames{"default", "articles", "blocks"};

// Parts of the memory: what is not written out yet, and of that, one table of a family.
constexpr std::size_t kPartOfBuffers = 3, kPartOfOneBuffer = 8;
constexpr std::size_t kMinBuffer = std::size_t{1} << 20, kMinFile = std::size_t{8} << 20;

std::shared_ptr<rocksdb::Cache> make_cache(std::size_t memory) {
  rocksdb::LRUCacheOptions options;
  options.capacity = memory;
  options.high_pri_pool_ratio = 0.5;  // indexes and filters
  return rocksdb::NewLRUCache(options);
}

rocksdb::BlockBasedTableOptions table_options(Family family, const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.cache_index_and_filter_blocks = true;
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  table.format_version = 5;
  table.block_size = family == kBlocks ? 4 << 10 : 8 << 10;
  if (family == kBlocks) return table;  // what is looked up there exists
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.partition_filters = true;
  return table;
}

rocksdb::ColumnFamilyOptions family_options(Family family, std::size_t memory,
                                            const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions options;
  options.compression = rocksdb::kNoCompression;  // hashes do not compress
  options.write_buffer_size = std::max(memory / kPartOfOneBuffer, kMinBuffer);
  options.max_write_buffer_number = 3;
  options.level_compaction_dynamic_level_bytes = true;
  options.target_file_size_base = std::max(options.write_buffer_size, kMinFile);
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table_options(family, cache)));
  return options;
}

}  // namespace

Family family_of(Table table) {
  return table == Table::article ? kArticles : table == Table::block ? kBlocks : kRecords;
}

std::string bytes_of(const Key& key) {
  std::string bytes(kKeyBytes, '\0');
  bytes[0] = static_cast<char>(key.table);
  for (int i = 0; i < 8; ++i) {
    bytes[1 + i] = static_cast<char>(key.major >> (56 - 8 * i) & 0xff);
    bytes[9 + i] = static_cast<char>(key.minor >> (56 - 8 * i) & 0xff);
  }
  return bytes;
}

Key key_of(const rocksdb::Slice& bytes) {
  if (bytes.size() != kKeyBytes) throw Error(ErrorKind::state, "the index is damaged: a key cannot be read");
  Key key{static_cast<Table>(bytes[0]), 0, 0};
  for (int i = 0; i < 8; ++i) {
    key.major = key.major << 8 | static_cast<unsigned char>(bytes[1 + i]);
    key.minor = key.minor << 8 | static_cast<unsigned char>(bytes[9 + i]);
  }
  return key;
}

RocksSettings rocks_settings(std::size_t memory) {
  RocksSettings settings;
  rocksdb::DBOptions& options = settings.options;
  options.max_background_jobs = 2;
  options.max_file_opening_threads = 4;  // of 16; they must all be had (kStoreThreads in engine.cpp)
  options.info_log = std::make_shared<SilentLog>();
  options.stats_dump_period_sec = 0;
  options.atomic_flush = true;  // what a log held is in all families or in none, wherever the list of files ends
  // A log whose end is missing belongs to a crash; one that is damaged elsewhere is an error.
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  const auto cache = make_cache(memory);
  options.write_buffer_manager =
      std::make_shared<rocksdb::WriteBufferManager>(std::max(memory / kPartOfBuffers, kFamilies * kMinBuffer), cache);
  for (Family family = 0; family < kFamilies; ++family) {
    settings.families.emplace_back(kFamilyNames[family], family_options(family, memory, cache));
  }
  return settings;
}

}  // namespace wirecopy
