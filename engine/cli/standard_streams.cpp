#include "cli/standard_streams.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "base/file_descriptor.hpp"
#include "text/terminal_text.hpp"

namespace wirecopy {

void fill_standard_descriptors() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(descriptor, F_GETFD) >= 0 || errno != EBADF) continue;
    // open() returns the lowest free number, which is this one. It is opened in the direction that is not used.
    static_cast<void>(::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY));
  }
}

void print_output(std::string_view text) { write_all(STDOUT_FILENO, text, "standard output"); }

void print_message(std::string_view text) noexcept {
  try {
    write_all(STDERR_FILENO, "wirecopy: " + harmless(text) + "\n", "standard error");
  } catch (...) {
    return;
  }
}

}  // namespace wirecopy
