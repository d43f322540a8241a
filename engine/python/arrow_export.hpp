// Exports memory as Arrow data without copies. Exported data keeps its owner alive until the reader releases it.
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

/// Returns a capsule with an ArrowSchema.
[[nodiscard]] nb::object export_schema(const ExportNode& node);
/// Returns the capsules of an ArrowSchema and an ArrowArray, as required of __arrow_c_array__.
[[nodiscard]] nb::object export_array(const ExportNode& node, const ExportOwner& owner);
/// Returns a capsule with an ArrowArrayStream of a single batch, as required of __arrow_c_stream__.
[[nodiscard]] nb::object export_stream(ExportNode node, ExportOwner owner);

}  // namespace wirecopy::python
