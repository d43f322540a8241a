#include "python/running.hpp"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <thread>

#include "base/mutex.hpp"

namespace wirecopy::python {
namespace {

constexpr std::chrono::milliseconds kSignalCheckInterval{50};

/// Whether a signal handler raised an exception, which remains set in this thread.
bool is_interrupted() {
  const nb::gil_scoped_acquire acquired;
  return PyErr_CheckSignals() != 0;
}

class Worker {
 public:
  explicit Worker(const std::function<void(std::stop_token)>& work)
      : thread_([this, &work](const std::stop_token& stop) { run(work, stop); }) {}

  /// Waits for the end of the work. Returns whether it was interrupted. Call it without the GIL.
  bool wait() {
    while (!has_ended_within(kSignalCheckInterval)) {
      if (!is_interrupted()) continue;
      thread_.request_stop();
      thread_.join();
      return true;
    }
    return false;
  }

  void rethrow() const {
    if (failed_) std::rethrow_exception(failed_);
  }

 private:
  void run(const std::function<void(std::stop_token)>& work, const std::stop_token& stop) {
    try {
      work(stop);
    } catch (...) {
      failed_ = std::current_exception();
    }
    const MutexLock lock(mutex_);
    has_ended_ = true;
    ended_.notify_one();
  }

  bool has_ended_within(std::chrono::milliseconds time) {
    const MutexLock lock(mutex_);
    const auto end = std::chrono::steady_clock::now() + time;
    while (!has_ended_ && ended_.wait_until(mutex_, end) == std::cv_status::no_timeout) {
    }
    return has_ended_;
  }

  Mutex mutex_;
  std::condition_variable_any ended_;
  bool has_ended_ WIRECOPY_GUARDED_BY(mutex_) = false;
  std::exception_ptr failed_;
  std::jthread thread_;  // last member, because the thread uses the others
};

}  // namespace

void run_interruptibly(const std::function<void(std::stop_token)>& work) {
  bool interrupted = false;
  std::exception_ptr failed;
  {
    const nb::gil_scoped_release released;
    Worker worker(work);
    interrupted = worker.wait();
    if (!interrupted) {
      try {
        worker.rethrow();
      } catch (...) {
        failed = std::current_exception();
      }
    }
  }
  if (interrupted) throw nb::python_error();
  if (failed) std::rethrow_exception(failed);
}

}  // namespace wirecopy::python
