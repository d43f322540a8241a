// wirecopy.Index: the index that remembers. The class of the public face is in wirecopy/_index.py; this is its engine.
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

/// A decision, or the reason why there is none.
struct Decided {
  Index::Decision decision;
  std::optional<RejectReason> rejected;
};

void bind_decision(nb::module_& module) {
  Record<Decided>(module, "Decision", "What an index found out about an article.")
      .field(
          "id", [](const Decided& d) { return filled_text(d.decision.id); },
          "What the index knows the article by: its id, else its url, else 'digest:' and 32 hexadecimal digits of its\n"
          "content.")
      .field(
          "outcome", [](const Decided& d) { return text(d.rejected ? "rejected" : name(d.decision.outcome)); },
          "'added', 'unchanged', 'updated', 'too-old', 'queried', or 'rejected': it is no article, see reason.")
      .field(
          "relation",
          [](const Decided& d) { return d.decision.relation ? text(name(*d.decision.relation)) : nb::none(); },
          "What the article is to its match: 'exact', 'near', 'excerpt', 'extended' or 'partial' (shares passages, "
          "does not\n"
          "match); None: nothing like it is remembered.")
      .field(
          "match", [](const Decided& d) { return filled_text(d.decision.match); },
          "The id of the remembered article that it agrees with best.")
      .field(
          "cluster", [](const Decided& d) { return filled_text(d.decision.cluster); },
          "The id of its cluster; None for an article that stands alone.")
      .field(
          "canonical", [](const Decided& d) { return filled_text(d.decision.canonical); },
          "The id of the member of the cluster that is kept before all others; may be the article itself.")
      .field(
          "duplicate", [](const Decided& d) { return d.decision.duplicate; },
          "Whether it is a copy that deduplicate() would remove.")
      .field(
          "similarity",
          [](const Decided& d) -> std::optional<Similarity> {
            const bool is_known = d.decision.relation && d.decision.outcome != Index::Outcome::unchanged;
            return is_known ? std::optional(d.decision.similarity) : std::nullopt;
          },
          "Scores of the article (first) and its match (second).")
      .field(
          "version", [](const Decided& d) { return d.decision.version; }, "Counts the texts that came under this id.")
      .field(
          "reason", [](const Decided& d) { return d.rejected ? text(name(*d.rejected)) : nb::none(); },
          "Why it was rejected, such as 'text-type' for a text that is no str.")
      .finish()
      .def_prop_ro(
          "is_new", [](const Decided& d) { return !d.rejected && !d.decision.relation; },
          "Whether nothing like it is remembered.");
}

void bind_cluster(nb::module_& module) {
  using Member = Index::Member;
  Record<Member>(module, "Member", "A member of a cluster.")
      .field(
          "id", [](const Member& m) { return text(m.id); }, "The article's id.")
      .field(
          "source", [](const Member& m) { return text(m.source); }, "Its outlet.")
      .field(
          "published", [](const Member& m) { return m.published; }, "Seconds since 1970-01-01 UTC, or None.")
      .field(
          "time", [](const Member& m) { return m.time; }, "Published, but not later than it arrived; or its arrival.")
      .finish();

  using Cluster = Index::Cluster;
  Record<Cluster>(module, "Cluster", "A story as it is now, or what became of it.")
      .field(
          "id", [](const Cluster& c) { return text(c.id); }, "Its stable id.")
      .field(
          "became", [](const Cluster& c) { return filled_text(c.became); },
          "The cluster that it was merged into; None while it lives.")
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
  Record<Event>(module, "Event", "A change of the clusters.")
      .field(
          "number", [](const Event& e) { return e.number; }, "1, 2, 3...")
      .field(
          "time", [](const Event& e) { return e.time; }, "Arrival of the article that caused it.")
      .field(
          "change", [](const Event& e) { return text(name(e.change)); },
          "'created', 'joined', 'left', 'merged' or 'split'.")
      .field(
          "cluster", [](const Event& e) { return text(e.cluster); }, "The cluster.")
      .field(
          "other", [](const Event& e) { return filled_text(e.other); },
          "merged: the cluster that is no more; split: the cluster that articles left for, or None.")
      .field(
          "articles", [](const Event& e) { return texts(e.articles); }, "The ids of those that came or left.")
      .finish();
}

void bind_statistics(nb::module_& module) {
  using S = Index::Statistics;
  Record<S>(module, "Statistics", "Counts of an index.")
      .field(
          "articles", [](const S& s) { return s.articles; }, "Remembered.")
      .field(
          "added", [](const S& s) { return s.added; }, "Ever, new versions included.")
      .field(
          "clusters", [](const S& s) { return s.clusters; }, "Ever created.")
      .field(
          "events", [](const S& s) { return s.events; }, "Ever.")
      .field(
          "sources", [](const S& s) { return s.sources; }, "Ever seen.")
      .field(
          "boilerplate", [](const S& s) { return s.boilerplate; }, "Shingles learnt or given, over all sources.")
      .field(
          "formulas", [](const S& s) { return s.formulas; },
          "Shingles of formulas that many sources share, learnt or given.")
      .field(
          "generations", [](const S& s) { return s.generations; }, "That hold articles.")
      .field(
          "postings", [](const S& s) { return s.postings; }, "Of sampled shingles, ids and contents.")
      .field(
          "memory_bytes", [](const S& s) { return s.memory_bytes; }, "Filters and tables, and in memory all records.")
      .field(
          "disk_bytes", [](const S& s) { return s.disk_bytes; }, "Of its files.")
      .field(
          "now", [](const S& s) { return s.now; }, "The latest arrival.")
      .field(
          "cutoff", [](const S& s) { return s.cutoff; }, "Articles of an earlier time are too old.")
      .field(
          "window", [](const S& s) { return s.window; }, "Seconds; 0: for ever.")
      .field(
          "dated_ahead", [](const S& s) { return s.dated_ahead; },
          "Articles so far ahead of a feed clock that their dates did not move it.")
      .field(
          "threshold", [](const S& s) { return s.options.threshold; }, "The option of that name.")
      .finish();
}

/// The engine of a wirecopy.Index. Every call holds on to the index, so that closing it waits for nobody.
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

  /// Calls a function of the index that may take long, such that Ctrl-C ends it.
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

  /// Decisions of a block in the order of its rows.
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
