// bzip2: any number of streams, as pbzip2 and `cat a.bz2 b.bz2` write them. A stream needs less than 4 MiB.
#include <bzlib.h>

#include <algorithm>
#include <new>

#include "feed/decoder.hpp"

namespace wirecopy {
namespace {

class Bzip2Decoder : public Decoder {
 public:
  using Decoder::Decoder;
  ~Bzip2Decoder() override { end_stream(); }

  std::size_t decode(char* to, std::size_t capacity) override {
    std::size_t written = 0;
    while (written == 0 && !damage()) {
      if (!is_open_ && !begin_stream()) break;
      written = decode_some(to, capacity);
    }
    return written;
  }

 private:
  // False at the end of the input, whether it is sound or damaged.
  bool begin_stream() {
    raw_.want(1);
    if (raw_.ended()) return false;
    if (streams_ != 0 && *raw_.data() != 'B') return break_off("the bzip2 stream is followed by other data"), false;
    stream_ = {};
    if (BZ2_bzDecompressInit(&stream_, 0, 0) != BZ_OK) throw std::bad_alloc();
    is_open_ = true;
    ++streams_;
    return true;
  }

  void end_stream() {
    if (is_open_) BZ2_bzDecompressEnd(&stream_);
    is_open_ = false;
  }

  std::size_t decode_some(char* to, std::size_t capacity) {
    constexpr std::size_t kMaxAtOnce = std::size_t{1} << 30;  // counts are 32 bits wide
    raw_.want(1);
    stream_.next_in = const_cast<char*>(raw_.data());
    stream_.avail_in = static_cast<unsigned>(raw_.size());
    stream_.next_out = to;
    stream_.avail_out = static_cast<unsigned>(std::min(capacity, kMaxAtOnce));
    const int status = BZ2_bzDecompress(&stream_);
    const std::size_t used = raw_.size() - stream_.avail_in;
    const auto written = static_cast<std::size_t>(stream_.next_out - to);
    raw_.consume(used);
    if (status == BZ_MEM_ERROR) throw std::bad_alloc();
    if (status == BZ_STREAM_END) {
      end_stream();
    } else if (status != BZ_OK) {
      break_off("the bzip2 stream is damaged");
    } else if (used == 0 && written == 0) {
      break_off(raw_.ended() ? "the bzip2 stream is truncated" : "the bzip2 stream is damaged");
    }
    return written;
  }

  bz_stream stream_{};
  bool is_open_ = false;
  std::uint64_t streams_ = 0;
};

}  // namespace

std::unique_ptr<Decoder> bzip2_decoder(RawBuffer raw) { return std::make_unique<Bzip2Decoder>(std::move(raw)); }

}  // namespace wirecopy
