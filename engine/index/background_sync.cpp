#include "index/background_sync.hpp"

#include <utility>
#include <wirecopy/error.hpp>

#include "base/threads.hpp"

namespace wirecopy {

BackgroundSync::BackgroundSync(IndexStore& store, std::chrono::milliseconds interval)
    : store_(store), interval_(interval), thread_(start_thread<std::thread>([this] { run(); })) {}

BackgroundSync::~BackgroundSync() {
  {
    const MutexLock lock(mutex_);
    is_closing_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void BackgroundSync::note_write() {
  const MutexLock lock(mutex_);
  is_unsynced_ = true;
}

bool BackgroundSync::wait() {
  if (!is_closing_) wake_.wait_for(mutex_, interval_);
  return std::exchange(is_unsynced_, false);
}

void BackgroundSync::run() {
  for (bool is_closing = false; !is_closing;) {
    bool is_due = false;
    {
      const MutexLock lock(mutex_);
      is_due = wait();
      is_closing = is_closing_;
    }
    try {
      if (is_due) store_.sync();
    } catch (const Error&) {
      note_write();  // flush() will say so
    }
  }
}

}  // namespace wirecopy
