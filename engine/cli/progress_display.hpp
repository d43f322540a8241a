// Progress of a run: a status line on a terminal, or regular lines in a log.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <thread>

#include "pipeline/run_context.hpp"

namespace wirecopy {

enum class ProgressMode {
  automatic,  ///< a status line if standard error is a terminal, otherwise nothing
  none,
  log,  ///< a line every ten seconds
};

/// Draws on standard error until it is destroyed.
class ProgressDisplay {
 public:
  /// `total_raw_bytes`: size of all inputs, for the estimate of the remaining time; 0 if unknown.
  ProgressDisplay(ProgressMode mode, const Progress& progress, std::uint64_t total_raw_bytes);
  ~ProgressDisplay();
  ProgressDisplay(const ProgressDisplay&) = delete;
  ProgressDisplay& operator=(const ProgressDisplay&) = delete;

  /// Erases the status line so that a message can be printed. The next update draws it again.
  void clear();

 private:
  [[nodiscard]] std::string line() const;
  [[nodiscard]] std::string time_left(double seconds) const;
  void draw(const std::stop_token& stop);

  const Progress& progress_;
  std::uint64_t total_raw_bytes_;
  bool is_bar_ = false;
  std::chrono::steady_clock::time_point start_;
  std::jthread thread_;
};

}  // namespace wirecopy
