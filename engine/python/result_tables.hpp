// A result as tables. Their columns are the fields of the files that the command writes, by the same names, and `row`
// besides: the number of the article in the input.
#pragma once

#include <vector>

#include "pipeline/collection.hpp"
#include "python/table.hpp"

namespace wirecopy::python {

/// A row for every article, in input order.
[[nodiscard]] Table articles_table(const Collection& collection);
/// A row for every cluster, in the order of their canonicals.
[[nodiscard]] Table clusters_table(const Collection& collection);
/// A row for every verified pair that links.
[[nodiscard]] Table matches_table(const Collection& collection);
/// A row for every block that was ignored.
[[nodiscard]] Table boilerplate_table(const Collection& collection, const std::vector<BoilerplateBlock>& blocks);
/// A row for every line, or article handed over, that is none.
[[nodiscard]] Table rejects_table(const Collection& collection);
/// The rows of the articles that are kept, rising.
[[nodiscard]] std::vector<std::uint64_t> kept_rows(const Collection& collection);

}  // namespace wirecopy::python
