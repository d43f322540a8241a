/// @file
/// The one exception of wirecopy: what stops a run.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <wirecopy/export.hpp>

namespace wirecopy {

/// What kind of trouble stopped the work; the command turns it into its exit status.
enum class ErrorKind {
  usage,      ///< a bad option or an impossible combination (exit status 2)
  io,         ///< a file cannot be read or written, a disk is full (4)
  resources,  ///< memory, threads or file handles ran out (4)
  state,      ///< damaged or incompatible state on disk (5)
  cancelled,  ///< the caller asked to stop (130)
};

/// Thrown for what stops a run. A bad *record* never throws: it is counted and reported as a reject.
/// `what()` is one line, ready to print: "feed.jsonl: cannot open: Permission denied".
class WIRECOPY_API Error : public std::runtime_error {
 public:
  /// An error of that kind; `message` is one line, without a newline at its end, and becomes what().
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}

  /// What kind of trouble it is.
  [[nodiscard]] ErrorKind kind() const { return kind_; }

 private:
  ErrorKind kind_;
};

}  // namespace wirecopy
