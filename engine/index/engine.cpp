#include "index/engine.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/option_error.hpp"
#include "base/threads.hpp"
#include "boilerplate/model_file.hpp"
#include "index/bytes.hpp"
#include "index/lower_bound.hpp"
#include "pipeline/threads.hpp"
#include "text/shingler.hpp"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

constexpr Key kParametersKey{Table::meta, 0, 0}, kCountersKey{Table::meta, 0, 1}, kModelKey{Table::meta, 0, 2},
    kClockKey{Table::meta, 0, 4};
constexpr std::size_t kLeastMemory = std::size_t{16} << 20;
/// What RocksDB may start, which ends the process where it cannot, and the syncer.
constexpr unsigned kStoreThreads = 10;
constexpr unsigned kLongestSyncInterval = 60'000;
constexpr std::int64_t kLongestClockJump = std::int64_t{100} * 366 * 86400;

void check_settings(const IndexSettings& settings) {
  if (settings.incomplete && !settings.read_only) {
    throw Error(ErrorKind::usage, "an incomplete index can only be read");
  }
  if (settings.memory < kLeastMemory) throw OptionError("memory", "at least 16MiB for an index");
  if (settings.sync_interval == 0 || settings.sync_interval > kLongestSyncInterval) {
    throw OptionError("sync_interval", "1 to 60,000 milliseconds");
  }
  if (settings.feed_clock && settings.clock) throw Error(ErrorKind::usage, "an index has one clock, not two");
  if (settings.max_clock_jump < 1 || settings.max_clock_jump > kLongestClockJump) {
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
  // A writer that died while it made the index has left something, which is made anew.
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

IndexEngine::IndexEngine(const fs::path& path, const IndexSettings& settings)
    : settings_((check_settings(settings), settings)),
      store_(open_store(path, settings)),
      pending_(std::make_unique<PendingStore>(*store_)),
      is_on_disk_(!path.empty()),
      arena_(static_cast<int>(thread_count(settings.resources))),
      workers_([this] { return Worker(parameters_.options); }) {
  std::string text;
  try {
    const bool is_new = !store_->get(kParametersKey, text);
    if (is_new && settings.read_only) throw Error(ErrorKind::state, "the index is only just being made, or damaged");
    parameters_ = is_new ? new_parameters(settings) : decode_parameters(text, settings);
    is_new ? create() : load();
  } catch (const OptionError&) {
    throw;
  } catch (const Error& error) {
    if (path.empty() || std::string_view(error.what()).starts_with(path.native())) throw;
    throw Error(error.kind(), path.native() + ": " + error.what());
  }
  if (is_on_disk_ && !settings_.read_only) {
    syncer_ = start_thread<std::thread>([this] { sync_in_background(); });
  }
}

IndexEngine::~IndexEngine() {
  if (syncer_.joinable()) {
    {
      const std::lock_guard lock(sync_mutex_);
      is_closing_ = true;
    }
    sync_wake_.notify_all();
    syncer_.join();
  }
  try {
    if (is_on_disk_ && !settings_.read_only && !is_broken_) store_->flush();
  } catch (const Error&) {
    return;  // the log has what the flush could not write
  }
}

void IndexEngine::create() {
  ids_ = std::make_unique<IdRule>(parameters_.options.seed);
  sketcher_ = std::make_unique<Sketcher>(parameters_.options, chosen_kernel(settings_.resources));
  BoilerplateModel given;
  const ShingleMeaning meaning = shingle_meaning(parameters_.options);
  if (!settings_.boilerplate_model.empty()) given = load_model(settings_.boilerplate_model, meaning);
  if (!given.empty()) pending_->put(kModelKey, encode_model(given, meaning));
  pending_->put(kParametersKey, encode(parameters_));
  sources_ = std::make_unique<Sources>(parameters_.options, sketcher_->excerpt_sample(), std::move(given));
  postings_ = std::make_unique<Postings>(*store_, limits_of(settings_, is_on_disk_));
  write_counters();
  write();
  store_->flush();
}

void IndexEngine::load() {
  ids_ = std::make_unique<IdRule>(parameters_.options.seed);
  sketcher_ = std::make_unique<Sketcher>(parameters_.options, chosen_kernel(settings_.resources));
  std::string bytes;
  const ShingleMeaning meaning = shingle_meaning(parameters_.options);
  BoilerplateModel given;
  if (store_->get(kModelKey, bytes)) given = decode_model(bytes, meaning, "the index");
  sources_ = std::make_unique<Sources>(parameters_.options, sketcher_->excerpt_sample(), std::move(given));
  sources_->load(*store_);
  if (!store_->get(kCountersKey, bytes)) throw Error(ErrorKind::state, "the index is damaged: it has no counters");
  ByteReader in(bytes);
  counters_.next_sequence = in.number<std::uint64_t>();
  counters_.added = in.number<std::uint64_t>();
  counters_.now = in.number<std::int64_t>();
  counters_.before = in.number<std::int64_t>();
  counters_.stories.clusters = in.number<std::uint64_t>();
  counters_.stories.events = in.number<std::uint64_t>();
  for (auto left = in.number<std::uint32_t>(); left > 0; --left) {
    const auto generation = in.number<std::uint64_t>();
    counters_.articles[generation] = in.number<std::uint64_t>();
  }
  in.end();
  if (store_->get(kClockKey, bytes)) {
    clock_ = decode_feed_clock(bytes);
  } else {
    clock_.has_started = counters_.now > 0;
  }
  set_now(counters_.now, !settings_.feed_clock || clock_.has_started);
  postings_ = std::make_unique<Postings>(*store_, limits_of(settings_, is_on_disk_));
  postings_->load();
  drop_old_generations();
  restore_postings();
}

// What is in no segment yet is read off the articles: the same postings as when they were added.
void IndexEngine::restore_postings() {
  StoredArticle article;
  std::vector<std::uint64_t> shingles, sample, hashes;
  for (const auto& [generation, count] : counters_.articles) {
    const ArticleKey last = postings_->last_in_segments(generation);
    const ArticleKey first = last == kNoKey ? make_key(generation, 0) : last + 1;
    store_->scan({Table::article, first, 0}, {Table::article, make_key(generation + 1, 0), 0},
                 [&](const Key& key, std::string_view bytes) {
                   decode(bytes, article);
                   shingles.clear(), sample.clear(), hashes.clear();
                   if (!article.tokens.empty() && parameters_.options.method != Method::exact) {
                     const std::span<const Token> tokens(article.tokens);
                     shingle(tokens.subspan(parameters_.options.title ? 0 : article.title_tokens),
                             parameters_.options.shingle, shingles);
                     sketcher_->excerpt_sample().take(shingles, sample);
                   }
                   const std::size_t samples = append_postings(article, sample, hashes);
                   postings_->add(key.major, hashes, samples);
                   return true;
                 });
  }
}

void IndexEngine::check_writable() const {
  if (settings_.read_only) throw Error(ErrorKind::usage, "the index is open for reading only");
  if (is_broken_) throw Error(ErrorKind::io, "a write to the index failed before: open it anew");
}

void IndexEngine::write_counters() {
  ByteWriter out;
  out.number(counters_.next_sequence).number(counters_.added).number(counters_.now).number(counters_.before);
  out.number(counters_.stories.clusters).number(counters_.stories.events);
  out.number(static_cast<std::uint32_t>(counters_.articles.size()));
  for (const auto& [generation, count] : counters_.articles) out.number(generation).number(count);
  pending_->put(kCountersKey, out.take());
}

void IndexEngine::write() {
  is_broken_ = true;
  store_->write(pending_->take());
  is_broken_ = false;
  unsynced_ = true;
}

void IndexEngine::drop_old_generations() {
  const std::uint64_t oldest = generation_at(cutoff_at(counters_.now));
  if (counters_.articles.empty() || counters_.articles.begin()->first >= oldest) return;
  counters_.articles.erase(counters_.articles.begin(), counters_.articles.lower_bound(oldest));
  postings_->drop_before(oldest);
  sources_->drop_before(oldest);
  if (!settings_.read_only) store_->sync();  // that they are forgotten must be on the disk before they are gone
  if (!settings_.read_only) store_->drop_before(make_key(oldest, 0));
}

void IndexEngine::sync_in_background() {
  std::unique_lock lock(sync_mutex_);
  while (!is_closing_) {
    sync_wake_.wait_for(lock, std::chrono::milliseconds(settings_.sync_interval));
    if (!unsynced_.exchange(false)) continue;
    lock.unlock();
    try {
      store_->sync();
    } catch (const Error&) {
      unsynced_ = true;  // flush() will say so
    }
    lock.lock();
  }
}

std::int64_t IndexEngine::arrival_of(const Article& article) const {
  if (settings_.clock) return settings_.clock(article);
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

void IndexEngine::keep_clock(const FeedClock& clock) {
  if (!settings_.feed_clock) return;
  std::string state = encode(clock.state());
  if (state != encode(clock_)) pending_->put(kClockKey, std::move(state));
  clock_ = clock.state();
}

// Events are read in the order of their generations, so these may not fall. A feed clock may go back until it has
// started; what happens until then comes before all generations.
void IndexEngine::set_now(std::int64_t now, bool has_clock_started) {
  counters_.now = now;
  counters_.event_generation = has_clock_started ? generation_at(now) : 0;
}

std::int64_t IndexEngine::cutoff_at(std::int64_t now) const {
  const std::int64_t of_window = parameters_.window == 0 ? 0 : std::max<std::int64_t>(0, now - parameters_.window);
  return std::max(of_window, counters_.before);
}

std::uint64_t IndexEngine::generation_at(std::int64_t time) const {
  return std::min(static_cast<std::uint64_t>(time / parameters_.generation), kMostGenerations - 2);
}

std::vector<Index::Decision> IndexEngine::add(std::span<const Article> articles) {
  const std::unique_lock lock(mutex_);
  check_writable();
  if (articles.empty()) return {};
  for (const Article& article : articles) check_sizes(article);  // before anything is remembered of any
  for (const Article& article : articles) sources_->intern(article.source);
  FeedClock at = clock();
  Batch batch = sketch(articles, at);
  look_up(batch);
  first_sequence_ = counters_.next_sequence;
  for (Incoming& incoming : batch) {
    incoming.key = make_key(generation_at(incoming.text.article.time), counters_.next_sequence++);
  }
  if (counters_.next_sequence >= kMostSequences) throw Error(ErrorKind::resources, "the index is full");
  look_up_within(batch);
  for_all(batch.size(), 16, [&](std::size_t i, Worker& worker) { judge(batch, batch[i], worker); });

  std::vector<Index::Decision> decisions;
  decisions.reserve(batch.size());
  is_broken_ = true;
  for (Incoming& incoming : batch) decisions.push_back(settle(batch, incoming));
  keep_clock(at);
  commit(batch);
  return decisions;
}

std::vector<Index::Decision> IndexEngine::query(std::span<const Article> articles) const {
  const std::shared_lock lock(mutex_);
  FeedClock at = clock();
  Batch batch = sketch(articles, at);
  std::vector<Index::Decision> decisions(batch.size());
  look_up(batch);
  for_all(batch.size(), 16, [&](std::size_t i, Worker& worker) {
    judge(batch, batch[i], worker);
    decisions[i].id = batch[i].text.article.id;
    decisions[i].outcome = Index::Outcome::queried;
    describe_match(batch[i], decisions[i]);
  });
  return decisions;
}

bool IndexEngine::remove(std::string_view id) {
  const std::unique_lock lock(mutex_);
  check_writable();
  const std::optional<ArticleKey> key = find_id(id, cutoff_at(counters_.now));
  StoredArticle article;
  if (!key || !read_article(*key, article)) return false;
  is_broken_ = true;
  forget(*key, article);
  stories().remove(*key);
  write_counters();
  write();
  return true;
}

std::uint64_t IndexEngine::expire(std::int64_t before) {
  const std::unique_lock lock(mutex_);
  check_writable();
  const std::size_t generations = counters_.articles.size();
  counters_.before = std::max(counters_.before, before);
  write_counters();
  write();
  drop_old_generations();
  return generations - counters_.articles.size();
}

Index::Statistics IndexEngine::statistics() const {
  const std::shared_lock lock(mutex_);
  Index::Statistics s;
  for (const auto& [generation, count] : counters_.articles) s.articles += count;
  s.added = counters_.added;
  s.clusters = counters_.stories.clusters;
  s.events = counters_.stories.events;
  s.sources = sources_->size();
  s.boilerplate = sources_->boilerplate_shingles();
  s.formulas = sources_->formula_shingles();
  s.generations = counters_.articles.size();
  s.postings = postings_->size();
  s.memory_bytes = postings_->memory_bytes() + store_->memory_bytes();
  s.disk_bytes = store_->disk_bytes();
  s.now = counters_.now;
  s.dated_ahead = clock_.ahead;
  s.cutoff = cutoff_at(counters_.now);
  s.window = parameters_.window;
  s.options = parameters_.options;
  return s;
}

void IndexEngine::flush() {
  const std::unique_lock lock(mutex_);
  check_writable();
  store_->flush();
}

void IndexEngine::compact(const std::stop_token& stop) {
  const std::unique_lock lock(mutex_);
  check_writable();
  store_->compact(stop);
}

void IndexEngine::snapshot(const fs::path& path, const std::stop_token& stop) const {
  const std::shared_lock lock(mutex_);
  std::error_code ignored;
  if (fs::exists(path, ignored)) throw Error(ErrorKind::usage, path.native() + ": is there already");
  store_->snapshot(path, stop);
}

}  // namespace wirecopy
