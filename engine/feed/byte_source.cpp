#include "feed/byte_source.hpp"

#include <zstd.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <string_view>
#include <utility>

#include "feed/inflate.hpp"

namespace wirecopy {

namespace {

constexpr std::size_t kRawBuffer = std::size_t{256} << 10;
constexpr std::size_t kMagicBytes = 4;
constexpr int kLargestZstdWindowLog = 27;  // 128 MiB

// Undecoded bytes with a little look-ahead.
class RawBuffer {
 public:
  explicit RawBuffer(std::unique_ptr<RawSource> source) : source_(std::move(source)) {}

  const char* data() const { return bytes_.get() + begin_; }
  std::size_t size() const { return end_ - begin_; }
  bool ended() const { return ended_ && size() == 0; }
  void consume(std::size_t count) { begin_ += count; }
  std::uint64_t bytes_read() const { return bytes_read_; }
  FileIdentity identity() const { return source_->identity(); }

  /// Reads until `count` bytes (at most kRawBuffer) are there, or the end is.
  void want(std::size_t count) {
    if (size() >= count || ended_) return;
    if (!bytes_) bytes_ = std::make_unique_for_overwrite<char[]>(kRawBuffer);
    std::memmove(bytes_.get(), data(), size());
    end_ = size();
    begin_ = 0;
    while (end_ < count && !ended_) end_ += read(bytes_.get() + end_, kRawBuffer - end_);
  }
  /// One read past the buffer, once that is empty.
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
  std::uint64_t raw_bytes_read() const override { return raw_.bytes_read(); }
  FileIdentity identity() const override { return raw_.identity(); }

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
  // False at the end of the stream, be it a good or a bad one.
  bool begin_member() {
    raw_.want(1);
    if (raw_.ended()) return false;
    if (members_ != 0 && *raw_.data() != '\x1f') return skip_padding();
    inflater_.reset();
    inside_member_ = true;
    ++members_;
    return true;
  }

  // Tapes and block devices leave zeros behind the last member.
  bool skip_padding() {
    for (raw_.want(1); !raw_.ended(); raw_.want(1)) {
      const std::string_view bytes(raw_.data(), raw_.size());
      if (bytes.find_first_not_of('\0') != std::string_view::npos) {
        break_off("something that is not gzip follows the gzip stream");
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
  explicit ZstdSource(RawBuffer raw) : SourceBase(std::move(raw)), context_(ZSTD_createDCtx()) {
    if (!context_) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, kLargestZstdWindowLog);
  }
  Compression compression() const override { return Compression::zstd; }

  std::size_t read(char* to, std::size_t capacity) override {
    ZSTD_outBuffer out{to, capacity, 0};
    while (out.pos == 0 && !damage_) {
      raw_.want(1);
      if (raw_.ended() && !inside_frame_) break;
      decode(out);
    }
    return out.pos;
  }

 private:
  // Frames follow one another, skippable ones among them; the library sees to that.
  void decode(ZSTD_outBuffer& out) {
    ZSTD_inBuffer in{raw_.data(), raw_.size(), 0};
    const std::size_t result = ZSTD_decompressStream(context_.get(), &out, &in);
    raw_.consume(in.pos);
    if (ZSTD_isError(result)) {
      break_off(std::string("the zstd stream is damaged: ") + ZSTD_getErrorName(result));
      return;
    }
    inside_frame_ = result != 0;
    if (inside_frame_ && raw_.ended() && out.pos == 0) break_off("the zstd stream is truncated");
  }

  std::unique_ptr<ZSTD_DCtx, ZstdDeleter> context_;
  bool inside_frame_ = false;
};

bool is_zstd(std::string_view magic) {
  if (magic.size() < kMagicBytes) return false;
  const bool frame = magic == std::string_view("\x28\xb5\x2f\xfd", kMagicBytes);
  const bool skippable = (magic[0] & '\xf0') == '\x50' && magic.substr(1) == std::string_view("\x2a\x4d\x18", 3);
  return frame || skippable;
}

}  // namespace

std::unique_ptr<ByteSource> ByteSource::open(const Input& input, const std::atomic<bool>* cancelled) {
  return decode(open_raw(input, cancelled));
}

std::unique_ptr<ByteSource> ByteSource::decode(std::unique_ptr<RawSource> raw) {
  RawBuffer buffer(std::move(raw));
  buffer.want(kMagicBytes);
  const std::string_view magic(buffer.data(), std::min(buffer.size(), kMagicBytes));
  if (magic.starts_with("\x1f\x8b")) return std::make_unique<GzipSource>(std::move(buffer));
  if (is_zstd(magic)) return std::make_unique<ZstdSource>(std::move(buffer));
  return std::make_unique<PlainSource>(std::move(buffer));
}

}  // namespace wirecopy
