#include <wirecopy/index.hpp>

#include "index/engine.hpp"

namespace wirecopy {

class [[gnu::visibility("hidden")]] Index::Engine : public IndexEngine {
 public:
  using IndexEngine::IndexEngine;
};

Index::Index(const IndexSettings& settings) : engine_(std::make_unique<Engine>(std::filesystem::path(), settings)) {}
Index::Index(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}
Index::~Index() = default;
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;

Index Index::open(const std::filesystem::path& path, const IndexSettings& settings) {
  if (path.empty()) throw Error(ErrorKind::usage, "an index on disk needs a directory");
  return Index(std::make_unique<Engine>(path, settings));
}

Index::Decision Index::add(const Article& article) { return engine_->add(std::span(&article, 1)).front(); }
std::vector<Index::Decision> Index::add_batch(std::span<const Article> articles) { return engine_->add(articles); }
Index::Decision Index::query(const Article& article) const { return engine_->query(std::span(&article, 1)).front(); }
std::vector<Index::Decision> Index::query_batch(std::span<const Article> articles) const {
  return engine_->query(articles);
}
std::vector<std::string> Index::shared_passages(const Article& article, std::string_view id) const {
  return engine_->shared_passages(article, id);
}
std::optional<Index::Member> Index::find(std::string_view id) const { return engine_->find(id); }
bool Index::remove(std::string_view id) { return engine_->remove(id); }
std::uint64_t Index::expire(std::int64_t before) { return engine_->expire(before); }
std::optional<Index::Cluster> Index::cluster(std::string_view id) const { return engine_->cluster(id); }
std::string Index::cluster_of(std::string_view article_id) const { return engine_->cluster_of(article_id); }
std::vector<Index::Event> Index::events(std::uint64_t after, std::size_t limit) const {
  return engine_->events(after, limit);
}
Index::Statistics Index::statistics() const { return engine_->statistics(); }
void Index::flush() { engine_->flush(); }
void Index::compact(const std::stop_token& stop) { engine_->compact(stop); }
void Index::snapshot(const std::filesystem::path& path, const std::stop_token& stop) const {
  engine_->snapshot(path, stop);
}
std::uint64_t Index::verify(const std::stop_token& stop) const { return engine_->verify(stop); }

std::string_view name(Index::Outcome outcome) {
  constexpr std::string_view kNames[] = {"added", "unchanged", "updated", "too-old", "queried"};
  return kNames[static_cast<std::size_t>(outcome)];
}

std::string_view name(Index::Change change) {
  constexpr std::string_view kNames[] = {"created", "joined", "left", "merged", "split"};
  return kNames[static_cast<std::size_t>(change)];
}

}  // namespace wirecopy
