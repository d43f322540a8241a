// deduplicate(): makes a Result of feeds, mappings or Arrow data.
#include <fmt/format.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "python/article_source.hpp"
#include "python/bindings.hpp"
#include "python/numbers.hpp"
#include "python/record.hpp"
#include "python/result.hpp"
#include "python/result_tables.hpp"
#include "python/running.hpp"
#include "python/settings.hpp"

namespace wirecopy::python {
namespace {

struct Request {
  std::unique_ptr<Collection> collection;
  bool allow_empty = false;
};

/// Takes the keywords.
Request request_of(nb::dict& keywords, FieldMap fields) {
  const Settings settings = take_settings(keywords);
  const FeedKeywords feed = take_feed_keywords(keywords);
  fields.set_records(feed.records);
  refuse_others(keywords, "deduplicate");
  return {std::make_unique<Collection>(settings.options, settings.resources, fields), feed.allow_empty};
}

std::shared_ptr<Result> resolved(Request request) {
  if (!request.allow_empty) request.collection->require_texts();
  run_interruptibly([&](const std::stop_token& stop) { request.collection->finish(stop); });
  return std::make_shared<Result>(std::move(request.collection));
}

std::shared_ptr<Result> deduplicate_feeds(const nb::list& paths, nb::handle fields, nb::dict keywords) {
  Request request = request_of(keywords, fields_of(fields));
  std::vector<std::string> names;
  for (const nb::handle path : paths) names.push_back(path_of(path));
  run_interruptibly([&](const std::stop_token& stop) { request.collection->add_feeds(names, stop); });
  return resolved(std::move(request));
}

std::shared_ptr<Result> deduplicate_articles(nb::handle articles, nb::handle fields, nb::dict keywords) {
  const FieldMap map = fields_of(fields);
  Request request = request_of(keywords, map);
  DictReader dicts(map);
  each_block(articles, dicts, map, ArticleBlock::kFullArticles, [&](ArticleBlock& block) {
    request.collection->add(block.articles, block.rows, block.usage);
    for (const auto& [row, reason] : block.rejects) request.collection->reject(row, reason);
  });
  return resolved(std::move(request));
}

std::shared_ptr<Numbers> unique_rows(const Result& result) {
  return without_gil([&] { return std::make_shared<Numbers>(Numbers{kept_rows(result.collection()), 1}); });
}

nb::object summary(const Result& result) {
  const std::string json = without_gil([&] { return result.collection().summary(); });
  return nb::module_::import_("json").attr("loads")(text(json));
}

std::string describe(const Result& result) {
  const Collection& collection = result.collection();
  const std::uint64_t rejected = collection.counts().rejected;
  return fmt::format("<wirecopy.Result: {} articles, {} kept, {} duplicates, {} clusters{}>",
                     collection.corpus().size(), collection.corpus().size() - collection.resolution().duplicates,
                     collection.resolution().duplicates, collection.resolution().clusters.size(),
                     rejected == 0 ? std::string() : fmt::format("; {} rejected", rejected));
}

}  // namespace

std::shared_ptr<Table> Result::table(std::shared_ptr<Table>& made, MakeTable make) {
  return without_gil([&] {
    const MutexLock lock(mutex_);
    if (!made) made = std::make_shared<Table>(make(*collection_));
    return made;
  });
}

std::shared_ptr<Table> Result::boilerplate() {
  std::shared_ptr<Table> table;
  run_interruptibly([&](const std::stop_token& stop) {
    const MutexLock lock(mutex_);
    if (!boilerplate_) {
      boilerplate_ = std::make_shared<Table>(boilerplate_table(*collection_, collection_->boilerplate(stop)));
    }
    table = boilerplate_;
  });
  return table;
}

void bind_deduplicate(nb::module_& module) {
  nb::class_<Result> result(module, "Result",
                            "The result of deduplicate(): tables that Arrow libraries read in place, and counts.\n\n"
                            "In tables, `row` is the number of the article in the input, starting at 0. Tables are\n"
                            "built on first access. Thread-safe.");
  result.attr("__module__") = "wirecopy";
  result
      .def_prop_ro(
          "articles", [](Result& self) { return self.table(self.articles, articles_table); },
          "A row per article: its cluster, whether it is kept, the kept article that it duplicates, and scores.")
      .def_prop_ro(
          "clusters", [](Result& self) { return self.table(self.clusters, clusters_table); },
          "A row per cluster: its canonical, sources, dates, outlets, headlines and members.")
      .def_prop_ro(
          "matches", [](Result& self) { return self.table(self.matches, matches_table); },
          "A row per verified pair that links, a and b, with its scores.")
      .def_prop_ro(
          "rejects", [](Result& self) { return self.table(self.rejects, rejects_table); },
          "A row per line or mapping that is not an article, with the reason.")
      .def_prop_ro(
          "boilerplate", &Result::boilerplate,
          "A row per block of ignored text. The texts are read from the feeds again. The text of articles passed as\n"
          "mappings or Arrow data is not stored, so `text` is None for them; explain(rows[example_row], other,\n"
          "result=result).to_dict() returns the text of the example, divided into boilerplate and other text.")
      .def_prop_ro("unique", unique_rows, "The row numbers of the kept articles in ascending order, as an Array.")
      .def_prop_ro("summary", summary, "Counts, parameters and times as a dict, as in summary.json.")
      .def_prop_ro(
          "kept",
          [](const Result& self) {
            return self.collection().corpus().size() - self.collection().resolution().duplicates;
          },
          "The number of articles kept.")
      .def_prop_ro(
          "duplicates", [](const Result& self) { return self.collection().resolution().duplicates; },
          "The number of articles removed.")
      .def_prop_ro(
          "rejected", [](const Result& self) { return self.collection().counts().rejected; },
          "The number of lines or rows that are not articles. Read = kept + duplicates + rejected.")
      .def("__repr__", describe)
      .def("__reduce__", [](nb::handle) -> nb::object {
        throw nb::type_error("a wirecopy.Result cannot be pickled; convert its tables to Arrow tables or dicts");
      });
  module.def("deduplicate_feeds", deduplicate_feeds, nb::arg("paths"), nb::arg("fields").none(), nb::arg("keywords"));
  module.def("deduplicate_articles", deduplicate_articles, nb::arg("articles"), nb::arg("fields").none(),
             nb::arg("keywords"));
}

}  // namespace wirecopy::python
