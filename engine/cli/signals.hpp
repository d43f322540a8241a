// SIGINT and SIGTERM request a stop of the run; SIGPIPE and SIGXFSZ are ignored, so that writes fail instead.
#pragma once

#include <atomic>
#include <stop_token>
#include <thread>

namespace wirecopy {

/// Blocks the signals in this and all later threads and waits for them in a dedicated thread, so that no code runs in a
/// signal handler. The first signal requests a stop; the second ends the process at once. Construct it once, at the
/// start of main, before any other thread starts.
class SignalWatch {
 public:
  SignalWatch();
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

  [[nodiscard]] std::stop_token stop_token() const { return source_.get_token(); }
  /// Makes the first signal end the process at once: for work that needs no clean-up and may block where it cannot be
  /// cancelled, such as in a write to a pipe that is not read.
  void exit_at_once() { at_once_ = true; }
  /// 128 plus the number of the signal that requested the stop; 130 if there was none.
  [[nodiscard]] int exit_status() const;

 private:
  void watch();

  std::stop_source source_;
  std::atomic<int> signal_{0};
  std::atomic<bool> at_once_{false};
  std::atomic<bool> done_{false};
  std::thread thread_;
};

}  // namespace wirecopy
