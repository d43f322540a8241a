// gzip, by ISA-L or zlib (feed/inflate.hpp).
#include <string_view>

#include "feed/decoder.hpp"
#include "feed/inflate.hpp"

namespace wirecopy {
namespace {

class GzipDecoder : public Decoder {
 public:
  using Decoder::Decoder;

  std::size_t decode(char* to, std::size_t capacity) override {
    std::size_t written = 0;
    while (written == 0 && !damage()) {
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

}  // namespace

std::unique_ptr<Decoder> gzip_decoder(RawBuffer raw) { return std::make_unique<GzipDecoder>(std::move(raw)); }

}  // namespace wirecopy
