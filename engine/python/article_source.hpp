// Articles from Python, block by block: from any iterable of mappings, or from Arrow data.
#pragma once

#include <nanobind/nanobind.h>

#include <cstddef>
#include <functional>

#include "python/dict_reader.hpp"

namespace wirecopy::python {

/// Reads articles, dicts by `dicts`, and hands them over in blocks of `most` articles at most, in order, numbered from
/// 0 on. `use` runs without the GIL; between blocks signals are looked for, so that Ctrl-C ends a long run. Throws what
/// the iterable raises, and TypeError for what is neither.
void each_block(nb::handle articles, DictReader& dicts, const FieldMap& fields, std::size_t most,
                const std::function<void(ArticleBlock&)>& use);

}  // namespace wirecopy::python
