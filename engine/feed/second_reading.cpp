#include "feed/second_reading.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <system_error>
#include <wirecopy/error.hpp>

namespace wirecopy {

namespace {

constexpr std::size_t kWindow = std::size_t{256} << 10;

[[noreturn]] void changed(const std::string& name) {
  throw Error(ErrorKind::io, name + ": changed while it was being read");
}

[[noreturn]] void fail(const std::string& name, std::string_view what, int error) {
  throw Error(ErrorKind::io, fmt::format("{}: {}: {}", name, what, std::generic_category().message(error)));
}

}  // namespace

// One input, read again.
class LineCopier::Reading {
 public:
  explicit Reading(const InputRecord& record) : record_(record) {}
  virtual ~Reading() = default;
  /// Ascending ranges only.
  virtual void copy(std::uint64_t offset, std::uint64_t length, ByteSink& sink) = 0;
  /// Throws where the input is not what it was at the first reading.
  virtual void check_unchanged() const = 0;

 protected:
  [[nodiscard]] const std::string& name() const { return record_.input.name; }
  const InputRecord& record_;
};

namespace {

// A plain file or a spool: any place can be read, long runs need not pass through our memory.
class Descriptor {
 public:
  explicit Descriptor(const InputRecord& record) : name_(record.input.name) {
    owned_ = !record.spool;
    value_ = owned_ ? ::open(name_.c_str(), O_RDONLY | O_CLOEXEC) : record.spool->descriptor();
    if (value_ < 0) fail(name_, "cannot open again", errno);
  }
  ~Descriptor() {
    if (owned_) ::close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  [[nodiscard]] int get() const { return value_; }
  std::size_t read(char* to, std::size_t capacity, std::uint64_t offset) const {
    for (;;) {
      const ssize_t got = ::pread(value_, to, capacity, static_cast<off_t>(offset));
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) fail(name_, "cannot read", errno);
    }
  }

 private:
  const std::string& name_;
  bool owned_ = false;
  int value_ = -1;
};

}  // namespace

class LineCopier::PlainReading : public LineCopier::Reading {
 public:
  explicit PlainReading(const InputRecord& record) : Reading(record), file_(record) { check_unchanged(); }

  void check_unchanged() const override {
    if (!record_.spool && identity_of(file_.get(), name()) != record_.identity) changed(name());
  }

  void copy(std::uint64_t offset, std::uint64_t length, ByteSink& sink) override {
    if (length >= kWindow && system_copies_) copy_by_system(offset, length, sink);
    while (length != 0) {
      const std::string_view bytes = bytes_at(offset).substr(0, length);
      sink.write(bytes);
      offset += bytes.size();
      length -= bytes.size();
    }
  }

 private:
  // Moves offset and length past what the system has copied; where it cannot, the rest is left to write().
  void copy_by_system(std::uint64_t& offset, std::uint64_t& length, ByteSink& sink) {
    const int target = sink.direct_descriptor();
    system_copies_ = target >= 0;
    while (system_copies_ && length != 0) {
      auto from = static_cast<off_t>(offset);
      const ssize_t copied = ::copy_file_range(file_.get(), &from, target, nullptr, length, 0);
      if (copied < 0 && errno == EINTR) continue;
      if (copied < 0 && (errno == ENOSPC || errno == EDQUOT || errno == EFBIG || errno == EIO)) {
        throw Error(ErrorKind::io, "cannot write: " + std::generic_category().message(errno));
      }
      system_copies_ = copied > 0;
      if (!system_copies_) return;
      sink.appended(static_cast<std::uint64_t>(copied));
      offset += static_cast<std::uint64_t>(copied);
      length -= static_cast<std::uint64_t>(copied);
    }
  }

  // Some of the bytes from `offset` on, at least one.
  std::string_view bytes_at(std::uint64_t offset) {
    if (offset < window_offset_ || offset >= window_offset_ + window_size_) {
      if (!window_) window_ = std::make_unique_for_overwrite<char[]>(kWindow);
      window_size_ = file_.read(window_.get(), kWindow, offset);
      window_offset_ = offset;
      if (window_size_ == 0) changed(name());
    }
    return std::string_view(window_.get(), window_size_).substr(offset - window_offset_);
  }

  Descriptor file_;
  std::unique_ptr<char[]> window_;
  std::uint64_t window_offset_ = 0;
  std::size_t window_size_ = 0;
  bool system_copies_ = true;
};

// A compressed file: decompressed once more from its beginning.
class LineCopier::DecodedReading : public LineCopier::Reading {
 public:
  explicit DecodedReading(const InputRecord& record)
      : Reading(record),
        source_(ByteSource::open(record.input)),
        window_(std::make_unique_for_overwrite<char[]>(kWindow)) {
    check_unchanged();
  }

  void check_unchanged() const override {
    if (source_->identity() != record_.identity) changed(name());
  }

  void copy(std::uint64_t offset, std::uint64_t length, ByteSink& sink) override {
    const std::uint64_t end = offset + length;
    while (offset < end) {
      if (offset >= window_offset_ + window_size_) {
        read_on();
        continue;
      }
      const std::string_view bytes =
          std::string_view(window_.get(), window_size_).substr(offset - window_offset_).substr(0, end - offset);
      sink.write(bytes);
      offset += bytes.size();
    }
  }

 private:
  void read_on() {
    window_offset_ += window_size_;
    window_size_ = source_->read(window_.get(), kWindow);
    if (window_size_ == 0) changed(name());
  }

  std::unique_ptr<ByteSource> source_;
  std::unique_ptr<char[]> window_;
  std::uint64_t window_offset_ = 0;
  std::size_t window_size_ = 0;
};

namespace {

bool lacks_newline(const InputRecord& record, std::uint64_t end) { return end == record.size && record.unterminated; }

}  // namespace

bool can_read_anywhere(const InputRecord& record) { return record.spool || record.compression == Compression::none; }

std::uint64_t copied_bytes(const InputRecord& record, std::uint64_t offset, std::uint64_t length) {
  return length + (lacks_newline(record, offset + length) ? 1 : 0);
}

LineCopier::LineCopier(const std::vector<InputRecord>& records, ByteSink& sink)
    : records_(records), sink_(&sink), to_(&sink) {}
LineCopier::~LineCopier() = default;

void LineCopier::copy(std::uint32_t input, std::uint64_t offset, std::uint64_t length) {
  copy(input, offset, length, *sink_);
}

void LineCopier::copy(std::uint32_t input, std::uint64_t offset, std::uint64_t length, ByteSink& to) {
  assert(input > input_ || (input == input_ && offset >= end_));
  if (input != input_ || offset != end_ || &to != to_) {
    flush();
    if (input != input_) close();
    input_ = input;
    begin_ = offset;
    to_ = &to;
  }
  end_ = offset + length;
}

void LineCopier::finish() {
  flush();
  close();
}

void LineCopier::flush() {
  if (begin_ == end_) return;
  const InputRecord& record = records_[input_];
  if (!reading_) reading_ = open(record);
  reading_->copy(begin_, end_ - begin_, *to_);
  if (lacks_newline(record, end_)) to_->write("\n");
  begin_ = end_;
}

std::unique_ptr<LineCopier::Reading> LineCopier::open(const InputRecord& record) {
  if (!record.identity.regular && !record.spool) {
    throw Error(ErrorKind::usage, record.input.name + ": cannot be read twice, and was not kept at the first reading");
  }
  if (can_read_anywhere(record)) return std::make_unique<PlainReading>(record);
  return std::make_unique<DecodedReading>(record);
}

void LineCopier::close() {
  if (reading_) reading_->check_unchanged();
  reading_.reset();
  begin_ = end_ = 0;
}

}  // namespace wirecopy
