// The parts of the module wirecopy._engine, each defined in a file of its own.
#pragma once

#include <nanobind/nanobind.h>

namespace wirecopy::python {

namespace nb = nanobind;

void bind_similarity(nb::module_& module);
void bind_deduplicate(nb::module_& module);
void bind_index(nb::module_& module);
void bind_signatures(nb::module_& module);
void bind_explain(nb::module_& module);

}  // namespace wirecopy::python
