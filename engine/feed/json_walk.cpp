// simdjson finds the structure of a line at memory speed, and checks its UTF-8 and that strings are closed and free of
// control characters. Its On-Demand interface checks the rest of the grammar only for values that are read, which would
// accept {"text":"ok","z":[1,,nope]}. So every value is visited here: containers by On-Demand's own iteration (commas,
// colons, brackets), scalars by their raw token and the rules in json_text.hpp. A token ends where the next structural
// character begins, so nothing can hide between two values. After the object the parser must be exactly at the end of
// the line. Only strings that are needed are unescaped.
//
// Cost: one visit per value, one memchr per string; linear in the line, whatever it contains.
#include "feed/json_walk.hpp"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <new>

#include "feed/block.hpp"
#include "feed/json_text.hpp"

namespace wirecopy {

static_assert(kBlockPadding >= simdjson::SIMDJSON_PADDING);

class JsonWalk::Parser {
 public:
  simdjson::ondemand::parser json;
};

namespace {

namespace od = simdjson::ondemand;
using NodeId = FieldTree::NodeId;
constexpr NodeId kNone = FieldTree::kNone;

// Parsers keep room for lines of up to this size. A longer line gets a parser of its own, so that a single giant line
// does not cost every thread six times its size for the rest of the run.
constexpr std::size_t kKeptCapacity = std::size_t{4} << 20;
constexpr std::size_t kFirstCapacity = std::size_t{64} << 10;

constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

RejectReason reason_of(simdjson::error_code error) {
  switch (error) {
    case simdjson::MEMALLOC:
    case simdjson::CAPACITY:
      throw std::bad_alloc();
    case simdjson::UTF8_ERROR:
      return RejectReason::bad_utf8;
    case simdjson::UNESCAPED_CHARS:
      return RejectReason::control_character;
    case simdjson::UNCLOSED_STRING:
      return RejectReason::unfinished;
    default:
      return RejectReason::not_json;
  }
}

// A line whose last token is not '}': does the object end before it, or not at all? (Strings are closed: stage 1 has
// checked that.)
RejectReason why_no_closing_brace(std::string_view line) {
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const char c = line[at];
    if (c == '\\') {
      ++at;
    } else if (c == '"') {
      in_string = !in_string;
    } else if (!in_string && (c == '{' || c == '[')) {
      ++depth;
    } else if (!in_string && (c == '}' || c == ']') && --depth == 0) {
      return RejectReason::trailing_content;
    }
  }
  return RejectReason::unfinished;
}

// A line that does not begin with '{'. This only affects the reported reason, so it does not parse.
RejectReason why_no_object(std::string_view line) {
  const char c = line.front();
  const bool json_like =
      c == '[' || c == '"' || line == "null" || line == "true" || line == "false" || is_json_number(line);
  return json_like ? RejectReason::not_an_object : RejectReason::not_json;
}

class Walker {
 public:
  Walker(std::string_view line, const FieldTree& tree, FieldPieces& pieces, StringArena& arena)
      : end_(line.data() + line.size()), tree_(tree), pieces_(pieces), arena_(arena) {}

  bool object(od::object object, NodeId node, int depth) {
    if (depth > kMaxDepth) return fail(RejectReason::too_deep);
    for (auto result : object) {
      if (result.error()) return fail(reason_of(result.error()));
      od::field& field = result.value_unsafe();
      std::string_view key;
      if (!read_key(field.key().raw(), node != kNone, key)) return false;
      const NodeId below = node == kNone ? kNone : tree_.child(node, key);
      if (below != kNone) pieces_.enter(tree_, below);
      if (!value(field.value(), below, depth)) return false;
    }
    return true;
  }

  [[nodiscard]] RejectReason reason() const { return reason_; }

 private:
  bool fail(RejectReason reason) {
    reason_ = reason;
    return false;
  }

  // The key that begins at `raw`. Its closing quote exists: stage 1 has checked that. Escaped keys are rare.
  bool read_key(const char* raw, bool is_needed, std::string_view& key) {
    const char* at = raw;
    bool escaped = false;
    for (; *at != '"'; ++at) {
      if (*at != '\\') continue;
      escaped = true;
      ++at;
    }
    key = {raw, static_cast<std::size_t>(at - raw)};
    if (!escaped) return true;
    return is_needed ? unescape_view(key) : escapes_are_valid(key) || fail(RejectReason::bad_escape);
  }

  // Replaces the raw content of a string by its unescaped content.
  bool unescape_view(std::string_view& raw) {
    char* const end = unescape(raw, arena_.next());
    if (end == nullptr) return fail(RejectReason::bad_escape);
    raw = arena_.finish(end);
    return true;
  }

  bool value(od::value value, NodeId node, int depth) {
    const std::string_view token = token_of(value);
    switch (token.empty() ? '\0' : token.front()) {
      case '"':
        return string(value, token, slot_of(node));
      case '{':
        return inner_object(value, node, depth + 1);
      case '[':
        return inner_array(value, node, depth + 1);
      case 't':
        return literal(token, "true", node);
      case 'f':
        return literal(token, "false", node);
      case 'n':
        return token == "null" || fail(RejectReason::not_json);
      default:
        return number(token, node);
    }
  }

  FieldTree::SlotId slot_of(NodeId node) const { return node == kNone ? kNone : tree_.slot(node); }
  bool is_text(FieldTree::SlotId slot) const { return slot != kNone && tree_.is_text(slot); }
  void unusable(FieldTree::SlotId slot) {
    if (is_text(slot)) pieces_.add(slot, Piece::Kind::unusable, {});
  }

  std::string_view token_of(od::value& value) const {
    std::string_view token = value.raw_json_token();
    if (token.data() >= end_) return {};
    token = token.substr(0, static_cast<std::size_t>(end_ - token.data()));
    while (!token.empty() && is_space(token.back())) token.remove_suffix(1);
    return token;
  }

  bool string(od::value& value, std::string_view token, FieldTree::SlotId slot) {
    if (value.get_raw_json_string().error() || token.size() < 2 || token.back() != '"') {
      return fail(RejectReason::not_json);
    }
    std::string_view text = token.substr(1, token.size() - 2);
    const bool escaped = text.find('\\') != std::string_view::npos;
    if (slot == kNone || text.empty()) {
      return !escaped || escapes_are_valid(text) || fail(RejectReason::bad_escape);
    }
    if (escaped && !unescape_view(text)) return false;
    pieces_.add(slot, Piece::Kind::string, text);
    return true;
  }

  bool number(std::string_view token, NodeId node) {
    if (!is_json_number(token)) {
      const bool resembles_number =
          !token.empty() && (std::string_view("-+.0123456789NI").find(token.front()) != std::string_view::npos);
      return fail(resembles_number ? RejectReason::bad_number : RejectReason::not_json);
    }
    const FieldTree::SlotId slot = slot_of(node);
    if (slot != kNone) pieces_.add(slot, is_text(slot) ? Piece::Kind::unusable : Piece::Kind::number, token);
    return true;
  }

  bool literal(std::string_view token, std::string_view expected, NodeId node) {
    if (token != expected) return fail(RejectReason::not_json);
    unusable(slot_of(node));
    return true;
  }

  bool inner_object(od::value& value, NodeId node, int depth) {
    od::object inner;
    if (const auto error = value.get_object().get(inner)) return fail(reason_of(error));
    if (node != kNone && !tree_.has_children(node)) unusable(slot_of(node));
    return object(inner, node, depth);
  }

  bool inner_array(od::value& value, NodeId node, int depth) {
    if (depth > kMaxDepth) return fail(RejectReason::too_deep);
    od::array array;
    if (const auto error = value.get_array().get(array)) return fail(reason_of(error));
    const FieldTree::SlotId slot = slot_of(node);
    if (is_text(slot)) return text_list(array, slot, depth);
    if (node != kNone && tree_.elements(node) != kNone) return every_element(array, tree_.elements(node), depth);
    return indexed_elements(array, node, depth);
  }

  bool every_element(od::array& array, NodeId node, int depth) {
    const FieldPieces::Slots slots = tree_.slots_below(node);
    for (auto element : array) {
      if (element.error()) return fail(reason_of(element.error()));
      pieces_.begin_element(slots);
      if (!value(element.value_unsafe(), node, depth)) return false;
      pieces_.end_element(slots);
    }
    return true;
  }

  bool indexed_elements(od::array& array, NodeId node, int depth) {
    const bool is_needed = node != kNone && tree_.has_children(node);
    std::size_t index = 0;
    for (auto element : array) {
      if (element.error()) return fail(reason_of(element.error()));
      const NodeId below = is_needed ? child_at(node, index++) : kNone;
      if (!value(element.value_unsafe(), below, depth)) return false;
    }
    return true;
  }

  NodeId child_at(NodeId node, std::size_t index) const {
    char digits[20];
    const auto written = std::to_chars(digits, digits + sizeof digits, index);
    return tree_.child(node, {digits, static_cast<std::size_t>(written.ptr - digits)});
  }

  // A text given as a list: strings, or objects with a string "text" or "value"; nulls are skipped. One element of any
  // other kind makes the whole list unusable.
  bool text_list(od::array& array, FieldTree::SlotId slot, int depth) {
    const std::size_t before = pieces_.at(slot).size();
    bool usable = true;
    for (auto element : array) {
      if (element.error()) return fail(reason_of(element.error()));
      od::value item = element.value_unsafe();
      const std::string_view token = token_of(item);
      const char kind = token.empty() ? '\0' : token.front();
      if (kind == '{') {
        if (!text_object(item, slot, depth + 1, usable)) return false;
      } else {
        if (!(kind == '"' ? string(item, token, slot) : value(item, kNone, depth))) return false;
        usable = usable && (kind == '"' || kind == 'n');
      }
    }
    if (!usable) {
      pieces_.cut(slot, before);
      unusable(slot);
    }
    return true;
  }

  // The first member named "text" or "value" that is a string counts.
  bool text_object(od::value& item, FieldTree::SlotId slot, int depth, bool& usable) {
    if (depth > kMaxDepth) return fail(RejectReason::too_deep);
    od::object inner;
    if (const auto error = item.get_object().get(inner)) return fail(reason_of(error));
    bool found = false;
    for (auto result : inner) {
      if (result.error()) return fail(reason_of(result.error()));
      od::field& field = result.value_unsafe();
      std::string_view key;
      if (!read_key(field.key().raw(), true, key)) return false;
      od::value member = field.value();
      const bool is_text_member = !found && (key == "text" || key == "value");
      const std::string_view token = token_of(member);
      if (is_text_member && token.starts_with('"')) {
        found = true;
        if (!string(member, token, slot)) return false;
      } else if (!value(member, kNone, depth)) {
        return false;
      }
    }
    usable = usable && found;
    return true;
  }

  const char* end_;
  const FieldTree& tree_;
  FieldPieces& pieces_;
  StringArena& arena_;
  RejectReason reason_ = RejectReason::not_json;
};

}  // namespace

JsonWalk::JsonWalk() : parser_(std::make_unique<Parser>()) {}
JsonWalk::~JsonWalk() = default;
JsonWalk::JsonWalk(JsonWalk&&) noexcept = default;
JsonWalk& JsonWalk::operator=(JsonWalk&&) noexcept = default;

std::optional<RejectReason> JsonWalk::walk(std::string_view line, const FieldTree& tree, FieldPieces& pieces,
                                           StringArena& arena) {
  while (!line.empty() && is_space(line.front())) line.remove_prefix(1);
  while (!line.empty() && is_space(line.back())) line.remove_suffix(1);
  if (line.empty()) return RejectReason::not_json;
  if (line.front() != '{') return why_no_object(line);

  if (line.size() > capacity_ || (capacity_ > kKeptCapacity && line.size() <= kKeptCapacity)) {
    parser_ = std::make_unique<Parser>();
    const std::size_t kept = std::min(std::max(line.size() * 2, kFirstCapacity), kKeptCapacity);
    capacity_ = std::max(line.size(), kept);
    if (const auto error = parser_->json.allocate(capacity_)) return reason_of(error);
  }

  od::document document;
  if (const auto error = parser_->json.iterate(line, line.size() + kBlockPadding).get(document))
    return reason_of(error);
  od::object object;
  if (const auto error = document.get_object().get(object)) {
    return error == simdjson::INCOMPLETE_ARRAY_OR_OBJECT ? why_no_closing_brace(line) : reason_of(error);
  }
  Walker walker(line, tree, pieces, arena);
  if (!walker.object(object, FieldTree::kRoot, 1)) return walker.reason();
  if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) return RejectReason::trailing_content;
  return std::nullopt;
}

}  // namespace wirecopy
