#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <unistd.h>

#include "base/buffered_writer.hpp"
#include "base/temporary_file.hpp"

namespace wirecopy {
namespace {

// The output is the concatenation of the pieces, for any pieces and any buffer size.
RC_GTEST_PROP(BufferedWriter, WritesTheConcatenation, (const std::vector<std::string>& pieces)) {
  const auto capacity = *rc::gen::inRange<std::size_t>(0, 40);
  const FileDescriptor file = open_temporary_file(default_temporary_directory());
  BufferedWriter writer(file.get(), "out", capacity);
  std::string expected;
  for (const std::string& piece : pieces) {
    writer.append(piece);
    expected += piece;
    RC_ASSERT(writer.size() == expected.size());
    if (piece.size() % 7 == 3) writer.flush();
  }
  writer.finish();
  RC_ASSERT(::lseek(file.get(), 0, SEEK_END) == static_cast<off_t>(expected.size()));
  std::string written(expected.size(), '\0');
  read_exactly(file.get(), written, 0, "out");
  RC_ASSERT(written == expected);
}

}  // namespace
}  // namespace wirecopy
