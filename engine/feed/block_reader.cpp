// Bytes accumulate in a window until they form whole lines. Then the window itself becomes the block, and only the
// unfinished line after them is copied to the next window. So bytes are copied once by the system and hardly ever by
// us.
//
// Only its length makes a line oversized. Lines inside the window are measured only if the lines handed out together
// exceed max_line bytes (otherwise none of them can be oversized). A line that exceeds max_line before its end has been
// read is skipped without being kept.
#include "feed/block_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <wirecopy/error.hpp>

namespace wirecopy {

namespace {

constexpr std::size_t kMinBlockSize = std::size_t{4} << 10;
constexpr std::size_t kMaxBlockSize = std::size_t{64} << 20;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
// A buffer that a long line has made more than this many times larger than a block is freed.
constexpr std::size_t kMaxBufferGrowth = 4;

constexpr std::uint64_t kMaxDerivedId = 4096 + 20;  // a path, a colon and a line number
static_assert(BlockReader::kMaxArticles * kMaxDerivedId < std::uint64_t{1} << 32);

// The size of the lines at the start of `bytes` that form a block: those before the first line longer than `max_line`,
// and at most kMaxArticles. Reads no further than the following line.
std::size_t bytes_of_block(std::string_view bytes, std::size_t max_line) {
  constexpr std::size_t kMinLine = 3;  // "{}" and its newline
  if (bytes.size() <= std::min<std::size_t>(max_line, kMinLine * BlockReader::kMaxArticles)) return bytes.size();
  std::size_t at = 0;
  for (std::uint64_t line = 0; line < BlockReader::kMaxArticles && at < bytes.size(); ++line) {
    const std::size_t length = std::min(bytes.substr(at).find('\n'), bytes.size() - at);
    if (length > max_line) return at;
    at += length + 1;
  }
  return std::min(at, bytes.size());
}

}  // namespace

BlockReader::BlockReader(std::vector<Input> inputs, Options options)
    : inputs_(std::move(inputs)), options_(std::move(options)) {
  check_options();
  if (options_.start) {
    records_ = options_.start->records;
    records_.pop_back();
    for (const InputRecord& record : records_) bytes_read_ += record.size;
  }
  if (!options_.open) {
    options_.open = [this](const Input& input) {
      return ByteSource::open(input, {options_.cancelled, UINT64_MAX, options_.max_window, options_.records});
    };
  }
}

BlockReader::~BlockReader() = default;

void BlockReader::check_block_size(std::size_t size) {
  if (size >= kMinBlockSize && size <= kMaxBlockSize) return;
  throw Error(ErrorKind::usage,
              fmt::format("block size must be {} to {} bytes, not {}", kMinBlockSize, kMaxBlockSize, size));
}

void BlockReader::check_options() const {
  check_block_size(options_.block_size);
  if (options_.max_line == 0) throw Error(ErrorKind::usage, "maximum line length must be 1 byte or more");
}

bool BlockReader::next(Block& block) {
  while (source_ || open_next()) {
    if (next_of_input(block)) return true;
    finish_input();
  }
  return false;
}

FeedPosition BlockReader::position() const {
  if (records_.empty()) return {};
  return {records_.size() - 1, offset_, line_};
}

bool BlockReader::open_next() {
  if (records_.size() == inputs_.size()) return false;
  const Input& input = inputs_[records_.size()];
  source_ = options_.open(input);
  InputRecord& record = records_.emplace_back();
  record.input = input;
  record.identity = source_->identity();
  record.compression = source_->compression();
  record.layout = source_->layout();
  record.records = options_.records;
  if (!record.identity.regular && options_.spool_directory) {
    spool_ = std::make_shared<Spool>(*options_.spool_directory);
    record.spool = spool_;
  }
  source_ended_ = false;
  damage_reported_ = false;
  input_bytes_ = 0;
  begin_ = end_ = 0;
  offset_ = 0;
  line_ = 1;
  skip_byte_order_mark();
  if (options_.start && options_.start->position.input + 1 == records_.size()) resume_at(*options_.start);
  return true;
}

void BlockReader::resume_at(const FeedStart& start) {
  const InputRecord& before = start.records.back();
  const std::string differs = difference(records_.back().identity, before.identity);
  if (!differs.empty()) {
    throw Error(ErrorKind::state, fmt::format("{}: is not the file that it was when the run was stopped: {}",
                                              before.input.name, differs));
  }
  const std::uint64_t offset = start.position.offset;
  while (offset_ < offset && (begin_ != end_ || !source_ended_)) {
    if (begin_ == end_) {
      begin_ = 0;
      end_ = read_some(window_.data(), window_.capacity());
    }
    consume(static_cast<std::size_t>(std::min<std::uint64_t>(end_ - begin_, offset - offset_)), 0);
  }
  if (offset_ != offset) {
    throw Error(ErrorKind::state, before.input.name + ": ends before the position where the run was stopped");
  }
  line_ = start.position.line;
  records_.back().unterminated = before.unterminated;
}

void BlockReader::finish_input() {
  records_.back().size = records_.back().grew ? offset_ : input_bytes_;
  records_.back().damaged = source_->damage().has_value();
  raw_before_ += source_->raw_bytes_read();
  source_.reset();
  spool_.reset();
}

void BlockReader::skip_byte_order_mark() {
  make_window(options_.block_size);
  read_up_to(kByteOrderMark.size());
  if (waiting().starts_with(kByteOrderMark)) consume(kByteOrderMark.size(), 0);
}

void BlockReader::check_cancelled() const {
  if (options_.cancelled != nullptr && options_.cancelled->load(std::memory_order_relaxed)) {
    throw Error(ErrorKind::cancelled, "cancelled while reading");
  }
}

std::size_t BlockReader::read_some(char* to, std::size_t capacity) {
  check_cancelled();
  const std::size_t got = source_->read(to, capacity);
  source_ended_ = got == 0;
  if (source_ended_) records_.back().grew = source_->has_grown();
  if (spool_) spool_->append({to, got});
  input_bytes_ += got;
  bytes_read_.fetch_add(got, std::memory_order_relaxed);
  raw_bytes_read_.store(raw_before_ + source_->raw_bytes_read(), std::memory_order_relaxed);
  return got;
}

// Provides a window of at least `capacity` bytes that begins with the waiting bytes.
void BlockReader::make_window(std::size_t capacity) {
  if (begin_ != 0) {
    std::memmove(window_.data(), window_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  window_.reserve(capacity, end_);
}

// Reads until `target` bytes are waiting or the input ends. The window must have room for them.
void BlockReader::read_up_to(std::size_t target) {
  while (end_ - begin_ < target && !source_ended_) {
    end_ += read_some(window_.data() + end_, std::min(window_.capacity(), begin_ + target) - end_);
  }
}

// The last line of an input needs no newline, unless it may be incomplete.
bool BlockReader::may_end_without_newline() const {
  return source_ended_ && !source_->damage() && !records_.back().grew;
}

// The number of waiting bytes that form whole lines.
std::size_t BlockReader::whole_lines() const {
  const std::string_view bytes = waiting();
  if (may_end_without_newline()) return bytes.size();
  const std::size_t last = bytes.rfind('\n');
  return last == std::string_view::npos ? 0 : last + 1;
}

bool BlockReader::next_of_input(Block& block) {
  std::size_t target = options_.block_size;
  for (;;) {
    // Bytes that are already read come first: the window is refilled only when it contains no whole line.
    std::size_t size = begin_ == 0 ? 0 : whole_lines();
    if (size == 0) {
      make_window(target);
      read_up_to(target);
      size = whole_lines();
    }
    const std::size_t good = bytes_of_block(waiting().substr(0, size), options_.max_line);
    if (good != 0) return hand_out_lines(block, good), true;
    if (size != 0) return hand_out_oversized(block, std::min(waiting().find('\n'), size)), true;
    if (!source_ended_ && end_ - begin_ > options_.max_line) return skip_oversized(block), true;
    if (source_ended_) {
      if (!source_->damage() || damage_reported_) return false;
      return hand_out_unfinished(block), true;
    }
    target = std::max(target + 1, std::min(2 * target, options_.max_line + 1));
  }
}

void BlockReader::begin(Block& block, Block::Kind kind) const {
  block.kind = kind;
  block.input = static_cast<std::uint32_t>(records_.size() - 1);
  block.offset = offset_;
  block.first_line = line_;
  block.line_count = 1;
  block.message.clear();
}

void BlockReader::consume(std::size_t size, std::uint64_t lines) {
  begin_ += size;
  offset_ += size;
  line_ += lines;
}

void BlockReader::hand_out_lines(Block& block, std::size_t size) {
  begin(block, Block::Kind::lines);
  const std::string_view lines = waiting().substr(0, size);
  const bool terminated = lines.ends_with('\n');
  block.line_count = count_newlines(lines.data(), size) + (terminated ? 0 : 1);
  block.length = size;
  if (!terminated) records_.back().unterminated = true;
  if (block.buffer.capacity() > kMaxBufferGrowth * options_.block_size) block.buffer.release();

  const std::size_t rest = waiting().size() - size;
  if (rest <= size) {  // the window becomes the block
    block.buffer.reserve(std::max(rest, options_.block_size), 0);
    std::memcpy(block.buffer.data(), lines.data() + size, rest);
    std::swap(block.buffer, window_);
    block.bytes = lines;
    consume(size, block.line_count);
    begin_ = 0;
    end_ = rest;
  } else {
    block.buffer.reserve(size, 0);
    std::memcpy(block.buffer.data(), lines.data(), size);
    block.bytes = {block.buffer.data(), size};
    consume(size, block.line_count);
  }
  block.buffer.zero_padding(static_cast<std::size_t>(block.bytes.data() - block.buffer.data()) + size);
}

void BlockReader::keep_excerpt(Block& block, std::string_view line) const {
  const std::size_t kept = std::min(line.size(), Block::kExcerpt);
  block.buffer.reserve(Block::kExcerpt, 0);
  std::copy_n(line.data(), kept, block.buffer.data());
  block.buffer.zero_padding(kept);
  block.bytes = {block.buffer.data(), kept};
}

// An oversized line that is completely in the window.
void BlockReader::hand_out_oversized(Block& block, std::size_t length) {
  begin(block, Block::Kind::oversized_line);
  block.length = length;
  keep_excerpt(block, waiting().substr(0, length));
  const bool terminated = length < waiting().size();
  if (!terminated) records_.back().unterminated = true;
  consume(length + (terminated ? 1 : 0), 1);
}

// The compressed stream is damaged; the waiting bytes are the beginning of a line, or empty.
void BlockReader::hand_out_unfinished(Block& block) {
  begin(block, Block::Kind::damage);
  block.length = waiting().size();
  block.message = *source_->damage();
  keep_excerpt(block, waiting());
  if (!waiting().empty()) records_.back().unterminated = true;
  damage_reported_ = true;
  consume(waiting().size(), 1);
}

// A line that is too long before its end has been read: the rest is read and discarded.
void BlockReader::skip_oversized(Block& block) {
  begin(block, Block::Kind::oversized_line);
  keep_excerpt(block, waiting());
  std::size_t newline = std::string_view::npos;
  block.length = waiting().size();
  consume(waiting().size(), 0);
  while (newline == std::string_view::npos && !source_ended_) {
    begin_ = 0;
    end_ = read_some(window_.data(), window_.capacity());
    newline = waiting().find('\n');
    const std::size_t part = std::min(newline, waiting().size());
    block.length += part;
    consume(part, 0);
  }
  if (newline != std::string_view::npos) return consume(1, 1);
  records_.back().unterminated = true;
  ++line_;
  if (source_->damage()) {
    block.kind = Block::Kind::damage;
    block.message = *source_->damage();
    damage_reported_ = true;
  }
}

}  // namespace wirecopy
