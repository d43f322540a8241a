#include "feed/decoder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <wirecopy/error.hpp>

#include "base/memory_size.hpp"

namespace wirecopy {
namespace {

using namespace std::string_view_literals;

class PlainDecoder : public Decoder {
 public:
  using Decoder::Decoder;

  std::size_t decode(char* to, std::size_t capacity) override {
    if (raw_.ended()) return 0;
    if (raw_.size() == 0) return raw_.read(to, capacity);
    const std::size_t count = std::min(raw_.size(), capacity);
    std::memcpy(to, raw_.data(), count);
    raw_.consume(count);
    return count;
  }
};

bool is_zstd(std::string_view head) {
  if (head.starts_with("\x28\xb5\x2f\xfd"sv)) return true;
  return head.size() >= 4 && (head[0] & '\xf0') == '\x50' && head.substr(1).starts_with("\x2a\x4d\x18"sv);
}

bool is_bzip2(std::string_view head) {
  return head.starts_with("BZh"sv) && head.size() >= 5 && head[3] >= '1' && head[3] <= '9' &&
         (head[4] == '\x31' || head[4] == '\x17');  // a block, or the end of an empty stream
}

}  // namespace

Compression compression_of(std::string_view head) {
  if (head.starts_with("\x1f\x8b"sv)) return Compression::gzip;
  if (is_zstd(head)) return Compression::zstd;
  if (is_bzip2(head)) return Compression::bzip2;
  if (head.starts_with("\xfd\x37zXZ\0"sv)) return Compression::xz;
  if (head.starts_with("\x04\x22\x4d\x18"sv)) return Compression::lz4;
  return Compression::none;
}

void DecoderLimit::check(std::uint64_t needed, std::string_view format, std::string_view remedy) const {
  if (needed <= max_window) return;
  // A run reserves an eighth of its memory for windows (pipeline/memory_plan.hpp).
  constexpr std::uint64_t kShare = 8;
  throw Error(
      ErrorKind::resources,
      fmt::format("{}: its {} stream needs a window of {}, more than the memory limit allows; a limit of {}M or "
                  "a smaller window ({}) is enough",
                  name, format, format_byte_size(needed), (kShare * needed + 1_MiB - 1) / 1_MiB, remedy));
}

std::unique_ptr<Decoder> make_decoder(Compression compression, RawBuffer raw, DecoderLimit limit) {
  switch (compression) {
    case Compression::gzip:
      return gzip_decoder(std::move(raw));
    case Compression::zstd:
      return zstd_decoder(std::move(raw), std::move(limit));
    case Compression::bzip2:
      return bzip2_decoder(std::move(raw));
    case Compression::xz:
      return xz_decoder(std::move(raw), std::move(limit));
    case Compression::lz4:
      return lz4_decoder(std::move(raw));
    case Compression::none:
      break;
  }
  return std::make_unique<PlainDecoder>(std::move(raw));
}

}  // namespace wirecopy
