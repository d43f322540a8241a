// Articles out of Python's mappings. A mapping says what its line in a JSON feed would say: the same names are known,
// the first that holds something wins, numbers are ids and dates but no texts.
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

/// The bytes of a str, kept by the block; lone surrogates are U+FFFD. Without a copy where Python has them as UTF-8.
[[nodiscard]] std::string_view utf8_of(nb::handle string, ArticleBlock& block);

/// Used with the GIL only.
///
/// What most mappings hold (strings, numbers, dates, mappings in mappings) is read where it stands. What is rare (texts
/// as lists, paths through lists) is written as JSON and goes through the parser of feeds, so that it means the same.
class DictReader {
 public:
  explicit DictReader(const FieldMap& fields);

  /// Adds an article, or the reason why it is none, to the block. Throws TypeError for what is no mapping.
  void read(nb::handle item, std::uint64_t row, ArticleBlock& block);

 private:
  /// The keys that lead to a value.
  struct Path {
    std::vector<nb::str> keys;
    bool has_lists = false;  ///< it may lead through lists
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
