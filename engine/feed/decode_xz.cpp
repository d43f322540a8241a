// xz: any number of streams with padding. `xz -9` needs 65 MiB, the default 9 MiB.
#include <lzma.h>

#include <new>

#include "feed/decoder.hpp"

namespace wirecopy {
namespace {

class XzDecoder : public Decoder {
 public:
  XzDecoder(RawBuffer raw, DecoderLimit limit) : Decoder(std::move(raw)), limit_(std::move(limit)) {
    const lzma_ret status = lzma_stream_decoder(&stream_, limit_.max_window, LZMA_CONCATENATED);
    if (status != LZMA_OK) throw std::bad_alloc();
  }
  ~XzDecoder() override { lzma_end(&stream_); }
  XzDecoder(const XzDecoder&) = delete;
  XzDecoder& operator=(const XzDecoder&) = delete;

  std::size_t decode(char* to, std::size_t capacity) override {
    std::size_t written = 0;
    while (written == 0 && !has_ended_ && !damage()) written = decode_some(to, capacity);
    return written;
  }

 private:
  std::size_t decode_some(char* to, std::size_t capacity) {
    raw_.want(1);
    const std::size_t size = raw_.size();
    stream_.next_in = reinterpret_cast<const std::uint8_t*>(raw_.data());
    stream_.avail_in = size;
    stream_.next_out = reinterpret_cast<std::uint8_t*>(to);
    stream_.avail_out = capacity;
    const lzma_ret status = lzma_code(&stream_, size == 0 ? LZMA_FINISH : LZMA_RUN);
    raw_.consume(size - stream_.avail_in);
    note(status);
    return capacity - stream_.avail_out;
  }

  void note(lzma_ret status) {
    switch (status) {
      case LZMA_OK:
        return;
      case LZMA_STREAM_END:
        has_ended_ = true;
        return;
      case LZMA_MEM_ERROR:
        throw std::bad_alloc();
      case LZMA_MEMLIMIT_ERROR:
        return limit_.check(lzma_memusage(&stream_), "xz", "xz without -9");
      case LZMA_BUF_ERROR:
        return break_off("the xz stream is truncated");
      case LZMA_OPTIONS_ERROR:
        return break_off("the xz stream uses a filter that is not supported");
      default:
        return break_off("the xz stream is damaged");
    }
  }

  DecoderLimit limit_;
  lzma_stream stream_ = LZMA_STREAM_INIT;
  bool has_ended_ = false;
};

}  // namespace

std::unique_ptr<Decoder> xz_decoder(RawBuffer raw, DecoderLimit limit) {
  return std::make_unique<XzDecoder>(std::move(raw), std::move(limit));
}

}  // namespace wirecopy
