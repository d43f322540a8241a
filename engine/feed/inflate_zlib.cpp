#if !WIRECOPY_HAVE_ISAL

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>

#include "feed/inflate.hpp"

namespace wirecopy {

namespace {

constexpr int kGzipOnly = 15 + 16;  // the largest window; a gzip wrapper, checked

uInt clamp(std::size_t size) {
  return static_cast<uInt>(std::min<std::size_t>(size, std::numeric_limits<uInt>::max()));
}

// zlib does not write to its input, although its pointer is not const.
Bytef* bytes(const char* data) { return reinterpret_cast<Bytef*>(const_cast<char*>(data)); }

}  // namespace

struct Inflater::State {
  z_stream stream{};
};

Inflater::Inflater() : state_(std::make_unique<State>()) {
  if (inflateInit2(&state_->stream, kGzipOnly) != Z_OK) throw std::bad_alloc();
}
Inflater::~Inflater() { inflateEnd(&state_->stream); }

void Inflater::reset() { inflateReset(&state_->stream); }

Inflater::Status Inflater::run(const char*& in, std::size_t& in_left, char*& out, std::size_t& out_left) {
  z_stream& stream = state_->stream;
  stream.next_in = bytes(in);
  stream.avail_in = clamp(in_left);
  stream.next_out = bytes(out);
  stream.avail_out = clamp(out_left);
  const int result = inflate(&stream, Z_NO_FLUSH);
  const auto used = static_cast<std::size_t>(stream.next_in - bytes(in));
  const auto written = static_cast<std::size_t>(stream.next_out - bytes(out));
  in += used;
  in_left -= used;
  out += written;
  out_left -= written;
  if (result == Z_STREAM_END) return Status::finished;
  return result == Z_OK || result == Z_BUF_ERROR ? Status::going : Status::broken;
}

}  // namespace wirecopy

#endif
