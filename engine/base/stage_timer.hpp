// Measures the time of a run by stage.
//
//   StageTimes times;
//   {
//     StageTimer timer(times, "candidates");            // a pass of the driver: wall and CPU time of the process
//     find_candidates(...);
//   }
//   {
//     StageTimer timer(times, "sketch", StageCpu::added);  // a pass whose workers report CPU time under their own
//     names
//     run_pipeline([&](Block& block) { WorkerTimer worker(times, "parse"); parse(block); });
//   }
//   for (const StageSeconds& stage : times.stages()) report(stage.name, stage.wall, stage.cpu);
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/mutex.hpp"

namespace wirecopy {

/// CPU seconds, user and system, of the calling thread. Costs a system call (about 0.3 us): call it per block, not per
/// article.
[[nodiscard]] double thread_cpu_seconds();
/// CPU seconds, user and system, of all threads of the process since it started.
[[nodiscard]] double process_cpu_seconds();
/// The peak resident memory of the process so far, in bytes; 0 if the system does not report it.
[[nodiscard]] std::uint64_t peak_memory_bytes();

/// The time of one stage. A stage that is only reported by workers has no wall time.
struct StageSeconds {
  std::string name;
  double wall = 0;  ///< elapsed seconds
  double cpu = 0;   ///< CPU seconds, over all threads
};

/// Collects the seconds of named stages, in order of first report. Thread-safe.
class StageTimes {
 public:
  /// Adds CPU seconds only, as workers do.
  void add(std::string_view stage, double cpu_seconds) { add(stage, 0, cpu_seconds); }
  void add(std::string_view stage, double wall_seconds, double cpu_seconds);
  [[nodiscard]] std::vector<StageSeconds> stages() const;

 private:
  mutable Mutex mutex_;
  std::vector<StageSeconds> stages_ WIRECOPY_GUARDED_BY(mutex_);  // a dozen stages, so a linear search is fastest
};

/// Where the CPU seconds of a pass come from.
enum class StageCpu {
  process,  ///< CPU time of the process during the pass: correct as long as passes do not overlap
  added,    ///< only what WorkerTimer or StageTimes::add report
};

/// Measures a pass of the driver until the end of the scope. One pass at a time.
class StageTimer {
 public:
  StageTimer(StageTimes& times, std::string_view stage, StageCpu cpu = StageCpu::process);
  ~StageTimer();
  StageTimer(const StageTimer&) = delete;
  StageTimer& operator=(const StageTimer&) = delete;

 private:
  StageTimes& times_;
  std::string stage_;
  StageCpu cpu_;
  std::chrono::steady_clock::time_point wall_start_;
  double cpu_start_;
};

/// Adds the calling thread's CPU seconds in this scope to a stage. Any number of threads may do so concurrently.
/// `stage` must outlive the timer (usually it is a literal).
class WorkerTimer {
 public:
  WorkerTimer(StageTimes& times, std::string_view stage) : times_(times), stage_(stage), start_(thread_cpu_seconds()) {}
  ~WorkerTimer() { times_.add(stage_, thread_cpu_seconds() - start_); }
  WorkerTimer(const WorkerTimer&) = delete;
  WorkerTimer& operator=(const WorkerTimer&) = delete;

 private:
  StageTimes& times_;
  std::string_view stage_;
  double start_;
};

}  // namespace wirecopy
