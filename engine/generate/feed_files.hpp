// Writes a generated feed to disk or to a file descriptor.
#pragma once

#include <filesystem>
#include <stop_token>

#include "generate/generate.hpp"

namespace wirecopy::generate {

/// Writes feed.jsonl and truth.jsonl into `folder`, which is created atomically.
/// @throws Error(usage) if the folder is not empty and `force` is not set, or if it contains anything but an earlier
/// generated feed; Error(cancelled) after a stop is requested; Error(io) if it cannot be written.
void generate_into(const GenerateOptions& options, const std::filesystem::path& folder, bool force,
                   const std::stop_token& stop = {});

/// Writes only the feed to an open file descriptor, which stays open.
/// @throws BrokenPipe if the reader closed the pipe, Error(io) for any other failure.
void generate_to(const GenerateOptions& options, int descriptor);

}  // namespace wirecopy::generate
