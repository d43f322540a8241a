// lz4: any number of frames, skippable ones included. A frame needs less than 9 MiB.
#include <lz4frame.h>

#include <algorithm>
#include <new>

#include "feed/decoder.hpp"

namespace wirecopy {
namespace {

struct Lz4Deleter {
  void operator()(LZ4F_dctx* context) const { LZ4F_freeDecompressionContext(context); }
};

class Lz4Decoder : public Decoder {
 public:
  explicit Lz4Decoder(RawBuffer raw) : Decoder(std::move(raw)) {
    LZ4F_dctx* context = nullptr;
    if (LZ4F_isError(LZ4F_createDecompressionContext(&context, LZ4F_VERSION))) throw std::bad_alloc();
    context_.reset(context);
  }

  std::size_t decode(char* to, std::size_t capacity) override {
    std::size_t written = 0;
    while (written == 0 && !damage()) {
      raw_.want(1);
      if (raw_.ended() && !inside_frame_) break;
      written = decode_some(to, capacity);
    }
    return written;
  }

 private:
  // As for zstd: a call that fails loses what it has decoded, so it gets no more input than the decoder asks for, and
  // none while output is pending. The decoder asks for the header after a block together with the block, but that
  // header may be what fails.
  std::size_t decode_some(char* to, std::size_t capacity) {
    std::size_t written = capacity;
    constexpr std::size_t kHeader = 4;
    const std::size_t wanted = input_hint_ > kHeader ? input_hint_ - kHeader : input_hint_;
    std::size_t used = is_flushing_ ? 0 : std::min(wanted, raw_.size());
    const std::size_t result = LZ4F_decompress(context_.get(), to, &written, raw_.data(), &used, nullptr);
    if (LZ4F_isError(result)) {
      break_off(std::string("the lz4 stream is damaged: ") + LZ4F_getErrorName(result));
      return 0;
    }
    raw_.consume(used);
    inside_frame_ = result != 0;
    is_flushing_ = written == capacity;
    input_hint_ = std::max<std::size_t>(result, 1);
    if (inside_frame_ && raw_.ended() && written == 0) break_off("the lz4 stream is truncated");
    return written;
  }

  std::unique_ptr<LZ4F_dctx, Lz4Deleter> context_;
  bool inside_frame_ = false;
  bool is_flushing_ = false;    // the last call filled its output buffer
  std::size_t input_hint_ = 1;  // bytes that the next call asks for
};

}  // namespace

std::unique_ptr<Decoder> lz4_decoder(RawBuffer raw) { return std::make_unique<Lz4Decoder>(std::move(raw)); }

}  // namespace wirecopy
