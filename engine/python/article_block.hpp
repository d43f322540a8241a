// A block of articles on their way from Python into the engine, and what keeps their bytes alive.
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

/// Filled by readers of dicts or Arrow batches, then used without the GIL. Cleared and destroyed with it.
struct ArticleBlock {
  /// Blocks of about this many articles and bytes go to the engine: enough for all threads, and quick to interrupt.
  static constexpr std::size_t kFullArticles = 1024, kFullBytes = std::size_t{8} << 20;

  std::vector<Article> articles;
  std::vector<std::uint64_t> rows;  ///< numbers of the articles in the input
  std::vector<std::pair<std::uint64_t, RejectReason>> rejects;
  FieldUsage usage;
  std::size_t bytes = 0;  ///< of the articles

  [[nodiscard]] bool is_full(std::size_t articles_wanted = kFullArticles) const {
    return articles.size() + rejects.size() >= articles_wanted || bytes >= kFullBytes;
  }
  void clear();

  /// Takes an article whose views live as long as the block: sets what follows from its other fields, or rejects it for
  /// its size.
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
