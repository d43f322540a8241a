// An index on disk: the only file that knows RocksDB.
//
// Three column families, because three kinds of records want different care: articles (large, written once, in rising
// order, so that compaction moves files instead of rewriting them), blocks of postings (files of their own, which are
// taken in as they are) and all others. Keys are the table's letter and both numbers, most significant byte first, so
// that they are in order.
//
// All that RocksDB holds in memory counts against one cache: blocks, indexes and filters of its files (in parts, so
// that what is not asked for need not be there) and what is not written out yet.
#include <fmt/format.h>
#include <rocksdb/cache.h>
#include <rocksdb/convenience.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/sst_file_reader.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/table.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/write_batch.h>
#include <rocksdb/write_buffer_manager.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>
#include <wirecopy/error.hpp>

#include "base/cancellation.hpp"
#include "index/store.hpp"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kKeyBytes = 17;

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

[[noreturn]] void fail(const fs::path& path, const rocksdb::Status& status) {
  const std::string text = status.ToString();
  if (text.find("While lock file") != std::string::npos ||
      text.find("lock hold by current process") != std::string::npos) {
    throw Error(ErrorKind::state, fmt::format("{}: another writer has this index open", path.native()));
  }
  const bool is_io = status.IsIOError() && !status.IsPathNotFound() && text.find("No such file") == std::string::npos;
  if (is_io || status.IsNoSpace()) throw Error(ErrorKind::io, fmt::format("{}: {}", path.native(), text));
  throw Error(ErrorKind::state, fmt::format("{}: the index is damaged: {}", path.native(), text));
}

enum Family : std::size_t { kRecords, kArticles, kBlocks, kFamilies };
constexpr std::array<const char*, kFamilies> kFamilyNames{"default", "articles", "blocks"};

Family family_of(Table table) {
  return table == Table::article ? kArticles : table == Table::block ? kBlocks : kRecords;
}

// Parts of the memory: what is not written out yet, and of that, one table of a family.
constexpr std::size_t kPartOfBuffers = 3, kPartOfOneBuffer = 8;
constexpr std::size_t kLeastBuffer = std::size_t{1} << 20, kLeastFile = std::size_t{8} << 20;

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
  if (family == kBlocks) return table;  // what is asked for there is there
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.partition_filters = true;
  return table;
}

rocksdb::ColumnFamilyOptions family_options(Family family, std::size_t memory,
                                            const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions options;
  options.compression = rocksdb::kNoCompression;  // hashes do not compress
  options.write_buffer_size = std::max(memory / kPartOfOneBuffer, kLeastBuffer);
  options.max_write_buffer_number = 3;
  options.level_compaction_dynamic_level_bytes = true;
  options.target_file_size_base = std::max(options.write_buffer_size, kLeastFile);
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table_options(family, cache)));
  return options;
}

/// Names of the write-ahead logs.
std::set<std::string> logs_of(const fs::path& directory) {
  std::set<std::string> logs;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(directory, failed)) {
    if (entry.path().extension() == ".log") logs.insert(entry.path().filename().native());
  }
  return logs;
}

class RocksStore : public IndexStore {
 public:
  RocksStore(const fs::path& path, StoreAccess access, bool sync, std::size_t memory) : path_(path) {
    rocksdb::DBOptions options;
    options.create_if_missing = access == StoreAccess::create;
    options.create_missing_column_families = access == StoreAccess::create;
    options.max_background_jobs = 2;
    options.max_open_files = -1;  // a reader keeps the files of its moment, whatever the writer does to them
    options.keep_log_file_num = 2;
    options.info_log_level = rocksdb::WARN_LEVEL;
    options.stats_dump_period_sec = 0;
    // A log whose end is missing belongs to a crash; one that is damaged elsewhere is an error.
    options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
    const auto cache = make_cache(memory);
    options.write_buffer_manager = std::make_shared<rocksdb::WriteBufferManager>(
        std::max(memory / kPartOfBuffers, kFamilies * kLeastBuffer), cache);
    std::vector<rocksdb::ColumnFamilyDescriptor> families;
    for (std::size_t family = 0; family < kFamilies; ++family) {
      families.emplace_back(kFamilyNames[family], family_options(static_cast<Family>(family), memory, cache));
    }
    rocksdb::DB* db = nullptr;
    const rocksdb::Status status = access == StoreAccess::read
                                       ? open_to_read(options, families, &db)
                                       : rocksdb::DB::Open(options, path.native(), families, &families_, &db);
    if (!status.ok()) fail(path_, status);
    db_.reset(db);
    written_.sync = sync;
    if (access != StoreAccess::read) remove_unfinished();
  }

  ~RocksStore() override {
    for (rocksdb::ColumnFamilyHandle* family : families_) {
      static_cast<void>(db_->DestroyColumnFamilyHandle(family));
    }
    static_cast<void>(db_->Close());
  }

  bool read(const Key& key, const std::function<void(std::string_view)>& use) const override {
    return read(key, {}, use);
  }

  bool read_once(const Key& key, const std::function<void(std::string_view)>& use) const override {
    rocksdb::ReadOptions options;
    options.fill_cache = false;
    return read(key, options, use);
  }

  void scan(const Key& from, const Key& to,
            const std::function<bool(const Key&, std::string_view)>& use) const override {
    const std::string first = bytes_of(from), last = bytes_of(to);
    const rocksdb::Slice end(last);
    rocksdb::ReadOptions options;
    options.iterate_upper_bound = &end;
    const std::unique_ptr<rocksdb::Iterator> at(db_->NewIterator(options, family(from.table)));
    for (at->Seek(first); at->Valid(); at->Next()) {
      if (!use(key_of(at->key()), {at->value().data(), at->value().size()})) return;
    }
    check(at->status());
  }

  void write(Changes&& changes) override {
    const rocksdb::Status status = db_->Write(written_, batch_of(changes).get());
    if (!status.ok()) has_failed_ = true;
    check(status);
  }

  std::unique_ptr<BlockSink> write_blocks() override { return std::make_unique<Sink>(*this); }

  void drop_before(std::uint64_t end) override {
    for (const Table table : kTablesOfGenerations) drop_range({table, 0, 0}, {table, end, 0});
  }

  void drop(Table table, std::uint64_t major) override { drop_range({table, major, 0}, {table, major + 1, 0}); }

  // RocksDB asserts that nobody syncs a log that could not be written.
  void sync() override {
    if (!has_failed_) check(db_->SyncWAL());
  }

  void flush() override {
    if (!has_failed_) check(db_->Flush({}, families_));
  }

  void compact(const std::stop_token& stop) override {
    std::atomic<bool> is_cancelled = false;
    const std::stop_callback cancel(stop, [&is_cancelled] { is_cancelled = true; });
    rocksdb::CompactRangeOptions options;
    options.canceled = &is_cancelled;
    for (rocksdb::ColumnFamilyHandle* family : families_) {
      const rocksdb::Status status = db_->CompactRange(options, family, nullptr, nullptr);
      throw_if_stopped(stop);
      check(status);
    }
  }

  void snapshot(const fs::path& path) const override {
    rocksdb::Checkpoint* made = nullptr;
    check(rocksdb::Checkpoint::Create(db_.get(), &made));
    const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
    check(checkpoint->CreateCheckpoint(path.native()));
  }

  void verify(const std::stop_token& stop) const override {
    std::vector<rocksdb::LiveFileMetaData> files;
    db_->GetLiveFilesMetaData(&files);
    for (const rocksdb::LiveFileMetaData& file : files) {
      throw_if_stopped(stop);
      rocksdb::SstFileReader reader{rocksdb::Options()};
      check(reader.Open(file.db_path + file.name));
      check(reader.VerifyChecksum());
    }
  }

  [[nodiscard]] std::uint64_t memory_bytes() const override { return 0; }

  [[nodiscard]] std::uint64_t disk_bytes() const override {
    std::uint64_t bytes = 0;
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(path_, ignored)) {
      if (const auto size = entry.file_size(ignored); !ignored) bytes += size;
    }
    return bytes;
  }

 private:
  // Between a reader's look at the list of files and its look at the logs, a writer may put a log into a file and drop
  // it: what the reader sees then is a moment long past, even an empty index. So it looks again until all logs that
  // were there before are there afterwards.
  rocksdb::Status open_to_read(const rocksdb::DBOptions& options,
                               const std::vector<rocksdb::ColumnFamilyDescriptor>& families, rocksdb::DB** db) {
    constexpr int kMostLooks = 100;
    for (int look = 0; look < kMostLooks; ++look) {
      const std::set<std::string> before = logs_of(path_);
      const rocksdb::Status status = rocksdb::DB::OpenForReadOnly(options, path_.native(), families, &families_, db);
      const std::set<std::string> after = logs_of(path_);
      if (std::includes(after.begin(), after.end(), before.begin(), before.end())) return status;
      if (status.ok()) {
        for (rocksdb::ColumnFamilyHandle* family : families_) {
          static_cast<void>((*db)->DestroyColumnFamilyHandle(family));
        }
        delete std::exchange(*db, nullptr);
      }
      families_.clear();
    }
    return rocksdb::Status::IOError("its writer is too fast to look at it");
  }

  // Writes files that RocksDB takes in as they are: no log, no buffer, no compaction. Each run of rising keys has files
  // of its own.
  class Sink : public BlockSink {
   public:
    explicit Sink(RocksStore& store) : store_(store) {}

    ~Sink() override {
      std::error_code ignored;
      for (const std::string& file : files_) fs::remove(file, ignored);
    }

    void put(const Key& key, std::string_view bytes) override {
      Run& run = runs_[key.minor >> kBitsOfARun];
      if (run.bytes >= kBytesOfAFile) end(run);
      if (!run.file) begin(run);
      store_.check(run.file->Put(bytes_of(key), {bytes.data(), bytes.size()}));
      run.bytes += bytes.size();
    }

    void finish() override {
      for (auto& [number, run] : runs_) {
        if (run.file) end(run);
      }
      rocksdb::IngestExternalFileOptions options;
      options.move_files = true;
      if (!files_.empty()) store_.check(store_.db_->IngestExternalFile(store_.families_[kBlocks], files_, options));
    }

   private:
    static constexpr unsigned kBitsOfARun = 40;
    static constexpr std::uint64_t kBytesOfAFile = std::uint64_t{64} << 20;

    struct Run {
      std::unique_ptr<rocksdb::SstFileWriter> file;
      std::uint64_t bytes = 0;
    };

    void begin(Run& run) {
      files_.push_back((store_.path_ / fmt::format("{}{}", kUnfinished, store_.next_file_++)).native());
      const rocksdb::Options options(store_.db_->GetDBOptions(), store_.db_->GetOptions(store_.families_[kBlocks]));
      run = {std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(), options, store_.families_[kBlocks], false),
             0};
      store_.check(run.file->Open(files_.back()));
    }

    void end(Run& run) {
      store_.check(run.file->Finish());
      run = {};
    }

    RocksStore& store_;
    std::map<std::uint64_t, Run> runs_;
    std::vector<std::string> files_;
  };

  static constexpr const char* kUnfinished = "unfinished-";

  // What a writer that died was writing.
  void remove_unfinished() const {
    std::error_code ignored;
    std::vector<fs::path> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(path_, ignored)) {
      if (entry.path().filename().native().starts_with(kUnfinished)) files.push_back(entry.path());
    }
    for (const fs::path& file : files) fs::remove(file, ignored);
  }

  bool read(const Key& key, const rocksdb::ReadOptions& options,
            const std::function<void(std::string_view)>& use) const {
    rocksdb::PinnableSlice value;
    const rocksdb::Status status = db_->Get(options, family(key.table), bytes_of(key), &value);
    if (status.IsNotFound()) return false;
    check(status);
    use({value.data(), value.size()});
    return true;
  }

  [[nodiscard]] rocksdb::ColumnFamilyHandle* family(Table table) const { return families_[family_of(table)]; }

  void check(const rocksdb::Status& status) const {
    if (!status.ok()) fail(path_, status);
  }

  [[nodiscard]] std::unique_ptr<rocksdb::WriteBatch> batch_of(const Changes& changes) const {
    auto batch = std::make_unique<rocksdb::WriteBatch>();
    for (const auto& [key, value] : changes) {
      check(value ? batch->Put(family(key.table), bytes_of(key), *value)
                  : batch->Delete(family(key.table), bytes_of(key)));
    }
    return batch;
  }

  void drop_range(const Key& from, const Key& to) {
    const std::string first = bytes_of(from), last = bytes_of(to);
    const rocksdb::Slice begin(first), end(last);
    check(rocksdb::DeleteFilesInRange(db_.get(), family(from.table), &begin, &end, false));
    bool is_empty = true;
    scan(from, to, [&](const Key&, std::string_view) { return is_empty = false; });
    if (!is_empty) check(db_->DeleteRange(written_, family(from.table), begin, end));
  }

  fs::path path_;
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
  rocksdb::WriteOptions written_;
  std::uint64_t next_file_ = 0;
  std::atomic<bool> has_failed_{false};  // a write
};

}  // namespace

std::unique_ptr<IndexStore> open_rocks_store(const fs::path& path, StoreAccess access, bool sync, std::size_t memory) {
  return std::make_unique<RocksStore>(path, access, sync, memory);
}

}  // namespace wirecopy
