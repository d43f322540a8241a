// Reads articles from Python mappings. A mapping means the same as its line in a JSON feed: the same field names are
// known, the first field that is not empty is used, and numbers are accepted as ids and dates but not as texts.
#pragma once

#include <nanobind/nanobind.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feed/article_parser.hpp"
#include "feed/field_map.hpp"
#include "python/article_block.hpp"

namespace wirecopy::python {

/// The UTF-8 bytes of a str, with lone surrogates replaced by U+FFFD. The block keeps the bytes alive.
[[nodiscard]] std::string_view utf8_of(nb::handle string, ArticleBlock& block);

/// Requires the GIL.
///
/// Common values (strings, numbers, dates, nested mappings) are read directly. Rare ones (texts given as lists, paths
/// through lists) are written as JSON and parsed by the parser of feeds, so that they have the same meaning.
class DictReader {
 public:
  explicit DictReader(const FieldMap& fields);

  /// Adds an article, or the reason why it is rejected, to the block. Throws TypeError for an object that is not a
  /// mapping.
  void read(nb::handle item, std::uint64_t row, ArticleBlock& block);

 private:
  /// The keys that lead to a value.
  struct Path {
    std::vector<nb::str> keys;
    bool has_lists = false;  ///< whether the path may lead through lists
  };
  enum class Found { nothing, value, text_of_other_type, needs_json };

  [[nodiscard]] std::optional<nb::object> follow(nb::handle dict, const Path& path) const;
  Found find(Role role, nb::handle dict, ParsedArticle& parsed, ArticleBlock& block) const;
  Found find_published(nb::handle dict, ParsedArticle& parsed, ArticleBlock& block) const;
  void read_dict(nb::handle dict, std::uint64_t row, ArticleBlock& block);
  void read_as_json(nb::handle dict, std::uint64_t row, ArticleBlock& block);

  std::vector<std::vector<Path>> paths_;  // by role, best first
  nb::list roots_;                        // the first keys of all paths
  ArticleParser parser_;
};

}  // namespace wirecopy::python
