// A made feed on disk or on standard output.
#pragma once

#include <filesystem>
#include <stop_token>

#include "generate/generate.hpp"

namespace wirecopy::generate {

/// Writes feed.jsonl and truth.jsonl into `folder`, which is there afterwards, whole, or not at all.
/// @throws Error(usage) if the folder has something in it and `force` is not set, or holds anything but an older made
/// feed; Error(cancelled) once a stop was requested; Error(io) if it cannot be written.
void generate_into(const GenerateOptions& options, const std::filesystem::path& folder, bool force,
                   const std::stop_token& stop = {});

/// Writes the feed alone to an open file descriptor, which stays open.
/// @throws BrokenPipe if its reader has gone, Error(io) on any other trouble.
void generate_to(const GenerateOptions& options, int descriptor);

}  // namespace wirecopy::generate
