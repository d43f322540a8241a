#include "feed/article_parser.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <memory>
#include <span>

#include "feed/date.hpp"
#include "feed/derived_fields.hpp"
#include "feed/field_pieces.hpp"
#include "feed/field_tree.hpp"
#include "feed/json_walk.hpp"
#include "feed/language.hpp"

namespace wirecopy {

namespace {

// The candidates of each role that a line contains, as a bit set by rank.
struct Found {
  std::array<std::uint32_t, kRoles> strings{};
  std::array<std::uint32_t, kRoles> numbers{};
  bool unusable_text = false;

  Found(const FieldTree& tree, const FieldPieces& pieces) {
    for (const FieldTree::SlotId slot : pieces.used()) {
      const Kinds kinds(pieces.at(slot));
      for (const FieldTree::Use& use : tree.uses(slot)) {
        const auto role = static_cast<std::size_t>(use.role);
        strings[role] |= std::uint32_t{kinds.string} << use.rank;
        numbers[role] |= std::uint32_t{kinds.number} << use.rank;
        unusable_text |= kinds.unusable && use.role == Role::text;
      }
    }
  }

 private:
  // The kinds of pieces at one slot.
  struct Kinds {
    bool string = false, number = false, unusable = false;

    explicit Kinds(std::span<const Piece> pieces) {
      for (const Piece& piece : pieces) {
        string |= piece.kind == Piece::Kind::string;
        number |= piece.kind == Piece::Kind::number;
        unusable |= piece.kind == Piece::Kind::unusable;
      }
    }
  };
};

bool is_too_long(const Article& article) {
  return std::ranges::any_of(std::array{article.id, article.title, article.text, article.source, article.url},
                             [](std::string_view string) { return string.size() > kMaxTextBytes; });
}

}  // namespace

class ArticleParser::Impl {
 public:
  explicit Impl(const FieldMap& map) : tree_(map), pieces_(tree_) {}

  bool parse(std::string_view line) {
    pieces_.start_article();
    // Room for its strings once, joined once per use of a field, and two hosts.
    arena_.start((tree_.max_uses() + 3) * line.size());
    if (const auto refused = walk_.walk(line, tree_, pieces_, arena_)) return refuse(*refused);
    const Found found(tree_, pieces_);
    const auto text = static_cast<std::size_t>(Role::text);
    if (found.strings[text] == 0 && found.unusable_text) return refuse(RejectReason::text_type);
    fill(found);
    return is_too_long(parsed.article) ? refuse(RejectReason::line_too_long) : true;
  }

  ParsedArticle parsed;
  RejectReason reason = RejectReason::not_json;

 private:
  bool refuse(RejectReason why) {
    reason = why;
    return false;
  }

  void fill(const Found& found) {
    parsed.used.fill(FieldUsage::kNone);
    Article& article = parsed.article;
    article.title = string_of(Role::title, found.strings);
    article.text = string_of(Role::text, found.strings);
    article.url = string_of(Role::url, found.strings);
    article.source = string_of(Role::source, found.strings);
    article.id = id_of(found);
    arena_.finish(derive_fields(parsed, arena_.next()));
    char(&code)[4] = language_;
    article.language = language_code(string_of(Role::language, found.strings), code);
    fill_published(found);
    parsed.text_cut = ends_cut(article.text);
  }

  std::string_view id_of(const Found& found) {
    const auto role = static_cast<std::size_t>(Role::id);
    std::array<std::uint32_t, kRoles> any{};
    any[role] = found.strings[role] | found.numbers[role];
    return string_of(Role::id, any);
  }

  // Uses the best candidate that is a date.
  void fill_published(const Found& found) {
    const auto role = static_cast<std::size_t>(Role::published);
    parsed.article.published.reset();
    for (std::uint32_t left = found.strings[role] | found.numbers[role]; left != 0; left &= left - 1) {
      const int rank = std::countr_zero(left);
      parsed.article.published = parse_date(joined(tree_.slot_of(Role::published, static_cast<std::size_t>(rank))));
      if (!parsed.article.published) continue;
      parsed.used[role] = static_cast<std::int8_t>(rank);
      return;
    }
  }

  std::string_view string_of(Role role, const std::array<std::uint32_t, kRoles>& ranks) {
    const std::uint32_t mask = ranks[static_cast<std::size_t>(role)];
    if (mask == 0) return {};
    const int rank = std::countr_zero(mask);
    parsed.used[static_cast<std::size_t>(role)] = static_cast<std::int8_t>(rank);
    return joined(tree_.slot_of(role, static_cast<std::size_t>(rank)));
  }

  // The usable pieces of a slot (at least one), joined by newlines. A single piece is not copied.
  std::string_view joined(FieldTree::SlotId slot) {
    const std::span<const Piece> pieces = pieces_.at(slot);
    const auto is_usable = [](const Piece& piece) { return piece.kind != Piece::Kind::unusable; };
    const auto first = std::find_if(pieces.begin(), pieces.end(), is_usable);
    auto next = std::find_if(first + 1, pieces.end(), is_usable);
    if (next == pieces.end()) return first->text;
    char* to = std::copy(first->text.begin(), first->text.end(), arena_.next());
    for (; next != pieces.end(); next = std::find_if(next + 1, pieces.end(), is_usable)) {
      *to++ = '\n';
      to = std::copy(next->text.begin(), next->text.end(), to);
    }
    return arena_.finish(to);
  }

  FieldTree tree_;
  FieldPieces pieces_;
  JsonWalk walk_;
  StringArena arena_;
  char language_[4] = {};
};

ArticleParser::ArticleParser(const FieldMap& map) : impl_(std::make_unique<Impl>(map)) {}
ArticleParser::~ArticleParser() = default;
ArticleParser::ArticleParser(ArticleParser&&) noexcept = default;
ArticleParser& ArticleParser::operator=(ArticleParser&&) noexcept = default;

bool ArticleParser::parse(std::string_view line) { return impl_->parse(line); }
const ParsedArticle& ArticleParser::article() const { return impl_->parsed; }
RejectReason ArticleParser::reason() const { return impl_->reason; }

}  // namespace wirecopy
