// A made feed on disk or on standard output.
#pragma once

#include <filesystem>

#include "generate/generate.hpp"

namespace wirecopy::generate {

/// Writes feed.jsonl and truth.jsonl into `folder`, which is made where it is missing. Both get their names only when
/// they are complete.
/// @throws Error(usage) if the folder has something in it and `force` is not set, Error(io) if it cannot be written.
void generate_into(const GenerateOptions& options, const std::filesystem::path& folder, bool force);

/// Writes the feed alone to an open file descriptor. Returns quietly when its reader has gone (EPIPE; the caller
/// decides what SIGPIPE does).
/// @throws Error(io) on any other trouble.
void generate_to(const GenerateOptions& options, int descriptor);

}  // namespace wirecopy::generate
