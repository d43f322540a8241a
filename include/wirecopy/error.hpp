/// @file
/// The exception type of wirecopy.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <wirecopy/export.hpp>

namespace wirecopy {

/// Category of an error. The command maps it to its exit status, given in parentheses.
enum class ErrorKind {
  usage,      ///< a bad option or an impossible combination (exit status 2)
  io,         ///< a file cannot be read or written, or the disk is full (4)
  resources,  ///< out of memory, threads or file handles (4)
  state,      ///< damaged or incompatible state on disk (5)
  cancelled,  ///< the caller requested a stop (130)
};

/// Thrown when a run cannot go on. A bad *record* never throws: it is counted and reported as a reject.
/// `what()` is one line, ready to print: "feed.jsonl: cannot open: Permission denied".
class WIRECOPY_API Error : public std::runtime_error {
 public:
  /// An error of the given kind. `message` is returned by what(): one line without a trailing newline.
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}

  /// The category of the error.
  [[nodiscard]] ErrorKind kind() const { return kind_; }

 private:
  ErrorKind kind_;
};

}  // namespace wirecopy
