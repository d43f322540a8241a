// explain(): why two articles are copies of each other, or why they are not.
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
  Record<Passage>(module, "Passage", "A stretch of text that both articles hold.")
      .field(
          "words", [](const Passage& p) { return p.words; }, "Its length in the first.")
      .field(
          "first", [](const Passage& p) { return text(p.first); }, "As it stands in the first.")
      .field(
          "second", [](const Passage& p) { return text(p.second); }, "In the second; may differ in single words.")
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
                            "Why two articles are copies of each other, or why they are not.\n\n"
                            "str() of it is the text that `wirecopy explain` shows.");
  explanation.attr("__module__") = "wirecopy";
  explanation
      .def_prop_ro(
          "matches", [](const E& e) { return e.comparable && is_match(e.judgement); }, "Whether they are copies.")
      .def_prop_ro(
          "relation", [](const E& e) { return e.relation ? text(name(*e.relation)) : nb::none(); },
          "What the first is to the second: 'exact', 'near', 'excerpt' or 'extended'; None where they are no copies.")
      .def_prop_ro(
          "judgement", [](const E& e) { return text(e.comparable ? name(e.judgement) : "too-short"); },
          "Why: 'equal', 'copies', 'nearly-equal', or 'not-equal', 'short-texts-differ', 'little-shared-text',\n"
          "'items-of-a-series', 'other-news', 'below-threshold', 'too-short'.")
      .def_prop_ro(
          "outcome", [](const E& e) { return text(name(e.outcome)); },
          "In a result: 'linked', 'linked-by-others', 'cut' or 'apart'; of two articles by themselves 'linked' or "
          "'apart'.")
      .def_prop_ro(
          "threshold", [](const E& e) { return e.options.threshold; }, "What was asked for.")
      .def_ro("similarity", &E::similarity, "Scores of the first and the second.")
      .def_prop_ro(
          "passages", [](const E& e) { return list_of(e.passages); }, "The longest shared passages, longest first.")
      .def_ro("passages_found", &E::passages_found, "How many there are in all.")
      .def_prop_ro(
          "warnings", [](const E& e) { return texts(e.warnings); }, "Such as a feed that was changed since.")
      .def(
          "to_dict", [](const E& e) { return nb::module_::import_("json").attr("loads")(text(format_explanation(e))); },
          "All of it, as `wirecopy explain --json` prints it: also both texts, cut into what is shared, own or "
          "boilerplate.")
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
    throw Error(ErrorKind::usage,
                std::string(row == 0 ? "the first" : "the second") + " is no article: " + std::string(name(reason)));
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
