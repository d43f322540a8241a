// An index on disk, in a directory of RocksDB: reading, writing, and looking on while another process writes.
#include <fmt/format.h>
#include <rocksdb/convenience.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/sst_file_reader.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>
#include <wirecopy/error.hpp>

#include "base/cancellation.hpp"
#include "base/mutex.hpp"
#include "base/option_error.hpp"
#include "base/publication.hpp"
#include "store/lower_bound.hpp"
#include "store/manifest_state.hpp"
#include "store/rocks_families.hpp"
#include "store/snapshot_copier.hpp"
#include "store/store.hpp"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMemoryOfALook = std::size_t{8} << 20;

/// What RocksDB says, on one line: it quotes damaged files.
std::string message_of(const rocksdb::Status& status) {
  std::string text = status.ToString();
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return text;
}

[[noreturn]] void fail(const fs::path& path, const rocksdb::Status& status) {
  const std::string text = message_of(status);
  const bool is_io = status.IsIOError() && !status.IsPathNotFound();
  if (is_io || status.IsNoSpace()) throw StoreError(ErrorKind::io, fmt::format("{}: {}", path.native(), text));
  throw StoreError(ErrorKind::state, fmt::format("{}: the index is damaged: {}", path.native(), text));
}

/// Whether a writer, in this process or another one, has the directory open. What else may keep a file from being
/// locked, such as a full disk, is told apart by errno: RocksDB leaves ENOLCK there for a lock of this process.
bool is_locked(const fs::path& path) {
  rocksdb::Env* const env = rocksdb::Env::Default();
  rocksdb::FileLock* lock = nullptr;
  errno = 0;
  if (!env->LockFile((path / "LOCK").native(), &lock).ok()) return errno == EAGAIN || errno == ENOLCK;
  static_cast<void>(env->UnlockFile(lock));
  return false;
}

/// Whether the directory lacks a family: a writer has only just begun to make it.
bool is_half_made(const fs::path& path, const rocksdb::DBOptions& options) {
  std::vector<std::string> names;
  return rocksdb::DB::ListColumnFamilies(options, path.native(), &names).ok() && names.size() < kFamilies;
}

class RocksStore : public IndexStore {
 public:
  /// `open_files`: of tables, at a time; -1: all. A reader keeps the files of its moment, whatever the writer does.
  RocksStore(const fs::path& path, StoreAccess access, bool sync, std::size_t memory, int open_files = -1)
      : path_(path), is_reader_(access == StoreAccess::read) {
    RocksSettings settings = rocks_settings(memory);
    rocksdb::DBOptions& options = settings.options;
    options.create_if_missing = options.create_missing_column_families = access == StoreAccess::create;
    options.max_open_files = open_files;
    rocksdb::DB* db = nullptr;
    const rocksdb::Status status = is_reader_
                                       ? open_to_read(settings, &db)
                                       : rocksdb::DB::Open(options, path.native(), settings.families, &families_, &db);
    if (!status.ok()) fail_to_open(status, options);
    db_.reset(db);
    written_.sync = sync;
    if (!is_reader_) remove_unfinished();
  }

  /// Throws where less is there than the index holds at least.
  void check_holds(const LowerBound& bound) const {
    const LowerBound found{db_->GetLatestSequenceNumber(), manifest_.manifest, manifest_.manifest_bytes};
    if (bound.is_held_by(found)) return;
    throw RemediableError(
        ErrorKind::state,
        fmt::format("{}: the index is damaged: of {} writes that were on the disk, {} are left, and {} bytes of "
                    "the list of its files",
                    path_.native(), bound.writes, std::min(found.writes, bound.writes), found.list_bytes),
        Remedy::salvage);
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

  void write(Changes&& changes) override { check_written(db_->Write(written_, batch_of(changes).get())); }

  std::unique_ptr<BlockSink> write_blocks() override { return std::make_unique<Sink>(*this); }

  void drop_before(std::uint64_t end) override {
    for (const Table table : kTablesOfGenerations) drop_range({table, 0, 0}, {table, end, 0});
  }

  void drop(Table table, std::uint64_t major) override { drop_range({table, major, 0}, {table, major + 1, 0}); }

  // RocksDB asserts that nobody syncs or flushes after a log could not be written or synced.
  void sync() override {
    if (has_failed_) return;
    raise_bound([this] { return db_->SyncWAL(); });
  }

  void flush() override {
    if (has_failed_) return;
    raise_bound([this] { return db_->Flush({}, families_); });
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

  void snapshot(const fs::path& path, const std::stop_token& stop) const override {
    for (int look = 0; look < kMaxLooks; ++look) {
      throw_if_stopped(stop);
      Publication copy(path, false);
      SnapshotCopier files(copy.staging());
      if (!(is_reader_ ? take_beside_a_writer(files, stop) : take_own(files, stop))) continue;
      files.copy(stop);
      return copy.publish(stop);
    }
    fail(path_, too_fast());
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
  static constexpr int kMaxLooks = 100;
  static constexpr int kFilesOfALook = 64;

  /// What is written before `bring_to_disk` is on the disk after it.
  template <typename BringToDisk>
  void raise_bound(const BringToDisk& bring_to_disk) {
    const MutexLock lock(bound_mutex_);
    LowerBound bound;
    bound.writes = db_->GetLatestSequenceNumber();
    check_written(bring_to_disk());
    std::vector<std::string> files;
    check(db_->GetLiveFiles(files, &bound.list_bytes, false));
    for (const std::string& file : files) {
      if (file.starts_with("/MANIFEST-")) bound.list = file.substr(1);
    }
    if (bound == bound_) return;
    try {
      bound.write(path_);
    } catch (const Error& error) {
      throw StoreError(error.kind(), error.what());
    }
    bound_ = bound;
  }

  [[noreturn]] void fail_to_open(const rocksdb::Status& status, const rocksdb::DBOptions& options) const {
    if (!is_reader_ && status.IsIOError() && is_locked(path_)) {
      throw StoreError(ErrorKind::state, path_.native() + ": another writer has this index open");
    }
    if (status.IsInvalidArgument() && is_half_made(path_, options)) {
      throw StoreError(ErrorKind::state, path_.native() + ": the index is only just being made, or damaged");
    }
    fail(path_, status);
  }

  static rocksdb::Status too_fast() { return rocksdb::Status::IOError("its writer is too fast to look at it"); }

  // Between a reader's look at the list of files and its look at the logs, a writer may put a log into a file and drop
  // it, or write into a log what refers to a new file: what the reader sees then was never there, even an empty index.
  // So it looks again until nothing of that has happened meanwhile.
  rocksdb::Status open_to_read(const RocksSettings& settings, rocksdb::DB** db) {
    for (int look = 0; look < kMaxLooks; ++look) {
      manifest_ = ManifestState::of(path_);
      rocksdb::Status status =
          rocksdb::DB::OpenForReadOnly(settings.options, path_.native(), settings.families, &families_, db);
      if (manifest_.lasts_until(ManifestState::of(path_))) return status;
      if (status.ok()) {
        for (rocksdb::ColumnFamilyHandle* family : families_) {
          static_cast<void>((*db)->DestroyColumnFamilyHandle(family));
        }
        delete std::exchange(*db, nullptr);
      }
      families_.clear();
    }
    return too_fast();
  }

  /// Nothing is deleted meanwhile.
  bool take_own(SnapshotCopier& files, const std::stop_token& stop) const {
    check(db_->DisableFileDeletions());
    struct Enable {
      rocksdb::DB& db;
      ~Enable() { static_cast<void>(db.EnableFileDeletions(false)); }
    } const enable{*db_};
    return take_files(files, stop);
  }

  /// The moment at which this was opened may be gone: a reader of its own looks again. False where that one's is gone
  /// before all files are taken.
  bool take_beside_a_writer(SnapshotCopier& files, const std::stop_token& stop) const {
    const ManifestState before = ManifestState::of(path_);
    try {
      const RocksStore now(path_, StoreAccess::read, false, kMemoryOfALook, kFilesOfALook);
      return now.take_files(files, stop) && before.lasts_until(ManifestState::of(path_));
    } catch (const Error&) {
      if (before.lasts_until(ManifestState::of(path_))) throw;
      return false;
    }
  }

  /// False where one of them is gone.
  bool take_files(SnapshotCopier& files, const std::stop_token& stop) const {
    std::vector<rocksdb::LiveFileStorageInfo> live;
    check(db_->GetLiveFilesStorageInfo({}, &live));
    LowerBound bound;
    bound.writes = db_->GetLatestSequenceNumber();
    for (const rocksdb::LiveFileStorageInfo& file : live) {
      throw_if_stopped(stop);
      if (file.file_type == rocksdb::kDescriptorFile) bound.list = file.relative_filename, bound.list_bytes = file.size;
      if (!file.replacement_contents.empty()) {
        files.write(file.relative_filename, file.replacement_contents);
      } else if (const bool is_final = file.file_type == rocksdb::kTableFile;
                 !files.take(fs::path(file.directory) / file.relative_filename, file.size, is_final)) {
        return false;
      }
    }
    files.write(LowerBound::kFile, bound.bytes());
    return true;
  }

  // Writes files that RocksDB takes in as they are: no log, no buffer, no compaction. Each run of ascending keys has
  // files of its own.
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

  void check_written(const rocksdb::Status& status) {
    if (!status.ok()) has_failed_ = true;
    check(status);
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
  bool is_reader_;
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> families_;
  rocksdb::WriteOptions written_;
  std::uint64_t next_file_ = 0;
  ManifestState manifest_;  // of a reader
  Mutex bound_mutex_;
  LowerBound bound_ WIRECOPY_GUARDED_BY(bound_mutex_);
  std::atomic<bool> has_failed_{false};  // a write or a sync
};

std::unique_ptr<IndexStore> open_to_read(const fs::path& path, const LowerBound& bound, std::size_t memory) {
  auto store = std::make_unique<RocksStore>(path, StoreAccess::read, false, memory);
  store->check_holds(bound);
  return store;
}

LowerBound read_bound(const fs::path& path) {
  const std::optional<LowerBound> bound = LowerBound::read(path);
  if (bound) return *bound;
  throw RemediableError(
      ErrorKind::state,
      fmt::format("{}: the index is damaged: {} is missing, so it is unknown what the index must hold", path.native(),
                  LowerBound::kFile),
      Remedy::salvage);
}

/// Makes the directory that an index is made in, if that has not begun yet.
void begin(const fs::path& path) {
  std::error_code failed;
  if (fs::exists(path / LowerBound::kFile, failed) || fs::exists(path / "CURRENT", failed)) return;
  fs::create_directories(path, failed);
  if (failed) throw StoreError(ErrorKind::io, fmt::format("{}: cannot be made: {}", path.native(), failed.message()));
  LowerBound().write(path);
}

}  // namespace

std::unique_ptr<IndexStore> open_rocks_store(const fs::path& path, StoreAccess access, bool sync, std::size_t memory) {
  if (access == StoreAccess::read_incomplete) {
    return std::make_unique<RocksStore>(path, StoreAccess::read, false, memory);
  }
  if (access == StoreAccess::create) begin(path);
  const LowerBound bound = read_bound(path);
  // Nothing has been synced yet: what is there may be all there is, and may be read.
  const bool is_new = bound.writes == 0;
  std::error_code ignored;
  if (is_new && access != StoreAccess::create && !fs::exists(path / "CURRENT", ignored)) {
    throw StoreError(ErrorKind::state, path.native() + ": the index is only just being made, or damaged");
  }
  if (access == StoreAccess::read) return open_to_read(path, bound, memory);
  if (!is_new) static_cast<void>(open_to_read(path, bound, kMemoryOfALook));
  const bool is_made = !is_new || access == StoreAccess::write;
  return std::make_unique<RocksStore>(path, is_made ? StoreAccess::write : StoreAccess::create, sync, memory);
}

}  // namespace wirecopy
