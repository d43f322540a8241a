// Handing memory over as Arrow, without copies: what is exported holds on to its owner until its reader lets go.
#pragma once

#include <nanobind/nanobind.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace wirecopy::python {

namespace nb = nanobind;

/// An array as the C data interface describes it, schema and data together.
struct ExportNode {
  std::string name, format;
  std::int64_t size = 0, nulls = 0;
  std::vector<const void*> buffers;
  std::vector<ExportNode> children;
};
using ExportOwner = std::shared_ptr<const void>;

/// A capsule with an ArrowSchema.
[[nodiscard]] nb::object export_schema(const ExportNode& node);
/// The capsules of an ArrowSchema and an ArrowArray, as __arrow_c_array__ returns them.
[[nodiscard]] nb::object export_array(const ExportNode& node, const ExportOwner& owner);
/// A capsule with an ArrowArrayStream of this one batch, as __arrow_c_stream__ returns it.
[[nodiscard]] nb::object export_stream(ExportNode node, ExportOwner owner);

}  // namespace wirecopy::python
