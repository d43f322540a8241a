// explain(): explains why two articles are or are not copies of each other.
#include "inspect/explain.hpp"

#include <fmt/format.h>
#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>

#include "inspect/explanation_text.hpp"
#include "python/bindings.hpp"
#include "python/dict_reader.hpp"
#include "python/record.hpp"
#include "python/result.hpp"
#include "python/running.hpp"
#include "python/settings.hpp"

namespace wirecopy::python {
namespace {

void bind_parts(nb::module_& module) {
  Record<Passage>(module, "Passage", "A passage that occurs in both articles.")
      .field(
          "words", [](const Passage& p) { return p.words; }, "Its length in words in the first article.")
      .field(
          "first", [](const Passage& p) { return text(p.first); }, "Its text in the first article.")
      .field(
          "second", [](const Passage& p) { return text(p.second); },
          "Its text in the second article; may differ in single words.")
      .finish();
}

template <typename T>
nb::list list_of(const std::vector<T>& values) {
  nb::list made;
  for (const T& value : values) made.append(value);
  return made;
}

void bind_explanation(nb::module_& module) {
  using E = Explanation;
  nb::class_<E> explanation(module, "Explanation",
                            "Explains why two articles are or are not copies of each other.\n\n"
                            "str() returns the text that `wirecopy explain` prints.");
  explanation.attr("__module__") = "wirecopy";
  explanation
      .def_prop_ro(
          "matches", [](const E& e) { return e.comparable && is_match(e.judgement); }, "Whether they are copies.")
      .def_prop_ro(
          "relation", [](const E& e) { return e.relation ? text(name(*e.relation)) : nb::none(); },
          "Relation of the first to the second: 'exact', 'near', 'excerpt' or 'extended'; None if they are not copies.")
      .def_prop_ro(
          "judgement", [](const E& e) { return text(e.comparable ? name(e.judgement) : "too-short"); },
          "The reason: 'equal', 'copies', 'nearly-equal', or 'not-equal', 'short-texts-differ', 'little-shared-text',\n"
          "'items-of-a-series', 'other-news', 'other-figures', 'too-far-apart', 'below-threshold', 'too-short'.")
      .def_prop_ro(
          "outcome", [](const E& e) { return text(name(e.outcome)); },
          "In a result: 'linked', 'linked-by-others', 'cut' or 'apart'; for two articles compared by themselves: "
          "'linked'\nor 'apart'.")
      .def_prop_ro(
          "threshold", [](const E& e) { return e.options.threshold; }, "The threshold used.")
      .def_ro("similarity", &E::similarity, "Scores of the first and the second article.")
      .def_prop_ro(
          "passages", [](const E& e) { return list_of(e.passages); }, "The longest shared passages, longest first.")
      .def_ro("passages_found", &E::passages_found, "The total number of shared passages.")
      .def_prop_ro(
          "warnings", [](const E& e) { return texts(e.warnings); }, "Warnings, such as a feed that has changed.")
      .def(
          "to_dict", [](const E& e) { return nb::module_::import_("json").attr("loads")(text(format_explanation(e))); },
          "Everything that `wirecopy explain --json` prints, including both texts, divided into shared text, own text "
          "and\nboilerplate.")
      .def("__str__", [](const E& e) { return text(format_explanation(e, Marking::signs)); })
      .def("__repr__", [](const E& e) {
        const std::string relation = e.relation ? fmt::format("'{}'", name(*e.relation)) : "None";
        return fmt::format("<wirecopy.Explanation: relation={}, judgement='{}'>", relation,
                           e.comparable ? name(e.judgement) : "too-short");
      });
}

Explanation explain_articles(nb::handle first, nb::handle second, const Result* result, nb::handle fields,
                             nb::dict keywords) {
  const Settings settings = take_settings(keywords);
  refuse_others(keywords, "explain");
  DictReader dicts(fields_of(fields));
  ArticleBlock block;
  dicts.read(first, 0, block);
  dicts.read(second, 1, block);
  if (!block.rejects.empty()) {
    const auto& [row, reason] = block.rejects.front();
    throw Error(ErrorKind::usage, std::string(row == 0 ? "the first" : "the second") +
                                      " is not an article: " + std::string(name(reason)));
  }
  const Options& options = result == nullptr ? settings.options : result->collection().options();
  return without_gil([&] {
    if (result == nullptr) return explain(block.articles[0], block.articles[1], options);
    return explain(block.articles[0], block.articles[1], options, result->collection().resolution().boilerplate);
  });
}

Explanation explain_result(const std::string& first, const std::string& second, nb::handle result) {
  const std::string path = path_of(result);
  std::optional<Explanation> made;
  run_interruptibly([&](const std::stop_token&) { made = explain(path, first, second); });
  return std::move(*made);
}

}  // namespace

void bind_explain(nb::module_& module) {
  bind_parts(module);
  bind_explanation(module);
  module.def("explain_articles", explain_articles, nb::arg("first"), nb::arg("second"), nb::arg("result").none(),
             nb::arg("fields").none(), nb::arg("keywords"));
  module.def("explain_result", explain_result);
}

}  // namespace wirecopy::python
