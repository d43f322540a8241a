#include "python/arrow_export.hpp"

#include <utility>

#include "python/arrow_abi.hpp"

namespace wirecopy::python {
namespace {

/// Owns the memory that an exported schema points to.
struct ExportedSchema {
  std::string name, format;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
};

/// Owns the memory that an exported array points to.
struct ExportedArray {
  ExportOwner owner;
  std::vector<const void*> buffers;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
};

/// Children that the reader has moved out of their parent are marked as released.
template <typename Exported, typename Struct>
void release(Struct* out) {
  const std::unique_ptr<Exported> mine(static_cast<Exported*>(out->private_data));
  for (Struct& child : mine->children) {
    if (child.release != nullptr) child.release(&child);
  }
  out->release = nullptr;
}

void fill(ArrowSchema& out, const ExportNode& node) {
  auto mine = std::make_unique<ExportedSchema>(ExportedSchema{node.name, node.format, {}, {}});
  mine->children.resize(node.children.size());
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    fill(mine->children[i], node.children[i]);
    mine->pointers.push_back(&mine->children[i]);
  }
  out = {};
  out.format = mine->format.c_str();
  out.name = mine->name.c_str();
  out.flags = ARROW_FLAG_NULLABLE;
  out.n_children = static_cast<std::int64_t>(mine->pointers.size());
  out.children = mine->pointers.data();
  out.release = release<ExportedSchema, ArrowSchema>;
  out.private_data = mine.release();
}

void fill(ArrowArray& out, const ExportNode& node, const ExportOwner& owner) {
  auto mine = std::make_unique<ExportedArray>(ExportedArray{owner, node.buffers, {}, {}});
  mine->children.resize(node.children.size());
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    fill(mine->children[i], node.children[i], owner);
    mine->pointers.push_back(&mine->children[i]);
  }
  out = {};
  out.length = node.size;
  out.null_count = node.nulls;
  out.n_buffers = static_cast<std::int64_t>(mine->buffers.size());
  out.buffers = mine->buffers.data();
  out.n_children = static_cast<std::int64_t>(mine->pointers.size());
  out.children = mine->pointers.data();
  out.release = release<ExportedArray, ArrowArray>;
  out.private_data = mine.release();
}

struct ExportedStream {
  ExportNode node;
  ExportOwner owner;
  bool is_read = false;
};

ExportedStream& exported(ArrowArrayStream* stream) { return *static_cast<ExportedStream*>(stream->private_data); }

int stream_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  fill(*out, exported(stream).node);
  return 0;
}

int stream_next(ArrowArrayStream* stream, ArrowArray* out) {
  *out = {};
  if (!std::exchange(exported(stream).is_read, true)) fill(*out, exported(stream).node, exported(stream).owner);
  return 0;
}

const char* stream_error(ArrowArrayStream*) { return nullptr; }

void release_stream(ArrowArrayStream* stream) {
  delete &exported(stream);
  stream->release = nullptr;
}

/// Releases the contents of a capsule unless a reader has moved them out.
template <typename Struct>
void release_capsule(PyObject* capsule) {
  auto* const held = static_cast<Struct*>(PyCapsule_GetPointer(capsule, PyCapsule_GetName(capsule)));
  if (held->release != nullptr) held->release(held);
  delete held;
}

template <typename Struct>
nb::object capsule_of(const Struct& filled, const char* name) {
  auto held = std::make_unique<Struct>(filled);
  PyObject* const made = PyCapsule_New(held.get(), name, release_capsule<Struct>);
  if (made == nullptr) {
    held->release(held.get());
    throw nb::python_error();
  }
  static_cast<void>(held.release());
  return nb::steal(made);
}

}  // namespace

nb::object export_schema(const ExportNode& node) {
  ArrowSchema schema;
  fill(schema, node);
  return capsule_of(schema, "arrow_schema");
}

nb::object export_array(const ExportNode& node, const ExportOwner& owner) {
  ArrowArray array;
  fill(array, node, owner);
  const nb::object data = capsule_of(array, "arrow_array");
  return nb::make_tuple(export_schema(node), data);
}

nb::object export_stream(ExportNode node, ExportOwner owner) {
  ArrowArrayStream stream{stream_schema, stream_next, stream_error, release_stream,
                          new ExportedStream{std::move(node), std::move(owner), false}};
  return capsule_of(stream, "arrow_array_stream");
}

}  // namespace wirecopy::python
