// An index in memory: ordered maps, one a table.
#include <utility>
#include <wirecopy/error.hpp>

#include "store/store.hpp"

namespace wirecopy {
namespace {

class MemoryStore : public IndexStore {
 public:
  bool read(const Key& key, const std::function<void(std::string_view)>& use) const override {
    const Records* records = find(key.table);
    if (records == nullptr) return false;
    const auto found = records->find({key.major, key.minor});
    if (found == records->end()) return false;
    use(found->second);
    return true;
  }

  bool read_once(const Key& key, const std::function<void(std::string_view)>& use) const override {
    return read(key, use);
  }

  void scan(const Key& from, const Key& to,
            const std::function<bool(const Key&, std::string_view)>& use) const override {
    const Records* records = find(from.table);
    if (records == nullptr) return;
    const std::pair last(to.major, to.minor);
    for (auto at = records->lower_bound({from.major, from.minor}); at != records->end() && at->first < last; ++at) {
      if (!use({from.table, at->first.first, at->first.second}, at->second)) return;
    }
  }

  void write(Changes&& changes) override {
    for (auto& [key, value] : changes) {
      Records& records = tables_[key.table];
      if (value) {
        put(records, {key.major, key.minor}, std::move(*value));
      } else if (const auto found = records.find({key.major, key.minor}); found != records.end()) {
        bytes_ -= cost(found->second);
        records.erase(found);
      }
    }
  }

  std::unique_ptr<BlockSink> write_blocks() override { return std::make_unique<Sink>(*this); }

  void drop_before(std::uint64_t end) override {
    for (const Table table : kTablesOfGenerations) drop_range(table, {0, 0}, {end, 0});
  }

  void drop(Table table, std::uint64_t major) override { drop_range(table, {major, 0}, {major + 1, 0}); }

  void sync() override {}
  void flush() override {}
  void compact(const std::stop_token&) override {}
  void snapshot(const std::filesystem::path&, const std::stop_token&) const override {
    throw Error(ErrorKind::usage, "an index in memory has no snapshots");
  }
  void verify(const std::stop_token&) const override {}
  [[nodiscard]] std::uint64_t memory_bytes() const override { return bytes_; }
  [[nodiscard]] std::uint64_t disk_bytes() const override { return 0; }

 private:
  class Sink : public BlockSink {
   public:
    explicit Sink(MemoryStore& store) : store_(store) {}
    void put(const Key& key, std::string_view bytes) override { blocks_[key] = std::string(bytes); }
    void finish() override { store_.write(std::exchange(blocks_, {})); }

   private:
    MemoryStore& store_;
    Changes blocks_;
  };

  using Position = std::pair<std::uint64_t, std::uint64_t>;
  using Records = std::map<Position, std::string>;

  static std::uint64_t cost(const std::string& value) { return value.capacity() + 96; }  // with its node of the map

  [[nodiscard]] const Records* find(Table table) const {
    const auto found = tables_.find(table);
    return found == tables_.end() ? nullptr : &found->second;
  }

  // Most records are the last of their table.
  void put(Records& records, const Position& position, std::string&& value) {
    const auto at =
        records.empty() || records.rbegin()->first < position ? records.end() : records.lower_bound(position);
    if (at != records.end() && at->first == position) {
      bytes_ -= cost(at->second);
      at->second = std::move(value);
      bytes_ += cost(at->second);
    } else {
      bytes_ += cost(records.emplace_hint(at, position, std::move(value))->second);
    }
  }

  void drop_range(Table table, const Position& begin, const Position& end) {
    Records& records = tables_[table];
    const auto first = records.lower_bound(begin), last = records.lower_bound(end);
    for (auto at = first; at != last; ++at) bytes_ -= cost(at->second);
    records.erase(first, last);
  }

  std::map<Table, Records> tables_;
  std::uint64_t bytes_ = 0;
};

}  // namespace

std::unique_ptr<IndexStore> make_memory_store() { return std::make_unique<MemoryStore>(); }

}  // namespace wirecopy
