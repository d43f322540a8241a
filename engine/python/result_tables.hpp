// The tables of a result. Their columns have the names of the fields in the command's output files; `row` is the number
// of the article in the input.
#pragma once

#include <vector>

#include "pipeline/collection.hpp"
#include "python/table.hpp"

namespace wirecopy::python {

/// A row per article, in input order.
[[nodiscard]] Table articles_table(const Collection& collection);
/// A row per cluster, in the order of their canonicals.
[[nodiscard]] Table clusters_table(const Collection& collection);
/// A row per verified pair that links.
[[nodiscard]] Table matches_table(const Collection& collection);
/// A row per block of boilerplate.
[[nodiscard]] Table boilerplate_table(const Collection& collection, const std::vector<BoilerplateBlock>& blocks);
/// A row per line or mapping that is not an article.
[[nodiscard]] Table rejects_table(const Collection& collection);
/// The row numbers of the kept articles, in ascending order.
[[nodiscard]] std::vector<std::uint64_t> kept_rows(const Collection& collection);

}  // namespace wirecopy::python
