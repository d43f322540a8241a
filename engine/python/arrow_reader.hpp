// Reads articles and texts from Arrow data of other libraries, without copies.
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

/// Whether an object implements Arrow's PyCapsule interface.
[[nodiscard]] bool is_arrow(nb::handle object);

/// Owns a struct of the C data interface.
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

/// The batches of an object that has __arrow_c_stream__ or, failing that, __arrow_c_array__.
class ArrowBatches {
 public:
  /// Requires the GIL. Throws what the object throws, and Error(usage) for invalid Arrow data or a damaged schema.
  explicit ArrowBatches(nb::handle object);

  [[nodiscard]] const ArrowSchema& schema() const { return *schema_; }
  /// The next batch; an empty owner at the end. Call it without the GIL. Throws Error(io) with the source's message.
  [[nodiscard]] ArrowOwner<ArrowArray> next();

 private:
  ArrowOwner<ArrowArrayStream> stream_;
  ArrowOwner<ArrowSchema> schema_;
  ArrowOwner<ArrowArray> only_batch_;
};

/// Reads articles from batches of one schema. Does not require the GIL. Blocks view into the batch, so they must be
/// used before the batch is released.
class ArrowArticleReader {
 public:
  /// The schema must outlive the reader. Throws Error(usage) if a column named by the user is missing or has a type
  /// that its role cannot have, or if there is no column of texts.
  ArrowArticleReader(const ArrowSchema& schema, const FieldMap& fields);

  /// Throws Error(usage) for a batch that cannot be read safely (see arrow_check.hpp). Must be called for each batch
  /// before its rows are read.
  void check(const ArrowArray& batch) const;
  /// Adds row `i` of a batch to a block, as row number `row` of the input.
  void read(const ArrowArray& batch, std::int64_t i, std::uint64_t row, ArticleBlock& block) const;

 private:
  /// A column that holds a field.
  struct FieldColumn {
    std::string name;
    std::vector<std::size_t> path;  ///< indices of the children that lead to it
    const ArrowSchema* schema = nullptr;
    std::int8_t rank = 0;
  };
  struct Value {
    const ArrowArray* array = nullptr;
    std::int64_t i = 0;
  };

  void find(const FieldPath& path, FieldColumn& column) const;
  void check(const FieldColumn& column, const ArrowArray& batch) const;
  [[nodiscard]] std::optional<Value> value_at(const FieldColumn& column, const ArrowArray& batch, std::int64_t i) const;
  [[nodiscard]] std::string_view read_text(Role role, const ArrowArray& batch, std::int64_t i, ParsedArticle& parsed,
                                           ArticleBlock& block) const;
  void read_published(const ArrowArray& batch, std::int64_t i, ParsedArticle& parsed) const;

  const ArrowSchema& schema_;
  std::array<std::vector<FieldColumn>, kRoles> columns_;
};

}  // namespace wirecopy::python
