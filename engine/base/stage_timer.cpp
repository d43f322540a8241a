#include "base/stage_timer.hpp"

#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <cstdio>

namespace wirecopy {
namespace {

double seconds(const timespec& time) {
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}
double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

// The peak of this process alone: unlike ru_maxrss, it is not inherited from the parent process.
std::uint64_t high_water_mark_kib() {
  std::FILE* const status = std::fopen("/proc/self/status", "re");
  if (status == nullptr) return 0;
  unsigned long long kib = 0;
  for (char line[256]; std::fgets(line, sizeof line, status) != nullptr;) {
    if (std::sscanf(line, "VmHWM: %llu", &kib) == 1) break;
  }
  std::fclose(status);
  return kib;
}

}  // namespace

double thread_cpu_seconds() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return seconds(now);
}

double process_cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::uint64_t peak_memory_bytes() {
  if (const std::uint64_t kib = high_water_mark_kib(); kib > 0) return kib * 1024;
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

void StageTimes::add(std::string_view stage, double wall_seconds, double cpu_seconds) {
  const MutexLock lock(mutex_);
  auto found = std::find_if(stages_.begin(), stages_.end(), [&](const StageSeconds& s) { return s.name == stage; });
  if (found == stages_.end()) found = stages_.insert(found, StageSeconds{std::string(stage)});
  found->wall += wall_seconds;
  found->cpu += cpu_seconds;
}

std::vector<StageSeconds> StageTimes::stages() const {
  const MutexLock lock(mutex_);
  return stages_;
}

StageTimer::StageTimer(StageTimes& times, std::string_view stage, StageCpu cpu)
    : times_(times),
      stage_(stage),
      cpu_(cpu),
      wall_start_(std::chrono::steady_clock::now()),
      cpu_start_(process_cpu_seconds()) {
  times_.add(stage_, 0);  // reserves its place in the order, ahead of stages that run inside it
}

StageTimer::~StageTimer() {
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - wall_start_;
  const double cpu = cpu_ == StageCpu::process ? process_cpu_seconds() - cpu_start_ : 0;
  times_.add(stage_, wall.count(), cpu);
}

}  // namespace wirecopy
