// One pass over the JSON of a line that validates all of it and collects the values at the slots of a field tree. The
// only file that uses simdjson for this is its .cpp.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "feed/field_pieces.hpp"
#include "feed/field_tree.hpp"
#include "feed/reject.hpp"

namespace wirecopy {

class JsonWalk {
 public:
  JsonWalk();
  ~JsonWalk();
  JsonWalk(JsonWalk&&) noexcept;
  JsonWalk& operator=(JsonWalk&&) noexcept;

  /// Validates the line (followed by kBlockPadding readable bytes) and adds the values at the tree's slots to `pieces`,
  /// except empty strings. Strings with escapes are written to the arena, which must have room for line.size() bytes.
  /// Returns nothing if the line is a valid object, otherwise the reason why not.
  [[nodiscard]] std::optional<RejectReason> walk(std::string_view line, const FieldTree& tree, FieldPieces& pieces,
                                                 StringArena& arena);

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
  std::size_t capacity_ = 0;
};

}  // namespace wirecopy
