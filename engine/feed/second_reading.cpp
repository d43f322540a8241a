#include "feed/second_reading.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <wirecopy/error.hpp>

#include "base/file_descriptor.hpp"
#include "feed/line_digest.hpp"

namespace wirecopy {

namespace {

constexpr std::size_t kWindow = std::size_t{256} << 10;

}  // namespace

// The second reading of one input.
class LineCopier::Reading {
 public:
  explicit Reading(const InputRecord& record) : record_(record) {}
  virtual ~Reading() = default;

  /// The bytes that are now at the position of a line; fewer than its length if the input has become too short. Lines
  /// must be requested in ascending order. Valid until the next call.
  virtual std::string_view bytes_of(const LinePosition& position) = 0;
  /// Throws if the input does not end as it did before.
  virtual void check_end() {}
  /// Why the input ended early, if known.
  [[nodiscard]] virtual std::string damage() const { return {}; }

 protected:
  [[nodiscard]] const std::string& name() const { return record_.input.name; }
  [[nodiscard]] std::uint64_t window_end() const { return window_begin_ + window_size_; }
  [[nodiscard]] std::string_view in_window(const LinePosition& position) const {
    return std::string_view(window_.data(), window_size_)
        .substr(position.offset - window_begin_)
        .substr(0, position.length);
  }

  const InputRecord& record_;
  BlockBuffer window_;  // the most recently read bytes of the input
  std::uint64_t window_begin_ = 0;
  std::size_t window_size_ = 0;
};

// A plain file or a spool, with random access.
class LineCopier::PlainReading : public LineCopier::Reading {
 public:
  explicit PlainReading(const InputRecord& record) : Reading(record) {
    if (record.spool) {
      descriptor_ = record.spool->descriptor();
    } else {
      file_ = open_for_reading(record.input.name);
      descriptor_ = file_.get();
    }
  }

  std::string_view bytes_of(const LinePosition& position) override {
    if (position.offset < window_begin_ || position.offset + position.length > window_end()) fill(position);
    return in_window(position);
  }

 private:
  void fill(const LinePosition& position) {
    window_.reserve(std::max<std::size_t>(kWindow, position.length), 0);
    window_begin_ = position.offset;
    window_size_ = 0;
    while (window_size_ < position.length) {
      const std::size_t got = read_some();
      if (got == 0) return;
      window_size_ += got;
    }
  }

  std::size_t read_some() const {
    for (;;) {
      const ssize_t got = ::pread(descriptor_, window_.data() + window_size_, window_.capacity() - window_size_,
                                  static_cast<off_t>(window_end()));
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) throw_system_error(name(), "cannot read", errno);
    }
  }

  FileDescriptor file_;
  int descriptor_ = -1;
};

// A file that is compressed or a document, decoded again from its beginning.
class LineCopier::DecodedReading : public LineCopier::Reading {
 public:
  DecodedReading(const InputRecord& record, ByteSink& sink)
      : Reading(record),
        source_(ByteSource::open(record.input, {nullptr, record.identity.size, UINT64_MAX, record.records})),
        sink_(sink) {
    window_.reserve(kWindow, 0);
  }

  std::string_view bytes_of(const LinePosition& position) override {
    if (position.length > window_.capacity()) window_.reserve(position.length, window_size_);
    while (window_end() < position.offset + position.length && read_on(position.offset)) {
    }
    return window_end() <= position.offset ? std::string_view() : in_window(position);
  }

  // Reads beyond the last kept line, because checksums come at the end of the data that they cover.
  void check_end() override {
    if (record_.damaged) return;
    while (read_on(window_end())) {
    }
    if (!source_->damage() && window_end() == record_.size) return;
    throw Error(ErrorKind::io, fmt::format("{}: changed while it was being read: {}", name(),
                                           source_->damage() ? *source_->damage()
                                                             : fmt::format("it now has {} bytes, not {}", window_end(),
                                                                           record_.size)));
  }

  [[nodiscard]] std::string damage() const override { return source_->damage().value_or(""); }

 private:
  // Reads more and discards what lies before `needed`. False at the end.
  bool read_on(std::uint64_t needed) {
    const std::size_t kept = window_end() - std::min(window_end(), std::max(needed, window_begin_));
    std::memmove(window_.data(), window_.data() + window_size_ - kept, kept);
    window_begin_ = window_end() - kept;
    window_size_ = kept;
    sink_.wait();
    const std::size_t got = source_->read(window_.data() + kept, window_.capacity() - kept);
    window_size_ += got;
    return got != 0;
  }

  std::unique_ptr<ByteSource> source_;
  ByteSink& sink_;
};

namespace {

bool lacks_newline(const InputRecord& record, std::uint64_t end) { return end == record.size && record.unterminated; }

[[noreturn]] void refuse(const InputRecord& record, const LinePosition& position, const std::string& damage) {
  throw Error(ErrorKind::io,
              fmt::format("{}:{}: the line at byte {} differs from the one that was read first: the feed "
                          "changed while it was being read{}{}",
                          record.input.name, position.line, position.offset, damage.empty() ? "" : "; ", damage));
}

}  // namespace

bool can_read_anywhere(const InputRecord& record) {
  return record.spool || (record.compression == Compression::none && record.layout == Layout::lines);
}

std::optional<std::uint64_t> copied_bytes(const InputRecord& record, std::uint64_t offset, std::uint64_t length) {
  if (record.layout == Layout::document) return std::nullopt;
  return length + (lacks_newline(record, offset + length) ? 1 : 0);
}

LineCopier::LineCopier(const std::vector<InputRecord>& records, ByteSink& sink) : records_(records), sink_(&sink) {}
LineCopier::~LineCopier() = default;

void LineCopier::copy(const LinePosition& position, ByteSink& to) {
  assert(position.input > input_ || (position.input == input_ && position.offset >= end_));
  const InputRecord& record = records_[position.input];
  if (position.input != input_) finish();
  if (!reading_) reading_ = open(record);
  input_ = position.input;
  end_ = position.offset + position.length;
  const std::string_view bytes = reading_->bytes_of(position);
  if (bytes.size() != position.length || line_digest(bytes) != position.digest)
    refuse(record, position, reading_->damage());
  write(record, bytes, to);
}

void LineCopier::write(const InputRecord& record, std::string_view bytes, ByteSink& to) {
  if (record.layout == Layout::document) {
    compact_.clear();
    append_compact(bytes, compact_);
    compact_ += '\n';
    to.write(compact_);
    return;
  }
  to.write(bytes);
  if (lacks_newline(record, end_)) to.write("\n");
}

void LineCopier::finish() {
  if (reading_) reading_->check_end();
  reading_.reset();
}

std::unique_ptr<LineCopier::Reading> LineCopier::open(const InputRecord& record) const {
  if (!record.identity.regular && !record.spool) {
    throw Error(ErrorKind::usage,
                record.input.name + ": cannot be read twice, and was not kept when it was read first");
  }
  if (can_read_anywhere(record)) return std::make_unique<PlainReading>(record);
  return std::make_unique<DecodedReading>(record, *sink_);
}

}  // namespace wirecopy
