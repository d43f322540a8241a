// The implementation of wirecopy.Index. The public class is in wirecopy/_index.py.
#include <nanobind/stl/optional.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>

#include <memory>
#include <optional>
#include <string>
#include <wirecopy/index.hpp>

#include "python/article_source.hpp"
#include "python/bindings.hpp"
#include "python/record.hpp"
#include "python/running.hpp"
#include "python/settings.hpp"

namespace wirecopy::python {
namespace {

/// A decision, or the reason why the article was rejected.
struct Decided {
  Index::Decision decision;
  std::optional<RejectReason> rejected;
};

void bind_decision(nb::module_& module) {
  Record<Decided>(module, "Decision", "The decision of an index about an article.")
      .field(
          "id", [](const Decided& d) { return filled_text(d.decision.id); },
          "The id under which the index knows the article: its id, else its url, else 'digest:' and 32 hexadecimal\n"
          "digits derived from its content.")
      .field(
          "outcome", [](const Decided& d) { return text(d.rejected ? "rejected" : name(d.decision.outcome)); },
          "'added', 'unchanged', 'updated', 'too-old', 'queried', or 'rejected' if it is not an article, see reason.")
      .field(
          "relation",
          [](const Decided& d) { return d.decision.relation ? text(name(*d.decision.relation)) : nb::none(); },
          "Relation of the article to its match: 'exact', 'near', 'excerpt', 'extended' or 'partial' (shares passages\n"
          "but does not match); None if no similar article is remembered.")
      .field(
          "match", [](const Decided& d) { return filled_text(d.decision.match); },
          "The id of the remembered article with the best score.")
      .field(
          "cluster", [](const Decided& d) { return filled_text(d.decision.cluster); },
          "The id of its cluster; None if it is in no cluster.")
      .field(
          "canonical", [](const Decided& d) { return filled_text(d.decision.canonical); },
          "The id of the cluster's canonical, possibly the article itself.")
      .field(
          "duplicate", [](const Decided& d) { return d.decision.duplicate; }, "Whether deduplicate() would remove it.")
      .field(
          "similarity",
          [](const Decided& d) -> std::optional<Similarity> {
            const bool is_known = d.decision.relation && d.decision.outcome != Index::Outcome::unchanged;
            return is_known ? std::optional(d.decision.similarity) : std::nullopt;
          },
          "Scores of the article (first) and its match (second).")
      .field(
          "version", [](const Decided& d) { return d.decision.version; },
          "The number of different texts received under this id.")
      .field(
          "reason", [](const Decided& d) { return d.rejected ? text(name(*d.rejected)) : nb::none(); },
          "Why it was rejected, such as 'text-type' for a text that is not a str; else None.")
      .finish()
      .def_prop_ro(
          "is_new", [](const Decided& d) { return !d.rejected && !d.decision.relation; },
          "Whether no similar article is remembered.");
}

void bind_cluster(nb::module_& module) {
  using Member = Index::Member;
  Record<Member>(module, "Member", "A member of a cluster.")
      .field(
          "id", [](const Member& m) { return text(m.id); }, "The article's id.")
      .field(
          "source", [](const Member& m) { return text(m.source); }, "The article's outlet.")
      .field(
          "published", [](const Member& m) { return m.published; },
          "Publication time in seconds since 1970-01-01 UTC, or None.")
      .field(
          "time", [](const Member& m) { return m.time; },
          "The time compared with the window, in seconds since 1970-01-01 UTC: published, or the arrival if published\n"
          "is missing or later.")
      .finish();

  using Cluster = Index::Cluster;
  Record<Cluster>(module, "Cluster", "The current state of a cluster.")
      .field(
          "id", [](const Cluster& c) { return text(c.id); }, "Its stable id.")
      .field(
          "became", [](const Cluster& c) { return filled_text(c.became); },
          "The id of the cluster that it was merged into; None while it exists.")
      .field(
          "members",
          [](const Cluster& c) {
            nb::list members;
            for (const Member& member : c.members) members.append(member);
            return members;
          },
          "The canonical first, the others in order of arrival.")
      .finish();
}

void bind_event(nb::module_& module) {
  using Event = Index::Event;
  Record<Event>(module, "Event", "A change of a cluster.")
      .field(
          "number", [](const Event& e) { return e.number; }, "Consecutive number, starting at 1.")
      .field(
          "time", [](const Event& e) { return e.time; },
          "Arrival of the article that caused it, in seconds since 1970-01-01 UTC.")
      .field(
          "change", [](const Event& e) { return text(name(e.change)); },
          "'created', 'joined', 'left', 'merged' or 'split'.")
      .field(
          "cluster", [](const Event& e) { return text(e.cluster); }, "The id of the cluster that changed.")
      .field(
          "other", [](const Event& e) { return filled_text(e.other); },
          "For 'merged', the id of the cluster that no longer exists; for 'split', that of the cluster that the\n"
          "articles moved to, or None.")
      .field(
          "articles", [](const Event& e) { return texts(e.articles); }, "The ids of the articles that joined or left.")
      .finish();
}

void bind_statistics(nb::module_& module) {
  using S = Index::Statistics;
  Record<S>(module, "Statistics", "Counts and parameters of an index.")
      .field(
          "articles", [](const S& s) { return s.articles; }, "Articles currently remembered.")
      .field(
          "added", [](const S& s) { return s.added; }, "Articles ever added, including new versions.")
      .field(
          "clusters", [](const S& s) { return s.clusters; }, "Clusters ever created.")
      .field(
          "events", [](const S& s) { return s.events; }, "Events ever recorded.")
      .field(
          "sources", [](const S& s) { return s.sources; }, "Sources ever seen.")
      .field(
          "boilerplate", [](const S& s) { return s.boilerplate; },
          "Boilerplate shingles of all sources, learned or from the model.")
      .field(
          "shared_boilerplate", [](const S& s) { return s.shared_boilerplate; },
          "Shingles of shared boilerplate, learned or from the model.")
      .field(
          "generations", [](const S& s) { return s.generations; }, "Generations that hold articles.")
      .field(
          "postings", [](const S& s) { return s.postings; }, "Postings of sampled shingles, ids and contents.")
      .field(
          "memory_bytes", [](const S& s) { return s.memory_bytes; },
          "Size of the postings' filters and tables; for an index in memory, also of all records.")
      .field(
          "disk_bytes", [](const S& s) { return s.disk_bytes; }, "Size of all files; 0 for an index in memory.")
      .field(
          "now", [](const S& s) { return s.now; }, "Latest arrival, in seconds since 1970-01-01 UTC.")
      .field(
          "cutoff", [](const S& s) { return s.cutoff; },
          "Articles with an earlier time are too old; in seconds since 1970-01-01 UTC.")
      .field(
          "window", [](const S& s) { return s.window; }, "Window in seconds; 0: forever.")
      .field(
          "dated_ahead", [](const S& s) { return s.dated_ahead; },
          "Articles dated too far ahead to move the feed clock.")
      .field(
          "threshold", [](const S& s) { return s.options.threshold; }, "The option threshold.")
      .finish();
}

/// The implementation of a wirecopy.Index. Each call holds a reference to the index, so close() need not wait for calls
/// in other threads.
class OpenIndex {
 public:
  OpenIndex(const std::optional<std::string>& path, nb::handle fields, nb::dict keywords)
      : fields_(fields_of(fields)), dicts_(fields_) {
    const IndexSettings settings = take_index_settings(keywords, path);
    refuse_others(keywords, "Index");
    without_gil([&] {
      index_ = path ? std::make_shared<Index>(Index::open(*path, settings)) : std::make_shared<Index>(settings);
    });
    may_flush_ = path.has_value() && !settings.read_only;
  }

  [[nodiscard]] bool is_closed() const { return index_ == nullptr; }

  void close() {
    std::shared_ptr<Index> index = std::move(index_);
    if (index == nullptr) return;
    without_gil([&] {
      if (may_flush_) index->flush();
      index.reset();
    });
  }

  nb::object decide(nb::handle article, bool add) {
    const std::shared_ptr<Index> index = open();
    ArticleBlock block;
    dicts_.read(article, 0, block);
    if (!block.rejects.empty()) return nb::cast(Decided{{}, block.rejects.front().second});
    Decided decided;
    without_gil(
        [&] { decided.decision = add ? index->add(block.articles.front()) : index->query(block.articles.front()); });
    return nb::cast(std::move(decided));
  }

  nb::list decide_all(nb::handle articles, std::size_t batch, bool add) {
    if (batch == 0) throw Error(ErrorKind::usage, "batch_size must be 1 or more");
    const std::shared_ptr<Index> index = open();
    nb::list all;
    each_block(articles, dicts_, fields_, batch, [&](ArticleBlock& block) {
      std::vector<Index::Decision> made = add ? index->add_batch(block.articles) : index->query_batch(block.articles);
      const nb::gil_scoped_acquire acquired;
      append(block, made, all);
    });
    return all;
  }

  nb::object shared_passages(nb::handle article, const std::string& id) {
    const std::shared_ptr<Index> index = open();
    ArticleBlock block;
    dicts_.read(article, 0, block);
    if (!block.rejects.empty()) return nb::list();
    return texts(without_gil([&] { return index->shared_passages(block.articles.front(), id); }));
  }

  /// Calls a function of the index that may take long, so that Ctrl-C stops it.
  template <typename Call>
  auto call_interruptibly(const Call& what) {
    const std::shared_ptr<Index> index = open();
    std::optional<decltype(what(*index, std::stop_token()))> result;
    run_interruptibly([&](const std::stop_token& stop) { result = what(*index, stop); });
    return *std::move(result);
  }

  /// Calls a function of the index without the GIL.
  template <typename Call>
  auto call(const Call& what) {
    const std::shared_ptr<Index> index = open();
    return without_gil([&] { return what(*index); });
  }

 private:
  [[nodiscard]] std::shared_ptr<Index> open() const {
    if (index_ == nullptr) throw Error(ErrorKind::usage, "the index is closed");
    return index_;
  }

  /// Appends the decisions and rejects of a block in the order of its rows.
  static void append(const ArticleBlock& block, std::vector<Index::Decision>& made, nb::list& all) {
    auto reject = block.rejects.begin();
    for (std::size_t i = 0; i <= made.size(); ++i) {
      const std::uint64_t row = i < made.size() ? block.rows[i] : UINT64_MAX;
      for (; reject != block.rejects.end() && reject->first < row; ++reject) all.append(Decided{{}, reject->second});
      if (i < made.size()) all.append(Decided{std::move(made[i]), {}});
    }
  }

  FieldMap fields_;
  DictReader dicts_;
  std::shared_ptr<Index> index_;
  bool may_flush_ = false;
};

nb::list events(OpenIndex& self, std::uint64_t after, std::optional<std::size_t> limit) {
  nb::list all;
  for (Index::Event& event : self.call([&](Index& index) { return index.events(after, limit.value_or(SIZE_MAX)); })) {
    all.append(std::move(event));
  }
  return all;
}

}  // namespace

void bind_index(nb::module_& module) {
  bind_decision(module);
  bind_cluster(module);
  bind_event(module);
  bind_statistics(module);
  using Self = OpenIndex;
  nb::class_<Self>(module, "OpenIndex")
      .def(nb::init<std::optional<std::string>, nb::handle, nb::dict>(), nb::arg("path").none(),
           nb::arg("fields").none(), nb::arg("keywords"))
      .def_prop_ro("closed", &Self::is_closed)
      .def("close", &Self::close)
      .def("decide", &Self::decide)
      .def("decide_all", &Self::decide_all)
      .def("shared_passages", &Self::shared_passages)
      .def("remove",
           [](Self& self, const std::string& id) { return self.call([&](Index& i) { return i.remove(id); }); })
      .def("expire",
           [](Self& self, std::int64_t before) { return self.call([&](Index& i) { return i.expire(before); }); })
      .def("cluster",
           [](Self& self, const std::string& id) { return self.call([&](Index& i) { return i.cluster(id); }); })
      .def("cluster_of",
           [](Self& self, const std::string& id) {
             return filled_text(self.call([&](Index& i) { return i.cluster_of(id); }));
           })
      .def("events", events, nb::arg("after"), nb::arg("limit").none())
      .def("statistics", [](Self& self) { return self.call([](Index& i) { return i.statistics(); }); })
      .def("flush", [](Self& self) { self.call([](Index& i) { i.flush(); }); })
      .def("compact",
           [](Self& self) {
             self.call_interruptibly([](Index& i, const std::stop_token& stop) { return i.compact(stop), true; });
           })
      .def("verify",
           [](Self& self) {
             return self.call_interruptibly([](Index& i, const std::stop_token& stop) { return i.verify(stop); });
           })
      .def("snapshot", [](Self& self, nb::handle path) {
        self.call_interruptibly(
            [to = path_of(path)](Index& i, const std::stop_token& stop) { return i.snapshot(to, stop), true; });
      });
}

}  // namespace wirecopy::python
