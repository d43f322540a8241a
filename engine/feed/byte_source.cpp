#include "feed/byte_source.hpp"

#define ZSTD_STATIC_LINKING_ONLY  // ZSTD_getFrameHeader
#include <fmt/format.h>
#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <string_view>
#include <utility>
#include <wirecopy/error.hpp>

#include "base/memory_size.hpp"
#include "feed/inflate.hpp"

namespace wirecopy {

namespace {

constexpr std::size_t kRawBuffer = std::size_t{256} << 10;
constexpr std::size_t kMagicBytes = 4;
constexpr int kMaxZstdWindowLog = 27;  // 128 MiB

// A buffer of undecoded bytes with a little look-ahead.
class RawBuffer {
 public:
  explicit RawBuffer(std::unique_ptr<RawSource> source) : source_(std::move(source)) {}

  const char* data() const { return bytes_.get() + begin_; }
  std::size_t size() const { return end_ - begin_; }
  bool ended() const { return ended_ && size() == 0; }
  void consume(std::size_t count) { begin_ += count; }
  std::uint64_t bytes_read() const { return bytes_read_; }
  FileIdentity identity() const { return source_->identity(); }
  bool has_grown() const { return source_->has_grown(); }

  /// Reads until `count` bytes (at most kRawBuffer) are available or the input ends.
  void want(std::size_t count) {
    if (size() >= count || ended_) return;
    if (!bytes_) bytes_ = std::make_unique_for_overwrite<char[]>(kRawBuffer);
    std::memmove(bytes_.get(), data(), size());
    end_ = size();
    begin_ = 0;
    while (end_ < count && !ended_) end_ += read(bytes_.get() + end_, kRawBuffer - end_);
  }
  /// Reads once, bypassing the buffer, which must be empty.
  std::size_t read(char* to, std::size_t capacity) {
    const std::size_t got = source_->read(to, capacity);
    bytes_read_ += got;
    ended_ = got == 0;
    return got;
  }

 private:
  std::unique_ptr<RawSource> source_;
  std::unique_ptr<char[]> bytes_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool ended_ = false;
  std::uint64_t bytes_read_ = 0;
};

class SourceBase : public ByteSource {
 public:
  explicit SourceBase(RawBuffer raw) : raw_(std::move(raw)) {}
  const std::optional<std::string>& damage() const override { return damage_; }
  std::uint64_t raw_bytes_read() const override { return raw_.bytes_read() - raw_.size(); }
  FileIdentity identity() const override { return raw_.identity(); }
  bool has_grown() const override { return raw_.has_grown(); }

 protected:
  void break_off(std::string message) { damage_ = std::move(message); }

  RawBuffer raw_;
  std::optional<std::string> damage_;
};

class PlainSource : public SourceBase {
 public:
  using SourceBase::SourceBase;
  Compression compression() const override { return Compression::none; }

  std::size_t read(char* to, std::size_t capacity) override {
    if (raw_.ended()) return 0;
    if (raw_.size() == 0) return raw_.read(to, capacity);
    const std::size_t count = std::min(raw_.size(), capacity);
    std::memcpy(to, raw_.data(), count);
    raw_.consume(count);
    return count;
  }
};

class GzipSource : public SourceBase {
 public:
  using SourceBase::SourceBase;
  Compression compression() const override { return Compression::gzip; }

  std::size_t read(char* to, std::size_t capacity) override {
    std::size_t written = 0;
    while (written == 0 && !damage_) {
      if (!inside_member_ && !begin_member()) break;
      written = inflate(to, capacity);
    }
    return written;
  }

 private:
  // False at the end of the stream, whether it is sound or damaged.
  bool begin_member() {
    raw_.want(1);
    if (raw_.ended()) return false;
    if (members_ != 0 && *raw_.data() != '\x1f') return skip_padding();
    inflater_.reset();
    inside_member_ = true;
    ++members_;
    return true;
  }

  // Tapes and block devices append zeros after the last member.
  bool skip_padding() {
    for (raw_.want(1); !raw_.ended(); raw_.want(1)) {
      const std::string_view bytes(raw_.data(), raw_.size());
      if (bytes.find_first_not_of('\0') != std::string_view::npos) {
        break_off("the gzip stream is followed by other data");
        return false;
      }
      raw_.consume(bytes.size());
    }
    return false;
  }

  std::size_t inflate(char* to, std::size_t capacity) {
    raw_.want(1);
    const char* in = raw_.data();
    std::size_t in_left = raw_.size();
    char* out = to;
    std::size_t out_left = capacity;
    const Inflater::Status status = inflater_.run(in, in_left, out, out_left);
    const std::size_t used = raw_.size() - in_left;
    raw_.consume(used);
    const std::size_t written = capacity - out_left;
    if (status == Inflater::Status::finished) inside_member_ = false;
    if (status == Inflater::Status::broken) break_off("the gzip stream is damaged");
    const bool stuck = status == Inflater::Status::going && used == 0 && written == 0;
    if (stuck) break_off(raw_.ended() ? "the gzip stream is truncated" : "the gzip stream is damaged");
    return written;
  }

  Inflater inflater_;
  bool inside_member_ = false;
  std::uint64_t members_ = 0;
};

struct ZstdDeleter {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

class ZstdSource : public SourceBase {
 public:
  ZstdSource(RawBuffer raw, std::string name, std::uint64_t max_window)
      : SourceBase(std::move(raw)), name_(std::move(name)), max_window_(max_window), context_(ZSTD_createDCtx()) {
    if (!context_) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, kMaxZstdWindowLog);
  }
  Compression compression() const override { return Compression::zstd; }

  std::size_t read(char* to, std::size_t capacity) override {
    ZSTD_outBuffer out{to, capacity, 0};
    while (out.pos == 0 && !damage_) {
      raw_.want(1);
      if (raw_.ended() && !inside_frame_) break;
      if (!inside_frame_) refuse_large_window();
      decode(out);
    }
    return out.pos;
  }

 private:
  // Checks the window before the decoder allocates it.
  void refuse_large_window() {
    raw_.want(ZSTD_FRAMEHEADERSIZE_MAX);
    ZSTD_frameHeader header;
    if (ZSTD_getFrameHeader(&header, raw_.data(), raw_.size()) != 0) return;  // the decoder reports the error
    const bool is_decoded = header.frameType == ZSTD_frame && header.windowSize <= 1ULL << kMaxZstdWindowLog;
    if (!is_decoded || header.windowSize <= max_window_) return;
    // A run reserves an eighth of its memory for windows (pipeline/memory_plan.hpp).
    constexpr std::uint64_t kShare = 8;
    throw Error(
        ErrorKind::resources,
        fmt::format("{}: its zstd stream needs a window of {}, more than the memory limit allows; a limit of {}M or a "
                    "smaller window (zstd without --long) is enough",
                    name_, format_byte_size(header.windowSize), (kShare * header.windowSize + 1_MiB - 1) / 1_MiB));
  }

  // zstd handles a sequence of frames, including skippable ones.
  //
  // Whatever a call decodes before it fails is lost. So a call gets no more input than zstd asks for, and none while
  // output is pending: then a failing call has decoded nothing, and the bytes before the damage depend only on the
  // input, not on how it arrives or on the caller's buffer size.
  void decode(ZSTD_outBuffer& out) {
    ZSTD_inBuffer in{raw_.data(), is_flushing_ ? 0 : std::min(input_hint_, raw_.size()), 0};
    const std::size_t result = ZSTD_decompressStream(context_.get(), &out, &in);
    raw_.consume(in.pos);
    if (ZSTD_isError(result)) {
      break_off(std::string("the zstd stream is damaged: ") + ZSTD_getErrorName(result));
      return;
    }
    inside_frame_ = result != 0;
    is_flushing_ = out.pos == out.size;
    input_hint_ = std::max<std::size_t>(result, 1);
    if (inside_frame_ && raw_.ended() && out.pos == 0) break_off("the zstd stream is truncated");
  }

  std::string name_;
  std::uint64_t max_window_;
  std::unique_ptr<ZSTD_DCtx, ZstdDeleter> context_;
  bool inside_frame_ = false;
  bool is_flushing_ = false;    // the last call filled its output buffer
  std::size_t input_hint_ = 1;  // bytes that the next call asks for
};

bool is_zstd(std::string_view magic) {
  if (magic.size() < kMagicBytes) return false;
  const bool frame = magic == std::string_view("\x28\xb5\x2f\xfd", kMagicBytes);
  const bool skippable = (magic[0] & '\xf0') == '\x50' && magic.substr(1) == std::string_view("\x2a\x4d\x18", 3);
  return frame || skippable;
}

}  // namespace

std::unique_ptr<ByteSource> ByteSource::open(const Input& input, const std::atomic<bool>* cancelled,
                                             std::uint64_t limit, std::uint64_t max_window) {
  return decode(open_raw(input, cancelled, limit), input.name, max_window);
}

std::unique_ptr<ByteSource> ByteSource::decode(std::unique_ptr<RawSource> raw, const std::string& name,
                                               std::uint64_t max_window) {
  RawBuffer buffer(std::move(raw));
  buffer.want(kMagicBytes);
  const std::string_view magic(buffer.data(), std::min(buffer.size(), kMagicBytes));
  if (magic.starts_with("\x1f\x8b")) return std::make_unique<GzipSource>(std::move(buffer));
  if (is_zstd(magic)) return std::make_unique<ZstdSource>(std::move(buffer), name, max_window);
  return std::make_unique<PlainSource>(std::move(buffer));
}

}  // namespace wirecopy
