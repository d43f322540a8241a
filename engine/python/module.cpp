// wirecopy._engine, the extension module of the Python package. The documented public interface is in wirecopy/*.py.
#include <nanobind/stl/string_view.h>

#include <wirecopy/version.hpp>

#include "python/bindings.hpp"
#include "python/errors.hpp"
#include "python/numbers.hpp"
#include "python/table.hpp"

NB_MODULE(_engine, module) {
  using namespace wirecopy::python;
  nanobind::set_leak_warnings(false);  // an exception's traceback may hold a result until the interpreter exits
  register_errors();
  module.attr("__version__") = wirecopy::version();
  bind_table(module);
  bind_numbers(module);
  bind_similarity(module);
  bind_deduplicate(module);
  bind_index(module);
  bind_signatures(module);
  bind_explain(module);
}
