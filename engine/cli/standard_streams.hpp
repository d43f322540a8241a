// Standard input, output and error, each of which may be closed, full or a broken pipe.
#pragma once

#include <string_view>

namespace wirecopy {

/// Replaces closed standard descriptors by placeholders before any other file is opened. Otherwise the next file could
/// get the number of standard error and receive messages. Reading or writing a placeholder fails as for a closed
/// descriptor.
void fill_standard_descriptors();

/// Writes to standard output, unbuffered. Throws BrokenPipe if the reader closed the pipe, and Error(io) for any other
/// failure.
void print_output(std::string_view text);

/// Writes "wirecopy: text" and a newline to standard error, with control characters replaced. Failures are ignored, as
/// they cannot be reported.
void print_message(std::string_view text) noexcept;

}  // namespace wirecopy
