// Articles and texts out of Arrow data of other libraries, read in place.
#pragma once

#include <nanobind/nanobind.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feed/field_map.hpp"
#include "python/arrow_abi.hpp"
#include "python/article_block.hpp"

namespace wirecopy::python {

/// Whether an object speaks Arrow's PyCapsule interface.
[[nodiscard]] bool is_arrow(nb::handle object);

/// Owns one struct of the C data interface.
template <typename Struct>
class ArrowOwner {
 public:
  ArrowOwner() = default;
  explicit ArrowOwner(Struct held) : held_(held) {}
  ~ArrowOwner() { reset(); }
  ArrowOwner(ArrowOwner&& other) noexcept : held_(other.held_) { other.held_.release = nullptr; }
  ArrowOwner& operator=(ArrowOwner&& other) noexcept {
    reset();
    held_ = other.held_;
    other.held_.release = nullptr;
    return *this;
  }

  void reset() {
    if (held_.release != nullptr) held_.release(&held_);
    held_.release = nullptr;
  }
  [[nodiscard]] explicit operator bool() const { return held_.release != nullptr; }
  [[nodiscard]] Struct* get() { return &held_; }
  [[nodiscard]] const Struct& operator*() const { return held_; }

 private:
  Struct held_{};
};

/// Batches of an object with __arrow_c_stream__ or, if it has only that, __arrow_c_array__.
class ArrowBatches {
 public:
  /// With the GIL. Throws what the object throws, and Error(usage) for what is no Arrow data or a damaged schema.
  explicit ArrowBatches(nb::handle object);

  [[nodiscard]] const ArrowSchema& schema() const { return *schema_; }
  /// Without the GIL. The next batch; an empty owner at the end. Throws Error(io) with the source's message.
  [[nodiscard]] ArrowOwner<ArrowArray> next();

 private:
  ArrowOwner<ArrowArrayStream> stream_;
  ArrowOwner<ArrowSchema> schema_;
  ArrowOwner<ArrowArray> only_batch_;
};

/// Reads articles from batches of one schema. Needs no GIL, but keeps none of Python's objects either: blocks must be
/// used before the batch is released.
class ArrowArticleReader {
 public:
  /// The schema must outlive the reader. Throws Error(usage) where a column named by the user is missing or of a type
  /// that its role cannot have, and where no column is a text.
  ArrowArticleReader(const ArrowSchema& schema, const FieldMap& fields);

  /// Throws Error(usage) for a batch that cannot be read safely (see arrow_check.hpp). Has to be asked once for each
  /// batch, before its rows are read.
  void check(const ArrowArray& batch) const;
  /// Adds row `i` of a batch to a block, as number `row`.
  void read(const ArrowArray& batch, std::int64_t i, std::uint64_t row, ArticleBlock& block) const;

 private:
  /// A column, by the numbers of the children that lead to it.
  struct Place {
    std::string name;
    std::vector<std::size_t> path;
    const ArrowSchema* schema = nullptr;
    std::int8_t rank = 0;
  };
  struct Value {
    const ArrowArray* array = nullptr;
    std::int64_t i = 0;
  };

  void find(const FieldPath& path, Place& place) const;
  void check(const Place& place, const ArrowArray& batch) const;
  [[nodiscard]] std::optional<Value> value_at(const Place& place, const ArrowArray& batch, std::int64_t i) const;
  [[nodiscard]] std::string_view read_text(Role role, const ArrowArray& batch, std::int64_t i, ParsedArticle& parsed,
                                           ArticleBlock& block) const;
  void read_published(const ArrowArray& batch, std::int64_t i, ParsedArticle& parsed) const;

  const ArrowSchema& schema_;
  std::array<std::vector<Place>, kRoles> places_;
};

}  // namespace wirecopy::python
