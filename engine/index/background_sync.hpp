// Brings what was written to an index to the disk, a moment later.
#pragma once

#include <chrono>
#include <condition_variable>
#include <thread>

#include "base/mutex.hpp"
#include "store/store.hpp"

namespace wirecopy {

/// A thread that syncs a store once an interval, if something was written since. Thread-safe.
class BackgroundSync {
 public:
  /// The store must outlive it. Throws Error(resources) where no thread can be started.
  BackgroundSync(IndexStore& store, std::chrono::milliseconds interval);
  /// Ends the thread; does not sync.
  ~BackgroundSync();
  BackgroundSync(const BackgroundSync&) = delete;
  BackgroundSync& operator=(const BackgroundSync&) = delete;

  /// Something was written.
  void note_write();

 private:
  void run();
  /// Waits for an interval. Whether something is to be synced; it counts as synced then.
  [[nodiscard]] bool wait() WIRECOPY_REQUIRES(mutex_);

  IndexStore& store_;
  const std::chrono::milliseconds interval_;
  Mutex mutex_;
  std::condition_variable_any wake_;
  bool is_closing_ WIRECOPY_GUARDED_BY(mutex_) = false;
  bool is_unsynced_ WIRECOPY_GUARDED_BY(mutex_) = false;
  std::thread thread_;
};

}  // namespace wirecopy
