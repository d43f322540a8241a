// SIGINT and SIGTERM ask the run to stop; SIGPIPE and SIGXFSZ are left to whoever writes.
#pragma once

#include <atomic>
#include <stop_token>
#include <thread>

namespace wirecopy {

/// Blocks the signals in this and all later threads and waits for them in a thread of its own, so that nothing has to
/// happen inside a signal handler. The first signal requests a stop; the second ends the process at once. Make one, at
/// the start of main, before any other thread.
class SignalWatch {
 public:
  SignalWatch();
  ~SignalWatch();
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

  [[nodiscard]] std::stop_token stop_token() const { return source_.get_token(); }
  /// From here on the first signal ends the process at once: for work that leaves nothing behind and may wait where it
  /// cannot be called off, such as in a write to a pipe that nobody reads.
  void leave_at_once() { at_once_ = true; }
  /// 128 plus the number of the signal that asked to stop; 130 when none did.
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
