// A block of articles that passes from Python to the engine, with the owners of their memory.
#pragma once

#include <nanobind/nanobind.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include <wirecopy/article.hpp>

#include "feed/article_parser.hpp"
#include "feed/field_map.hpp"
#include "feed/reject.hpp"

namespace wirecopy::python {

namespace nb = nanobind;

/// Filled by the readers of dicts or Arrow batches, then used without the GIL. Must be cleared and destroyed with the
/// GIL.
struct ArticleBlock {
  /// A block is full at this many articles or bytes: enough work for all threads, but quick to interrupt.
  static constexpr std::size_t kFullArticles = 1024, kFullBytes = std::size_t{8} << 20;

  std::vector<Article> articles;
  std::vector<std::uint64_t> rows;  ///< row numbers of the articles in the input
  std::vector<std::pair<std::uint64_t, RejectReason>> rejects;
  FieldUsage usage;
  std::size_t bytes = 0;  ///< of the articles

  [[nodiscard]] bool is_full(std::size_t max_articles = kFullArticles) const {
    return articles.size() + rejects.size() >= max_articles || bytes >= kFullBytes;
  }
  void clear();

  /// Adds an article whose views are valid as long as the block. Derives missing fields from the others. Rejects an
  /// article that is too large.
  void add(ParsedArticle parsed, std::uint64_t row);
  void reject(std::uint64_t row, RejectReason reason) { rejects.emplace_back(row, reason); }

  /// Keeps a string until the block is cleared.
  std::string_view keep(std::string text) { return strings_.emplace_back(std::move(text)); }
  void keep(nb::object object) { objects_.push_back(std::move(object)); }

 private:
  std::deque<std::string> strings_;
  std::vector<nb::object> objects_;
};

}  // namespace wirecopy::python
