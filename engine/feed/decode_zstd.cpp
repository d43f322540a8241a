// zstd: any number of frames, windows up to 128 MiB.
#define ZSTD_STATIC_LINKING_ONLY  // ZSTD_getFrameHeader
#include <zstd.h>

#include <algorithm>
#include <new>

#include "feed/decoder.hpp"

namespace wirecopy {
namespace {

constexpr int kMaxWindowLog = 27;

struct ZstdDeleter {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

class ZstdDecoder : public Decoder {
 public:
  ZstdDecoder(RawBuffer raw, DecoderLimit limit)
      : Decoder(std::move(raw)), limit_(std::move(limit)), context_(ZSTD_createDCtx()) {
    if (!context_) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(context_.get(), ZSTD_d_windowLogMax, kMaxWindowLog);
  }

  std::size_t decode(char* to, std::size_t capacity) override {
    ZSTD_outBuffer out{to, capacity, 0};
    while (out.pos == 0 && !damage()) {
      raw_.want(1);
      if (raw_.ended() && !inside_frame_) break;
      if (!inside_frame_) refuse_large_window();
      decode_some(out);
    }
    return out.pos;
  }

 private:
  // Checks the window before the decoder allocates it.
  void refuse_large_window() {
    raw_.want(ZSTD_FRAMEHEADERSIZE_MAX);
    ZSTD_frameHeader header;
    if (ZSTD_getFrameHeader(&header, raw_.data(), raw_.size()) != 0) return;  // the decoder reports the error
    const bool is_decoded = header.frameType == ZSTD_frame && header.windowSize <= 1ULL << kMaxWindowLog;
    if (is_decoded) limit_.check(header.windowSize, "zstd", "zstd without --long");
  }

  // zstd handles a sequence of frames, including skippable ones.
  //
  // Whatever a call decodes before it fails is lost. So a call gets no more input than zstd asks for, and none while
  // output is pending: then a failing call has decoded nothing, and the bytes before the damage depend only on the
  // input, not on how it arrives or on the caller's buffer size.
  void decode_some(ZSTD_outBuffer& out) {
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

  DecoderLimit limit_;
  std::unique_ptr<ZSTD_DCtx, ZstdDeleter> context_;
  bool inside_frame_ = false;
  bool is_flushing_ = false;    // the last call filled its output buffer
  std::size_t input_hint_ = 1;  // bytes that the next call asks for
};

}  // namespace

std::unique_ptr<Decoder> zstd_decoder(RawBuffer raw, DecoderLimit limit) {
  return std::make_unique<ZstdDecoder>(std::move(raw), std::move(limit));
}

}  // namespace wirecopy
