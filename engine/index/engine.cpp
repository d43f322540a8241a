#include "index/engine.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/option_error.hpp"
#include "base/threads.hpp"
#include "boilerplate/model_file.hpp"
#include "index/meta_keys.hpp"
#include "index/verification.hpp"
#include "pipeline/threads.hpp"
#include "store/lower_bound.hpp"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMinMemory = std::size_t{16} << 20;
/// What RocksDB may start, which ends the process where it cannot, and the syncer.
constexpr unsigned kStoreThreads = 10;
constexpr unsigned kMaxSyncInterval = 60'000;
constexpr std::int64_t kMaxClockJump = std::int64_t{100} * 366 * 86400;

void check_settings(const IndexSettings& settings) {
  if (settings.incomplete && !settings.read_only) {
    throw Error(ErrorKind::usage, "an incomplete index can only be read");
  }
  if (settings.memory < kMinMemory) throw OptionError("memory", "at least 16MiB for an index");
  if (settings.sync_interval == 0 || settings.sync_interval > kMaxSyncInterval) {
    throw OptionError("sync_interval", "1 to 60,000 milliseconds");
  }
  if (settings.feed_clock && settings.clock) throw Error(ErrorKind::usage, "an index has one clock, not two");
  if (settings.max_clock_jump < 1 || settings.max_clock_jump > kMaxClockJump) {
    throw OptionError("max_clock_jump", "1 second to 100 years");
  }
}

/// Beside what a writer leaves that dies before it has begun.
bool holds_something(const fs::path& path) {
  std::error_code ignored;
  const fs::directory_iterator files(path, ignored);
  return std::any_of(fs::begin(files), fs::end(files),
                     [](const auto& file) { return file.path().filename() != LowerBound::kUnfinished; });
}

std::unique_ptr<IndexStore> open_store(const fs::path& path, const IndexSettings& settings) {
  if (path.empty()) return make_memory_store();
  if (startable_threads(kStoreThreads) < kStoreThreads) {
    throw Error(ErrorKind::resources, path.native() + ": the system has too few threads left for an index");
  }
  std::error_code ignored;
  const bool is_there = fs::exists(path / "CURRENT", ignored) || fs::exists(path / LowerBound::kFile, ignored);
  if (!is_there && (settings.read_only || !settings.create)) {
    throw Error(ErrorKind::io, path.native() + ": there is no index");
  }
  if (!is_there && holds_something(path)) {
    throw Error(ErrorKind::usage, path.native() + ": is not empty, and is no index");
  }
  // What a writer that died while it made the index has left is made again.
  const StoreAccess access = settings.incomplete  ? StoreAccess::read_incomplete
                             : settings.read_only ? StoreAccess::read
                             : settings.create    ? StoreAccess::create
                                                  : StoreAccess::write;
  return open_rocks_store(path, access, settings.sync, settings.memory / 32 * 7);
}

// Of the memory, a fifth is for the store and a fifth for segments. A posting in a table takes up to 24 bytes, and 16
// more while a segment is written of it. The rest is for what is being worked on, and for what the heap wastes.
PostingLimits limits_of(const IndexSettings& settings, bool is_on_disk) {
  return {is_on_disk && !settings.read_only ? settings.memory / 256 : 0, settings.memory / 16 * 3};
}

}  // namespace

IndexEngine::Parts::Parts(IndexStore& store, const IndexParameters& parameters, BoilerplateModel given,
                          const IndexSettings& settings, bool is_on_disk)
    : sketcher(parameters.options, chosen_kernel(settings.resources)),
      contents(store, parameters, sketcher.excerpt_sample(), std::move(given), limits_of(settings, is_on_disk)),
      view(contents),
      arrivals(contents, sketcher),
      lookup(contents, view, arrivals, settings, thread_count(settings.resources)),
      writer(contents, view, arrivals, lookup, settings, is_on_disk) {}

IndexEngine::IndexEngine(const fs::path& path, const IndexSettings& settings)
    : settings_((check_settings(settings), settings)), is_on_disk_(!path.empty()), store_(open_store(path, settings)) {
  try {
    open();
  } catch (const StoreError&) {
    throw;  // it names the directory
  } catch (const RemediableError&) {
    throw;  // so does this
  } catch (const OptionError&) {
    throw;
  } catch (const Error& error) {
    if (path.empty()) throw;
    throw Error(error.kind(), path.native() + ": " + error.what());
  }
  if (!is_on_disk_ || settings_.read_only) return;
  sync_ = std::make_unique<BackgroundSync>(*store_, std::chrono::milliseconds(settings_.sync_interval));
  sync_->note_write();
}

IndexEngine::~IndexEngine() {
  sync_.reset();
  try {
    if (is_on_disk_ && !settings_.read_only && !parts_->writer.is_broken()) store_->flush();
  } catch (const Error&) {
    return;  // the log has what the flush could not write
  }
}

void IndexEngine::open() {
  std::string bytes;
  const bool is_new = !store_->get(kParametersKey, bytes);
  if (is_new && settings_.read_only) {
    throw Error(ErrorKind::state, "the index is only just being made, or damaged");
  }
  const IndexParameters parameters = is_new ? new_parameters(settings_) : decode_parameters(bytes, settings_);
  const ShingleMeaning meaning = shingle_meaning(parameters.options);
  BoilerplateModel given;
  std::string encoded;
  if (is_new) {
    if (!settings_.boilerplate_model.empty()) given = load_model(settings_.boilerplate_model, meaning);
    if (!given.empty()) encoded = encode_model(given, meaning);
  } else if (store_->get(kModelKey, bytes)) {
    given = decode_model(bytes, meaning, "the index");
  }
  const WriterLock lock(mutex_);
  parts_ = std::make_unique<Parts>(*store_, parameters, std::move(given), settings_, is_on_disk_);
  is_new ? parts_->writer.create(std::move(encoded)) : parts_->writer.load();
}

void IndexEngine::check_writable() const {
  if (settings_.read_only) throw Error(ErrorKind::usage, "the index is open for reading only");
  if (parts_->writer.is_broken()) throw Error(ErrorKind::io, "a write to the index failed before: open it again");
}

template <typename Change>
auto IndexEngine::write(Change change) {
  struct NoteWrite {
    BackgroundSync* sync;
    ~NoteWrite() {
      if (sync != nullptr) sync->note_write();
    }
  };
  const WriterLock lock(mutex_);
  check_writable();
  const NoteWrite note{sync_.get()};  // also if the change fails half-way
  return change(parts_->writer);
}

std::vector<Index::Decision> IndexEngine::add(std::span<const Article> articles) {
  return write([&](IndexWriter& writer) { return writer.add(articles); });
}

bool IndexEngine::remove(std::string_view id) {
  return write([&](IndexWriter& writer) { return writer.remove(id); });
}

std::uint64_t IndexEngine::expire(std::int64_t before) {
  return write([&](IndexWriter& writer) { return writer.expire(before); });
}

std::vector<Index::Decision> IndexEngine::query(std::span<const Article> articles) const {
  const ReaderLock lock(mutex_);
  return parts_->lookup.query(articles);
}

std::vector<std::optional<KnownCopy>> IndexEngine::find_copies(const Corpus& corpus,
                                                               std::span<const ArticleId> articles,
                                                               const Options& options) const {
  const ReaderLock lock(mutex_);
  return parts_->lookup.find_copies(corpus, articles, options);
}

std::vector<std::string> IndexEngine::shared_passages(const Article& article, std::string_view id) const {
  const ReaderLock lock(mutex_);
  return parts_->lookup.shared_passages(article, id);
}

std::optional<Index::Member> IndexEngine::find(std::string_view id) const {
  const ReaderLock lock(mutex_);
  return parts_->view.find(id);
}

std::optional<Index::Cluster> IndexEngine::cluster(std::string_view id) const {
  const ReaderLock lock(mutex_);
  return parts_->view.cluster(id);
}

std::string IndexEngine::cluster_of(std::string_view article_id) const {
  const ReaderLock lock(mutex_);
  return parts_->view.cluster_of(article_id);
}

std::vector<Index::Event> IndexEngine::events(std::uint64_t after, std::size_t limit) const {
  const ReaderLock lock(mutex_);
  return parts_->view.events(after, limit);
}

Index::Statistics IndexEngine::statistics() const {
  const ReaderLock lock(mutex_);
  const IndexContents& contents = parts_->contents;
  const IndexCounters& counters = contents.counters;
  Index::Statistics s;
  for (const auto& [generation, count] : counters.articles) s.articles += count;
  s.added = counters.added;
  s.clusters = counters.stories.clusters;
  s.events = counters.stories.events;
  s.sources = contents.sources.size();
  s.boilerplate = contents.sources.boilerplate_shingles();
  s.shared_boilerplate = contents.sources.shared_boilerplate_shingles();
  s.generations = counters.articles.size();
  s.postings = contents.postings.size();
  s.memory_bytes = contents.postings.memory_bytes() + store_->memory_bytes();
  s.disk_bytes = store_->disk_bytes();
  s.now = counters.now;
  s.dated_ahead = contents.clock.ahead;
  s.cutoff = contents.cutoff();
  s.window = contents.parameters.window;
  s.options = contents.parameters.options;
  return s;
}

void IndexEngine::flush() {
  const WriterLock lock(mutex_);
  check_writable();
  store_->flush();
}

void IndexEngine::compact(const std::stop_token& stop) {
  const WriterLock lock(mutex_);
  check_writable();
  store_->compact(stop);
}

void IndexEngine::snapshot(const fs::path& path, const std::stop_token& stop) const {
  const ReaderLock lock(mutex_);
  std::error_code ignored;
  if (fs::exists(path, ignored)) throw Error(ErrorKind::usage, path.native() + ": is there already");
  store_->snapshot(path, stop);
}

std::uint64_t IndexEngine::verify(const std::stop_token& stop) const {
  const ReaderLock lock(mutex_);
  return verify_index(parts_->contents, stop);
}

}  // namespace wirecopy
