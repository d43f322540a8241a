// Standard input, output and error, as a command in a pipe must treat them: each may be closed, full or gone.
#pragma once

#include <string_view>

namespace wirecopy {

/// Puts stand-ins in the place of closed standard descriptors, before anything else is opened: otherwise the next file
/// would get the number of, say, standard error, and messages would go into it. Reading or writing a stand-in fails as
/// it would with a closed descriptor.
void fill_standard_descriptors();

/// Writes to standard output, unbuffered. Throws BrokenPipe when the reader went away, Error(io) for all else.
void print_output(std::string_view text);

/// Writes "wirecopy: text" and a newline to standard error, control characters made harmless. Nobody can be told when
/// that fails, so it never throws, and a run goes on without its messages.
void print_message(std::string_view text) noexcept;

}  // namespace wirecopy
