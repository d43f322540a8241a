// One pass over a line's JSON that checks all of it and collects what stands at the slots of a field tree. The only
// file that knows simdjson is its .cpp.
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

  /// Checks the line (kBlockPadding readable bytes follow it) and adds to `pieces` what it holds at the tree's slots;
  /// empty strings are not added. Strings with escapes are written to the arena, which has room for line.size() bytes.
  /// Nothing: the line is a valid object; otherwise why it is none.
  [[nodiscard]] std::optional<RejectReason> walk(std::string_view line, const FieldTree& tree, FieldPieces& pieces,
                                                 StringArena& arena);

 private:
  class Parser;
  std::unique_ptr<Parser> parser_;
  std::size_t capacity_ = 0;
};

}  // namespace wirecopy
