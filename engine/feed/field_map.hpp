// Maps the fields of a feed's objects to roles: id, title, text...
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy {

/// The meaning of a field.
enum class Role : std::uint8_t { id, title, text, source, url, published, language };
inline constexpr std::size_t kRoles = 7;
inline constexpr std::array<Role, kRoles> kAllRoles{Role::id,  Role::title,     Role::text,    Role::source,
                                                    Role::url, Role::published, Role::language};

/// "id", "title", "text", "source", "url", "published", "language".
[[nodiscard]] std::string_view name(Role role);

/// One step into a JSON value.
struct PathStep {
  enum class Kind {
    key,  ///< the member `key` of an object; in a list, if `key` is a number without sign, the element at that index
    elements,  ///< every element of a list
  };
  Kind kind = Kind::key;
  std::string key;
  friend bool operator==(const PathStep&, const PathStep&) = default;
};

/// The path of a field that may contain a role, such as "maintext" or "source/name".
struct FieldPath {
  std::string name;  ///< as displayed: "maintext", "source.name", "/a/b/0", "bodies[].value"
  std::vector<PathStep> steps;
};

/// The keys of a JSON pointer (RFC 6901); none for the empty one. Throws Error(usage).
[[nodiscard]] std::vector<std::string> keys_of_pointer(std::string_view pointer);

/// Parses a path: a JSON pointer (RFC 6901, begins with '/'; "/a/b/0"), or names joined by dots, where "[]" after a
/// name means every element ("source.name", "bodies[].value"). Throws Error(usage) for an empty path, an empty name
/// between dots, or a '~' that is not followed by 0 or 1.
[[nodiscard]] FieldPath parse_field_path(std::string_view text);

/// For each role, the candidate fields in order of preference. In each article the first one that is not empty is used.
class FieldMap {
 public:
  /// The known field names.
  FieldMap();
  static constexpr std::size_t kMaxCandidates = 32;

  /// Uses only the field `path` for a role. Throws Error(usage) as parse_field_path() does.
  void set(Role role, std::string_view path);
  [[nodiscard]] const std::vector<FieldPath>& candidates(Role role) const {
    return candidates_[static_cast<std::size_t>(role)];
  }

  /// Where the array of articles is in a document, as a JSON pointer ("/response/docs"); empty: the document is the
  /// array, or each line is an article. Throws Error(usage) for what is not a pointer.
  void set_records(std::string_view pointer);
  [[nodiscard]] const std::string& records() const { return records_; }

 private:
  std::array<std::vector<FieldPath>, kRoles> candidates_;
  std::string records_;
};

/// Counts which fields were used, over any number of articles. One per thread, merged at the end; the result does not
/// depend on the order.
class FieldUsage {
 public:
  static constexpr std::int8_t kNone = -1;   ///< the role was not found
  static constexpr std::int8_t kOther = -2;  ///< derived from the field of another role (a source from the url)

  /// Counts one article: for each role the index of the candidate used, kNone or kOther.
  void add(const std::array<std::int8_t, kRoles>& used, bool text_cut);
  void merge(const FieldUsage& other);

  [[nodiscard]] std::uint64_t articles() const { return articles_; }
  [[nodiscard]] std::uint64_t count(Role role, std::size_t candidate) const {
    return counts_[static_cast<std::size_t>(role)][candidate];
  }
  /// Whether any article had this role.
  [[nodiscard]] bool has_any(Role role, const FieldMap& map) const;
  /// One line: "text <- maintext, title <- headline (90) or name (10), source <- host of url". Roles that were never
  /// found are omitted; counts are shown if several fields were used or some articles had none.
  [[nodiscard]] std::string describe(const FieldMap& map) const;
  /// Warnings for the user, one line each: text taken from descriptions, texts truncated by their provider, no text at
  /// all.
  [[nodiscard]] std::vector<std::string> warnings(const FieldMap& map) const;

 private:
  std::array<std::array<std::uint64_t, FieldMap::kMaxCandidates>, kRoles> counts_{};
  std::array<std::uint64_t, kRoles> derived_{};
  std::uint64_t articles_ = 0;
  std::uint64_t cut_texts_ = 0;
};

}  // namespace wirecopy
