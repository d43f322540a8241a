// Where an index keeps its records: in memory or on disk. Both know bytes only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <wirecopy/error.hpp>

#include "store/key.hpp"

namespace wirecopy {

/// Records to be written at once; none: to be erased.
using Changes = std::map<Key, std::optional<std::string>>;

/// Takes many large records that nothing refers to yet, without keeping them in memory. A sink that is dropped before
/// finish() has written nothing.
class BlockSink {
 public:
  virtual ~BlockSink() = default;
  /// Keys of Table::block that are in no store yet; those with the same minor number / 2^40 ascend.
  virtual void put(const Key& key, std::string_view bytes) = 0;
  /// All records are in the store, and on the disk, when this returns; or none, where it throws.
  virtual void finish() = 0;
};

/// An error of a store on disk; its text begins with the directory.
class StoreError : public Error {
 public:
  using Error::Error;
};

/// Any number of threads may read while none writes. Throws StoreError(io), and StoreError(state) for damage.
class IndexStore {
 public:
  virtual ~IndexStore() = default;

  /// Calls `use` with the record's bytes, which it may not keep; false where there is none.
  virtual bool read(const Key& key, const std::function<void(std::string_view)>& use) const = 0;
  /// The same for a record that will not be read again soon: other records stay in the cache instead.
  virtual bool read_once(const Key& key, const std::function<void(std::string_view)>& use) const = 0;
  /// The record's bytes in `value`; false where there is none.
  bool get(const Key& key, std::string& value) const {
    return read(key, [&value](std::string_view bytes) { value = bytes; });
  }
  /// Calls `use` for the records of `from`'s table from `from` on and before `to`, in ascending order, until it returns
  /// false.
  virtual void scan(const Key& from, const Key& to,
                    const std::function<bool(const Key&, std::string_view)>& use) const = 0;
  /// All changes or none. The values may be taken.
  virtual void write(Changes&& changes) = 0;
  virtual std::unique_ptr<BlockSink> write_blocks() = 0;
  /// Drops all records with a major number below `end` in the tables of generations, in no time.
  virtual void drop_before(std::uint64_t end) = 0;
  /// Drops the records with these major numbers in one table.
  virtual void drop(Table table, std::uint64_t major) = 0;

  /// Brings what was written to the disk.
  virtual void sync() = 0;
  virtual void flush() = 0;
  /// Throws Error(cancelled) once it is asked to stop; the store is as good as before then.
  virtual void compact(const std::stop_token& stop) = 0;
  /// The directory `path` is there whole or not at all. Throws Error(usage) where it is there already, Error(cancelled)
  /// once it is asked to stop.
  virtual void snapshot(const std::filesystem::path& path, const std::stop_token& stop) const = 0;
  /// Throws Error(state) where bytes on the disk are not what was written, Error(cancelled) once it is asked to stop.
  virtual void verify(const std::stop_token& stop) const = 0;
  [[nodiscard]] virtual std::uint64_t memory_bytes() const = 0;
  [[nodiscard]] virtual std::uint64_t disk_bytes() const = 0;
};

[[nodiscard]] std::unique_ptr<IndexStore> make_memory_store();

enum class StoreAccess {
  create,  ///< for writing; it is made where it is missing
  write,
  read,
  read_incomplete,  ///< also what holds less than it must
};

/// A directory of RocksDB. `sync`: write() returns when all is on the disk. `memory`: bytes for all caches and buffers.
/// Throws Error(state) where less is there than sync() and flush() brought to the disk (lower_bound.hpp); all files
/// stay as they are then.
[[nodiscard]] std::unique_ptr<IndexStore> open_rocks_store(const std::filesystem::path& path, StoreAccess access,
                                                           bool sync, std::size_t memory);

/// A store with changes that are not written yet. For one writer; others may read while it does not change.
class PendingStore {
 public:
  explicit PendingStore(const IndexStore& store) : store_(store) {}

  bool read(const Key& key, const std::function<void(std::string_view)>& use) const {
    const auto found = changes_.find(key);
    if (found == changes_.end()) return store_.read(key, use);
    if (found->second) use(*found->second);
    return found->second.has_value();
  }
  bool get(const Key& key, std::string& value) const {
    return read(key, [&value](std::string_view bytes) { value = bytes; });
  }
  void put(const Key& key, std::string value) { changes_.insert_or_assign(key, std::move(value)); }
  void erase(const Key& key) { changes_.insert_or_assign(key, std::nullopt); }
  /// As IndexStore::scan; the records may not change meanwhile.
  void scan(const Key& from, const Key& to, const std::function<bool(const Key&, std::string_view)>& use) const;

  /// All changes; none are pending then.
  [[nodiscard]] Changes take() { return std::exchange(changes_, {}); }

 private:
  const IndexStore& store_;
  Changes changes_;
};

}  // namespace wirecopy
