// Which fields of a feed's objects are the article's id, title, text...
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy {

/// What a field is to wirecopy.
enum class Role : std::uint8_t { id, title, text, source, url, published, language };
inline constexpr std::size_t kRoles = 7;
inline constexpr std::array<Role, kRoles> kAllRoles{Role::id,  Role::title,     Role::text,    Role::source,
                                                    Role::url, Role::published, Role::language};

/// "id", "title", "text", "source", "url", "published", "language".
[[nodiscard]] std::string_view name(Role role);

/// One step into a JSON value.
struct PathStep {
  enum class Kind {
    key,  ///< the member `key` of an object; of a list, when `key` is a number without sign, the element of that index
    elements  ///< every element of a list
  };
  Kind kind = Kind::key;
  std::string key;
  friend bool operator==(const PathStep&, const PathStep&) = default;
};

/// A place where a role may be found, such as "maintext" or "source/name".
struct FieldPath {
  std::string name;  ///< as it is shown: "maintext", "source.name", "/a/b/0", "bodies[].value"
  std::vector<PathStep> steps;
};

/// Reads a path: a JSON pointer (RFC 6901, begins with '/'; "/a/b/0"), or names joined by dots, "[]" behind a name
/// meaning every element ("source.name", "bodies[].value"). Throws Error(usage) for an empty path, an empty name
/// between dots, a '~' without 0 or 1 behind it.
[[nodiscard]] FieldPath parse_field_path(std::string_view text);

/// For each role, where to look, best first. The first place that holds something not empty wins, article by article.
class FieldMap {
 public:
  /// The names that feeds are known to use.
  FieldMap();
  static constexpr std::size_t kMaxCandidates = 32;

  /// Looks for a role in one place only. Throws Error(usage) as parse_field_path() does.
  void set(Role role, std::string_view path);
  [[nodiscard]] const std::vector<FieldPath>& candidates(Role role) const {
    return candidates_[static_cast<std::size_t>(role)];
  }

 private:
  std::array<std::vector<FieldPath>, kRoles> candidates_;
};

/// Which fields were really used, over any number of articles. One a thread, merged at the end; the result does not
/// depend on the order.
class FieldUsage {
 public:
  static constexpr std::int8_t kNone = -1;   ///< the role was not found
  static constexpr std::int8_t kOther = -2;  ///< it was derived from another role's field (a source from the url)

  /// Counts one article: for each role the index of the candidate used, kNone or kOther.
  void add(const std::array<std::int8_t, kRoles>& used, bool text_cut);
  void merge(const FieldUsage& other);

  [[nodiscard]] std::uint64_t articles() const { return articles_; }
  [[nodiscard]] std::uint64_t count(Role role, std::size_t candidate) const {
    return counts_[static_cast<std::size_t>(role)][candidate];
  }
  /// One line: "text <- maintext, title <- headline (90) or name (10), source <- host of url". Roles never found are
  /// left out; counts are shown where several places were used or some articles had none.
  [[nodiscard]] std::string describe(const FieldMap& map) const;
  /// What the user should know: text taken from descriptions, texts cut by their provider, no text at all. One line
  /// each.
  [[nodiscard]] std::vector<std::string> warnings(const FieldMap& map) const;

 private:
  std::array<std::array<std::uint64_t, FieldMap::kMaxCandidates>, kRoles> counts_{};
  std::array<std::uint64_t, kRoles> derived_{};
  std::uint64_t articles_ = 0;
  std::uint64_t cut_texts_ = 0;
};

}  // namespace wirecopy
