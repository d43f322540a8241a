// The index as one object: what wirecopy/index.hpp promises, over a store.
//
// A batch goes through five passes: *sketch*, *look up*, *judge* (lookup.hpp; parallel, and without changing anything),
// *settle* and *write* (writer.hpp; in order). A single article goes the same way without leaving its thread. The
// engine opens and closes the parts, and locks: one writer, or any number of readers.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>
#include <wirecopy/index.hpp>

#include "base/mutex.hpp"
#include "cluster/resolution.hpp"
#include "corpus/corpus.hpp"
#include "index/arrivals.hpp"
#include "index/background_sync.hpp"
#include "index/contents.hpp"
#include "index/index_view.hpp"
#include "index/lookup.hpp"
#include "index/writer.hpp"
#include "pipeline/sketcher.hpp"
#include "store/store.hpp"

namespace wirecopy {

/// Thread-safe.
class IndexEngine {
 public:
  /// `path` empty: in memory.
  IndexEngine(const std::filesystem::path& path, const IndexSettings& settings);
  /// Flushes what was written, unless a change has failed half-way.
  ~IndexEngine();
  IndexEngine(const IndexEngine&) = delete;
  IndexEngine& operator=(const IndexEngine&) = delete;

  std::vector<Index::Decision> add(std::span<const Article> articles);
  [[nodiscard]] std::vector<Index::Decision> query(std::span<const Article> articles) const;
  /// For articles that a batch run has sketched: what of the index they copy, as Options::drop says. Throws
  /// Error(state) where `options` sketch or compare texts in another way than the index does.
  [[nodiscard]] std::vector<std::optional<KnownCopy>> find_copies(const Corpus& corpus,
                                                                  std::span<const ArticleId> articles,
                                                                  const Options& options) const;
  [[nodiscard]] std::vector<std::string> shared_passages(const Article& article, std::string_view id) const;
  [[nodiscard]] std::optional<Index::Member> find(std::string_view id) const;
  bool remove(std::string_view id);
  std::uint64_t expire(std::int64_t before);
  [[nodiscard]] std::optional<Index::Cluster> cluster(std::string_view id) const;
  [[nodiscard]] std::string cluster_of(std::string_view article_id) const;
  [[nodiscard]] std::vector<Index::Event> events(std::uint64_t after, std::size_t limit) const;
  [[nodiscard]] Index::Statistics statistics() const;
  void flush();
  void compact(const std::stop_token& stop);
  void snapshot(const std::filesystem::path& path, const std::stop_token& stop) const;
  [[nodiscard]] std::uint64_t verify(const std::stop_token& stop) const;

 private:
  /// The parts of an open index, each over those before it.
  struct Parts {
    Parts(IndexStore& store, const IndexParameters& parameters, BoilerplateModel given, const IndexSettings& settings,
          bool is_on_disk);

    Sketcher sketcher;
    IndexContents contents;
    IndexView view;
    Arrivals arrivals;
    Lookup lookup;
    IndexWriter writer;
  };

  void open();
  void check_writable() const WIRECOPY_REQUIRES(mutex_);
  /// Calls `change(writer)`.
  template <typename Change>
  auto write(Change change);

  const IndexSettings settings_;
  const bool is_on_disk_;
  const std::unique_ptr<IndexStore> store_;
  mutable SharedMutex mutex_;
  std::unique_ptr<Parts> parts_ WIRECOPY_PT_GUARDED_BY(mutex_);
  std::unique_ptr<BackgroundSync> sync_;  // none: the index is in memory, or only read
};

}  // namespace wirecopy
