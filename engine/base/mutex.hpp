// Locks that say what they guard. clang checks it (scripts/lint); other compilers see nothing of it.
//
//   Mutex mutex_;
//   std::map<...> table_ WIRECOPY_GUARDED_BY(mutex_);
//   ...
//   const MutexLock lock(mutex_);
#pragma once

#include <mutex>
#include <shared_mutex>

// See https://clang.llvm.org/docs/ThreadSafetyAnalysis.html
#if defined(__clang__)
#define WIRECOPY_THREAD_ATTRIBUTE(x) __attribute__((x))
#else
#define WIRECOPY_THREAD_ATTRIBUTE(x)
#endif
/// The value may be touched only while the mutex is held: for reading at least shared, for writing exclusively.
#define WIRECOPY_GUARDED_BY(mutex) WIRECOPY_THREAD_ATTRIBUTE(guarded_by(mutex))
/// The same of what a pointer points to.
#define WIRECOPY_PT_GUARDED_BY(mutex) WIRECOPY_THREAD_ATTRIBUTE(pt_guarded_by(mutex))
/// The caller must hold the mutex.
#define WIRECOPY_REQUIRES(mutex) WIRECOPY_THREAD_ATTRIBUTE(requires_capability(mutex))

namespace wirecopy {

class WIRECOPY_THREAD_ATTRIBUTE(capability("mutex")) Mutex {
 public:
  void lock() WIRECOPY_THREAD_ATTRIBUTE(acquire_capability()) { mutex_.lock(); }
  void unlock() WIRECOPY_THREAD_ATTRIBUTE(release_capability()) { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};

class WIRECOPY_THREAD_ATTRIBUTE(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) WIRECOPY_THREAD_ATTRIBUTE(acquire_capability(mutex)) : mutex_(mutex) {
    mutex_.lock();
  }
  ~MutexLock() WIRECOPY_THREAD_ATTRIBUTE(release_capability()) { mutex_.unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

class WIRECOPY_THREAD_ATTRIBUTE(capability("mutex")) SharedMutex {
 public:
  void lock() WIRECOPY_THREAD_ATTRIBUTE(acquire_capability()) { mutex_.lock(); }
  void unlock() WIRECOPY_THREAD_ATTRIBUTE(release_capability()) { mutex_.unlock(); }
  void lock_shared() WIRECOPY_THREAD_ATTRIBUTE(acquire_shared_capability()) { mutex_.lock_shared(); }
  void unlock_shared() WIRECOPY_THREAD_ATTRIBUTE(release_shared_capability()) { mutex_.unlock_shared(); }

 private:
  std::shared_mutex mutex_;
};

/// Exclusive.
class WIRECOPY_THREAD_ATTRIBUTE(scoped_lockable) WriterLock {
 public:
  explicit WriterLock(SharedMutex& mutex) WIRECOPY_THREAD_ATTRIBUTE(acquire_capability(mutex)) : mutex_(mutex) {
    mutex_.lock();
  }
  ~WriterLock() WIRECOPY_THREAD_ATTRIBUTE(release_capability()) { mutex_.unlock(); }
  WriterLock(const WriterLock&) = delete;
  WriterLock& operator=(const WriterLock&) = delete;

 private:
  SharedMutex& mutex_;
};

class WIRECOPY_THREAD_ATTRIBUTE(scoped_lockable) ReaderLock {
 public:
  explicit ReaderLock(SharedMutex& mutex) WIRECOPY_THREAD_ATTRIBUTE(acquire_shared_capability(mutex)) : mutex_(mutex) {
    mutex_.lock_shared();
  }
  ~ReaderLock() WIRECOPY_THREAD_ATTRIBUTE(release_capability()) { mutex_.unlock_shared(); }
  ReaderLock(const ReaderLock&) = delete;
  ReaderLock& operator=(const ReaderLock&) = delete;

 private:
  SharedMutex& mutex_;
};

}  // namespace wirecopy
