// Decompresses one gzip member at a time with ISA-L or zlib: the only header over either. The build uses one of
// inflate_isal.cpp and inflate_zlib.cpp.
#pragma once

#include <cstddef>
#include <memory>

namespace wirecopy {

class Inflater {
 public:
  enum class Status {
    going,     ///< needs more input or more output space
    finished,  ///< the member has ended with correct checksum and length; `in` points after it
    broken     ///< damaged: header, data, checksum or length
  };

  Inflater();
  ~Inflater();

  /// Prepares for the next member.
  void reset();
  /// Decodes as much as fits, advances the pointers and reduces the counts accordingly. Broken input may still have
  /// produced output: those bytes could be decoded.
  Status run(const char*& in, std::size_t& in_left, char*& out, std::size_t& out_left);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wirecopy
