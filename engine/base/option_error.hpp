// Errors that an option of the caller can fix. The library names options as its API spells them and gives no advice
// about flags; the command prints flags and adds advice (cli/error_text.hpp).
#pragma once

#include <fmt/format.h>

#include <string>
#include <wirecopy/error.hpp>

namespace wirecopy {

/// An option that is out of range: "max_clock_jump must be 1 second to 100 years".
class OptionError : public Error {
 public:
  OptionError(std::string option, std::string requirement)
      : Error(ErrorKind::usage, fmt::format("{} must be {}", option, requirement)),
        option_(std::move(option)),
        requirement_(std::move(requirement)) {}

  /// The option's name in C++ and Python.
  [[nodiscard]] const std::string& option() const { return option_; }
  [[nodiscard]] const std::string& requirement() const { return requirement_; }

 private:
  std::string option_, requirement_;
};

/// What the caller can do about an error.
enum class Remedy {
  replace,     ///< allow the existing target to be replaced
  resume,      ///< continue the interrupted run, or remove its state
  other_disk,  ///< write to another disk, or allow more memory
  salvage,     ///< copy what is left of the damaged index
};

class RemediableError : public Error {
 public:
  RemediableError(ErrorKind kind, const std::string& message, Remedy remedy) : Error(kind, message), remedy_(remedy) {}

  [[nodiscard]] Remedy remedy() const { return remedy_; }

 private:
  Remedy remedy_;
};

}  // namespace wirecopy
