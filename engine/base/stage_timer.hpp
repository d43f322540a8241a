// Where the time of a run goes, stage by stage.
//
//   StageTimes times;
//   {
//     StageTimer timer(times, "candidates");            // a pass of the driver: wall and CPU of the whole process
//     find_candidates(...);
//   }
//   {
//     StageTimer timer(times, "sketch", StageCpu::added);  // a pass whose workers report CPU under names of their own
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

/// CPU seconds, user and system, of the calling thread. A system call (about 0.3 us): once a block, not an article.
[[nodiscard]] double thread_cpu_seconds();
/// CPU seconds, user and system, of all threads of the process since it started.
[[nodiscard]] double process_cpu_seconds();
/// The largest resident memory that the process ever had, in bytes; 0 where the system does not tell.
[[nodiscard]] std::uint64_t peak_memory_bytes();

/// What one stage took. A stage that only workers report has no wall time of its own.
struct StageSeconds {
  std::string name;
  double wall = 0;  ///< seconds on the clock on the wall
  double cpu = 0;   ///< seconds of processor time, over all threads
};

/// Collects the seconds of named stages, in the order in which they were first heard of. Thread-safe.
class StageTimes {
 public:
  /// Adds CPU seconds, as workers do.
  void add(std::string_view stage, double cpu_seconds) { add(stage, 0, cpu_seconds); }
  void add(std::string_view stage, double wall_seconds, double cpu_seconds);
  [[nodiscard]] std::vector<StageSeconds> stages() const;

 private:
  mutable Mutex mutex_;
  std::vector<StageSeconds> stages_ WIRECOPY_GUARDED_BY(mutex_);  // a dozen stages: a search beats a map
};

/// Where the CPU seconds of a pass come from.
enum class StageCpu {
  process,  ///< all that the process burns during the pass: right as long as passes do not overlap
  added,    ///< only what WorkerTimer or StageTimes::add report
};

/// Opens a pass of the driver and closes it at the end of the scope. One pass at a time.
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

/// Adds the calling thread's CPU seconds in this scope to a stage; any number of threads at once. `stage` must outlive
/// the timer (a literal, as a rule).
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
