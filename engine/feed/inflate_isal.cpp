#if WIRECOPY_HAVE_ISAL

#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>

#include "feed/inflate.hpp"

namespace wirecopy {

namespace {

std::uint32_t clamp(std::size_t size) {
  return static_cast<std::uint32_t>(std::min<std::size_t>(size, std::numeric_limits<std::uint32_t>::max()));
}

// igzip does not write to its input, although its pointer is not const.
std::uint8_t* bytes(const char* data) { return reinterpret_cast<std::uint8_t*>(const_cast<char*>(data)); }

}  // namespace

// isal_inflate() can read a member's header by itself, but loses the header's flags if the input ends inside it. So the
// header is read here, with its own state.
struct Inflater::State {
  inflate_state stream;
  isal_gzip_header header;
  bool header_read = false;
  bool is_broken = false;

  int step() {
    if (header_read) return isal_inflate(&stream);
    const int result = isal_read_gzip_header(&stream, &header);
    if (result == ISAL_DECOMP_OK) {
      header_read = true;
      stream.crc_flag = ISAL_GZIP_NO_HDR_VER;
    }
    return result;
  }

  /// igzip decodes ahead into its own buffer. If the stream is broken, only what fits into the caller's buffer is
  /// returned and the rest stays there; how much that is depends on the sizes of the reads. This returns the rest.
  /// False once nothing is left.
  bool hand_out_rest() {
    const auto left = static_cast<std::uint32_t>(stream.tmp_out_valid - stream.tmp_out_processed);
    const std::uint32_t count = std::min(left, stream.avail_out);
    std::memcpy(stream.next_out, stream.tmp_out_buffer + stream.tmp_out_processed, count);
    stream.tmp_out_processed += static_cast<std::int32_t>(count);
    stream.next_out += count;
    stream.avail_out -= count;
    return count < left;
  }
};

Inflater::Inflater() : state_(std::make_unique<State>()) { reset(); }
Inflater::~Inflater() = default;

void Inflater::reset() {
  isal_inflate_init(&state_->stream);
  state_->stream.crc_flag = ISAL_GZIP;
  isal_gzip_header_init(&state_->header);
  state_->header_read = false;
  state_->is_broken = false;
}

Inflater::Status Inflater::run(const char*& in, std::size_t& in_left, char*& out, std::size_t& out_left) {
  inflate_state& stream = state_->stream;
  stream.next_in = bytes(in);
  stream.avail_in = clamp(in_left);
  stream.next_out = bytes(out);
  stream.avail_out = clamp(out_left);
  if (!state_->is_broken) state_->is_broken = state_->step() < 0;
  const bool is_drained = state_->is_broken && !state_->hand_out_rest();
  const auto used = static_cast<std::size_t>(stream.next_in - bytes(in));
  const auto written = static_cast<std::size_t>(stream.next_out - bytes(out));
  in += used;
  in_left -= used;
  out += written;
  out_left -= written;
  if (state_->is_broken) return is_drained ? Status::broken : Status::going;
  return state_->header_read && stream.block_state == ISAL_BLOCK_FINISH ? Status::finished : Status::going;
}

}  // namespace wirecopy

#endif
