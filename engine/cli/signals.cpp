#include "cli/signals.hpp"

#include <pthread.h>
#include <unistd.h>

#include <csignal>

#include "base/threads.hpp"
#include "cli/standard_streams.hpp"

namespace wirecopy {
namespace {

sigset_t watched_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

SignalWatch::SignalWatch() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // exceeding the file size limit is reported like a full disk
  const sigset_t signals = watched_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  thread_ = start_thread<std::thread>([this] { watch(); });
}

SignalWatch::~SignalWatch() {
  done_ = true;
  pthread_kill(thread_.native_handle(), SIGTERM);  // wakes the thread
  thread_.join();
}

void SignalWatch::watch() {
  const sigset_t signals = watched_signals();
  for (int signal = 0; sigwait(&signals, &signal) == 0;) {
    if (done_) return;
    const bool is_second = signal_.exchange(signal) != 0;
    if (is_second || at_once_) {
      print_message("stopped at once");
      _exit(128 + signal);
    }
    source_.request_stop();
  }
}

int SignalWatch::exit_status() const { return signal_ == 0 ? 130 : 128 + signal_; }

}  // namespace wirecopy
