// Reads articles from Python in blocks: from an iterable of mappings or from Arrow data.
#pragma once

#include <nanobind/nanobind.h>

#include <cstddef>
#include <functional>

#include "python/dict_reader.hpp"

namespace wirecopy::python {

/// Reads articles and passes them to `use` in order, in blocks of at most `max_articles`, with row numbers from 0.
/// Dicts are read by `dicts`. `use` runs without the GIL; between blocks, signals are checked so that Ctrl-C ends a
/// long run. Throws what the iterable raises, and TypeError for an object that is neither iterable nor Arrow data.
void each_block(nb::handle articles, DictReader& dicts, const FieldMap& fields, std::size_t max_articles,
                const std::function<void(ArticleBlock&)>& use);

}  // namespace wirecopy::python
