// One gzip member at a time, by ISA-L or zlib: the only header over either (inflate_isal.cpp, inflate_zlib.cpp; the
// build takes one).
#pragma once

#include <cstddef>
#include <memory>

namespace wirecopy {

class Inflater {
 public:
  enum class Status {
    going,     ///< wants more input, or more room
    finished,  ///< the member has ended, its checksum and length are right; `in` stands behind it
    broken     ///< damaged: header, data, checksum or length
  };

  Inflater();
  ~Inflater();

  /// Makes ready for the next member.
  void reset();
  /// Decodes as much as fits; moves the pointers and lowers the counts by what was used. Broken input may have filled
  /// some of the output before: those bytes could be decoded.
  Status run(const char*& in, std::size_t& in_left, char*& out, std::size_t& out_left);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wirecopy
