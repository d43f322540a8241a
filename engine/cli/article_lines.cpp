#include "cli/article_lines.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>
#include <wirecopy/error.hpp>

#include "feed/block.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kReadBytes = std::size_t{1} << 20;

}  // namespace

void LineArticle::assign(const Article& article) {
  reason_.reset();
  bytes_.clear();
  bytes_.reserve(article.id.size() + article.title.size() + article.text.size() + article.source.size() +
                 article.url.size() + article.language.size());
  const auto own = [this](std::string_view text) {
    bytes_ += text;
    return std::string_view(bytes_).substr(bytes_.size() - text.size());
  };
  article_ = {own(article.id),  own(article.title),    own(article.text), own(article.source),
              own(article.url), own(article.language), article.published};
}

ArticleLines::ArticleLines(std::vector<Input> inputs, const FieldMap& fields, std::size_t max_line,
                           std::stop_token stop)
    : inputs_(std::move(inputs)),
      parser_(fields),
      records_(fields.records()),
      max_line_(max_line),
      stop_(std::move(stop)),
      on_stop_(stop_, [this] { cancelled_ = true; }) {}

ArticleLines::~ArticleLines() = default;

bool ArticleLines::next(std::span<const LineArticle>& lines) {
  used_ = 0;
  while (used_ == 0) {
    while (used_ < kMaxLines && take_line()) {
    }
    if (used_ == 0 && !read_more()) break;
  }
  lines = std::span<const LineArticle>(lines_).first(used_);
  return used_ > 0;
}

/// Takes one line from the window; false if the window holds no complete line.
bool ArticleLines::take_line() {
  const char* const found =
      static_cast<const char*>(std::memchr(window_.data() + searched_, '\n', window_.size() - searched_));
  if (found == nullptr) {
    searched_ = window_.size();
    return false;
  }
  const auto end = static_cast<std::size_t>(found - window_.data());
  add_line(std::string_view(window_).substr(begin_, end - begin_));
  begin_ = searched_ = end + 1;
  return true;
}

bool ArticleLines::read_more() {
  while (!has_ended_ && (source_ || open_next())) {
    drop_taken();
    const std::optional<std::size_t> got = read_once();
    if (!got) return false;
    if (*got > 0) return true;
    end_input();
    if (used_ > 0) return true;
  }
  return false;
}

/// False if there is no further input.
bool ArticleLines::open_next() {
  if (next_input_ == inputs_.size() || cancelled_) return false;
  const Input& input = inputs_[next_input_++];
  if (input.is_stdin()) static_cast<void>(::fcntl(STDIN_FILENO, F_SETPIPE_SZ, kReadBytes));  // fewer, larger reads
  line_ = 0;
  try {
    source_ = ByteSource::open(input, {.cancelled = &cancelled_, .records = records_});
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::cancelled) throw;
  }
  return source_ != nullptr;
}

/// Keeps only the incomplete line in the window, or nothing if that line is already too long.
void ArticleLines::drop_taken() {
  window_.erase(0, begin_);
  searched_ -= begin_;
  begin_ = 0;
  if (window_.size() <= max_line_) return;
  is_skipping_ = true;
  window_.clear();
  searched_ = 0;
}

/// The number of bytes added to the window, 0 at the end of the input; empty if a stop was requested, in which case an
/// incomplete line counts as not read.
std::optional<std::size_t> ArticleLines::read_once() {
  const std::size_t size = window_.size();
  window_.resize(size + kReadBytes);
  try {
    const std::size_t got = source_->read(window_.data() + size, kReadBytes);
    window_.resize(size + got);
    return got;
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::cancelled) throw;
  }
  window_.resize(size);
  has_ended_ = true;
  return std::nullopt;
}

void ArticleLines::end_input() {
  const std::optional<std::string> damage = source_->damage();
  const bool is_damaged = damage.has_value();
  source_.reset();
  if (begin_ < window_.size() && !is_damaged) add_line(std::string_view(window_).substr(begin_));
  if (is_damaged) reject(RejectReason::damaged_input, *damage);
  window_.clear();
  begin_ = searched_ = 0;
  is_skipping_ = false;
}

LineArticle& ArticleLines::new_line() {
  LineArticle& line = lines_[used_++];
  line.input = next_input_ - 1;
  line.line = line_;
  return line;
}

void ArticleLines::add_line(std::string_view line) {
  ++line_;
  if (is_skipping_ || line.size() > max_line_) {
    is_skipping_ = false;
    return reject(RejectReason::line_too_long, {});
  }
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line_ == 1 && line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
  if (is_blank(line)) return;
  // The parser needs readable padding after the line.
  const std::size_t begin = static_cast<std::size_t>(line.data() - window_.data());
  if (window_.capacity() - begin - line.size() < kBlockPadding) {
    window_.reserve(window_.size() + kBlockPadding);
    line = std::string_view(window_).substr(begin, line.size());
  }
  if (!parser_.parse(line)) return reject(parser_.reason(), line);
  accept(line);
}

void ArticleLines::reject(RejectReason reason, std::string_view line) {
  new_line().reject(reason);
  const LinePosition place{static_cast<std::uint32_t>(next_input_ - 1), 0, line_, 0};
  counts_.add_reject({place, reason, std::string(line.size() <= Reject::kShortLine ? line : std::string_view()), {}});
}

void ArticleLines::accept(std::string_view line) {
  const ParsedArticle& parsed = parser_.article();
  new_line().assign(parsed.article);
  counts_.note_first_article(line);
  counts_.usage.add(parsed.used, parsed.text_cut);
  ++counts_.articles;
}

}  // namespace wirecopy
