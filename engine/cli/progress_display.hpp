// What a person sees of a run that goes on: one line on a terminal, or a line now and then in a log.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <thread>

#include "pipeline/run_context.hpp"

namespace wirecopy {

enum class ProgressMode {
  automatic,  ///< a bar where standard error is a terminal, nothing elsewhere
  none,
  log,  ///< a line every ten seconds
};

/// Draws on standard error until it is destroyed.
class ProgressDisplay {
 public:
  /// `total_raw_bytes`: of all inputs where known, for the time that is left; 0 if unknown.
  ProgressDisplay(ProgressMode mode, const Progress& progress, std::uint64_t total_raw_bytes);
  ~ProgressDisplay();
  ProgressDisplay(const ProgressDisplay&) = delete;
  ProgressDisplay& operator=(const ProgressDisplay&) = delete;

  /// Wipes the bar, so that a message can be printed; it comes back by itself.
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
