#if WIRECOPY_HAVE_ISAL

#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <cstdint>
#include <limits>

#include "feed/inflate.hpp"

namespace wirecopy {

namespace {

std::uint32_t clamp(std::size_t size) {
  return static_cast<std::uint32_t>(std::min<std::size_t>(size, std::numeric_limits<std::uint32_t>::max()));
}

// igzip writes to none of its input, though its pointer is not const.
std::uint8_t* bytes(const char* data) { return reinterpret_cast<std::uint8_t*>(const_cast<char*>(data)); }

}  // namespace

// isal_inflate() can read a member's header by itself, but forgets the header's flags where the input ends inside it;
// so the header is read here, with a memory of its own.
struct Inflater::State {
  inflate_state stream;
  isal_gzip_header header;
  bool header_read = false;

  int step() {
    if (header_read) return isal_inflate(&stream);
    const int result = isal_read_gzip_header(&stream, &header);
    if (result == ISAL_DECOMP_OK) {
      header_read = true;
      stream.crc_flag = ISAL_GZIP_NO_HDR_VER;
    }
    return result;
  }
};

Inflater::Inflater() : state_(std::make_unique<State>()) { reset(); }
Inflater::~Inflater() = default;

void Inflater::reset() {
  isal_inflate_init(&state_->stream);
  state_->stream.crc_flag = ISAL_GZIP;
  isal_gzip_header_init(&state_->header);
  state_->header_read = false;
}

Inflater::Status Inflater::run(const char*& in, std::size_t& in_left, char*& out, std::size_t& out_left) {
  inflate_state& stream = state_->stream;
  stream.next_in = bytes(in);
  stream.avail_in = clamp(in_left);
  stream.next_out = bytes(out);
  stream.avail_out = clamp(out_left);
  const int result = state_->step();
  const auto used = static_cast<std::size_t>(stream.next_in - bytes(in));
  const auto written = static_cast<std::size_t>(stream.next_out - bytes(out));
  in += used;
  in_left -= used;
  out += written;
  out_left -= written;
  if (result < 0) return Status::broken;
  return state_->header_read && stream.block_state == ISAL_BLOCK_FINISH ? Status::finished : Status::going;
}

}  // namespace wirecopy

#endif
