// Messages of errors as the command prints them: options as flags, and advice that names flags.
#pragma once

#include <string>
#include <wirecopy/error.hpp>

namespace wirecopy {

/// The error's message in one line.
[[nodiscard]] std::string error_text(const Error& error);

}  // namespace wirecopy
