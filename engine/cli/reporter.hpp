// Reports the events and the outcome of a run on standard error.
#pragma once

#include <cstdint>
#include <string>

#include "cli/progress_display.hpp"
#include "pipeline/dedup.hpp"

namespace wirecopy {

class Reporter {
 public:
  Reporter(const DedupRequest& request, ProgressDisplay& display) : request_(request), display_(display) {}

  [[nodiscard]] DedupEvents events();
  /// Prints the warnings and a line of counts.
  void finish(const DedupReport& report);
  void say(const std::string& text);

 private:
  void on_mapping(const FieldUsage& usage);
  void on_reject(const Reject& reject);

  const DedupRequest& request_;
  ProgressDisplay& display_;
  std::uint64_t rejects_ = 0;
};

}  // namespace wirecopy
