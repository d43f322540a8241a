// Reads articles as they arrive, for commands that answer each one immediately.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>
#include <wirecopy/article.hpp>

#include "feed/article_parser.hpp"
#include "feed/byte_source.hpp"
#include "feed/feed_counts.hpp"
#include "feed/field_map.hpp"
#include "feed/input.hpp"
#include "feed/reject.hpp"

namespace wirecopy {

/// A line of input: an article that owns its memory, or the reason why the line was rejected.
class LineArticle {
 public:
  LineArticle() = default;
  LineArticle(const LineArticle&) = delete;
  LineArticle& operator=(const LineArticle&) = delete;

  void assign(const Article& article);
  void reject(RejectReason reason) { reason_ = reason; }

  [[nodiscard]] const std::optional<RejectReason>& reason() const { return reason_; }
  [[nodiscard]] const Article& article() const { return article_; }

  std::size_t input = 0;
  std::uint64_t line = 0;  ///< from 1

 private:
  std::optional<RejectReason> reason_;
  std::string bytes_;
  Article article_;
};

/// Reads inputs one after another. next() waits for one line and returns all lines available by then.
class ArticleLines {
 public:
  static constexpr std::size_t kMaxLines = 1000;

  /// After a stop is requested, lines that are already read are still returned.
  ArticleLines(std::vector<Input> inputs, const FieldMap& fields, std::size_t max_line, std::stop_token stop);
  ~ArticleLines();

  /// The next lines, at least one and at most kMaxLines; false at the end. The next call reuses the lines.
  [[nodiscard]] bool next(std::span<const LineArticle>& lines);
  [[nodiscard]] const Input& input(const LineArticle& line) const { return inputs_[line.input]; }
  [[nodiscard]] std::span<const Input> inputs() const { return inputs_; }
  /// Of all lines so far.
  [[nodiscard]] const FeedCounts& counts() const { return counts_; }

 private:
  bool read_more();
  bool open_next();
  void drop_taken();
  std::optional<std::size_t> read_once();
  bool take_line();
  void end_input();
  void add_line(std::string_view line);
  void reject(RejectReason reason, std::string_view line);
  void accept(std::string_view line);
  LineArticle& new_line();

  std::vector<Input> inputs_;
  ArticleParser parser_;
  std::string records_;
  std::size_t max_line_;
  std::atomic<bool> cancelled_{false};
  std::stop_token stop_;
  std::stop_callback<std::function<void()>> on_stop_;
  std::unique_ptr<ByteSource> source_;
  std::size_t next_input_ = 0;
  std::string window_;  // bytes read; those from begin_ on are not yet taken
  std::size_t begin_ = 0;
  std::size_t searched_ = 0;  // there is no newline between begin_ and this position
  bool is_skipping_ = false;  // whether the rest of a line that is too long is being skipped
  bool has_ended_ = false;
  std::uint64_t line_ = 0;
  std::vector<LineArticle> lines_ = std::vector<LineArticle>(kMaxLines);  // never moved: articles view into them
  std::size_t used_ = 0;
  FeedCounts counts_;
};

}  // namespace wirecopy
