// A library for LD_PRELOAD that makes one system call on the files below a directory fail.
//
//   FAILING_IO_UNDER=/tmp/x FAILING_IO_LOG=/tmp/calls LD_PRELOAD=libfailing_io.so wirecopy ...        lists the calls
//   FAILING_IO_UNDER=/tmp/x FAILING_IO_AT=17 FAILING_IO_ERRNO=5 LD_PRELOAD=libfailing_io.so wirecopy ...  fails the 17th
//
// A call concerns the directory if it has a path in it or a descriptor opened by such a path. Calls are numbered from 1
// in the order in which they are made; each line of the log has the number, the name and the path of a call. With
// FAILING_IO_FOR_GOOD=1, every later call that needs space on the disk fails too, as on a full disk, which still
// renames, truncates and syncs files. A failing call has no effect, except that close() always frees its descriptor.
//
// Not covered are pages of mapped files that cannot be read (SIGBUS) and calls inside the C library; of its
// streams, only opening and unlocked reading are intercepted, which RocksDB uses.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

// On 64-bit systems, the large-file names are the same functions; each is exported as an alias.
#define EXPORT __attribute__((visibility("default")))
#define ALIAS(name, target) extern EXPORT __typeof__(target) name __attribute__((alias(#target)))
#define REAL(name) ((__typeof__(&name))real_of(#name))

enum { kDescriptors = 1 << 16 };
enum Need { kNeedsNoSpace, kNeedsSpace };  // whether a call can fail because the disk is full

static const char* under;
static size_t under_size;
static long fail_at;
static int fail_errno;
static int for_good;
static int log_file = -1;
static atomic_long calls;
static atomic_bool watched[kDescriptors];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void* real_of(const char* name) { return dlsym(RTLD_NEXT, name); }

static void read_settings(void) {
  const char* const at = getenv("FAILING_IO_AT");
  const char* const number = getenv("FAILING_IO_ERRNO");
  const char* const log = getenv("FAILING_IO_LOG");
  under = getenv("FAILING_IO_UNDER");
  under_size = under == NULL ? 0 : strlen(under);
  fail_at = at == NULL ? 0 : atol(at);
  fail_errno = number == NULL ? EIO : atoi(number);
  for_good = getenv("FAILING_IO_FOR_GOOD") != NULL;
  if (log != NULL) log_file = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
}

static bool is_below(const char* path) {
  pthread_once(&once, read_settings);
  if (under_size == 0 || path == NULL) return false;
  char absolute[PATH_MAX];
  if (path[0] != '/') {
    char here[PATH_MAX];
    if (getcwd(here, sizeof here) == NULL || snprintf(absolute, sizeof absolute, "%s/%s", here, path) < 0) return false;
    path = absolute;
  }
  return strncmp(path, under, under_size) == 0 && (path[under_size] == '/' || path[under_size] == '\0');
}

static bool is_watched(int fd) { return fd >= 0 && fd < kDescriptors && watched[fd]; }

static int watch(int fd, bool is_ours) {
  if (fd >= 0 && fd < kDescriptors) watched[fd] = is_ours;
  return fd;
}

static void write_log(long number, const char* name, int fd, const char* path) {
  char link[64], target[PATH_MAX] = "", line[2 * PATH_MAX];
  if (path == NULL) {
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    if (readlink(link, target, sizeof target - 1) < 0) target[0] = '\0';
    path = target;
  }
  const int size = snprintf(line, sizeof line, "%ld %s %s\n", number, name, path);
  if (size > 0) syscall(SYS_write, log_file, line, (size_t)size);
}

// Counts a call. Returns true and sets errno if it must fail.
static bool fails(const char* name, int fd, const char* path, enum Need need) {
  const long number = atomic_fetch_add(&calls, 1) + 1;
  if (log_file >= 0) write_log(number, name, fd, path);
  if (fail_at == 0 || number < fail_at || (number > fail_at && !(for_good && need == kNeedsSpace))) return false;
  errno = fail_errno;
  return true;
}

static bool path_fails(const char* name, const char* path, enum Need need) {
  return is_below(path) && fails(name, -1, path, need);
}

static bool descriptor_fails(const char* name, int fd, enum Need need) {
  return is_watched(fd) && fails(name, fd, NULL, need);
}

// ---- opening and closing ----

static enum Need need_of(int flags) { return flags & (O_CREAT | O_TMPFILE) & ~O_DIRECTORY ? kNeedsSpace : kNeedsNoSpace; }

EXPORT int openat(int directory, const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const mode_t mode = flags & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY)) ? va_arg(more, mode_t) : 0;
  va_end(more);
  const bool is_ours = path[0] == '/' || directory == AT_FDCWD ? is_below(path) : is_watched(directory);
  if (is_ours && fails("open", -1, path, need_of(flags))) return -1;
  return watch((int)syscall(SYS_openat, directory, path, flags, mode), is_ours);
}
ALIAS(openat64, openat);

EXPORT int open(const char* path, int flags, ...) {
  va_list more;
  va_start(more, flags);
  const mode_t mode = flags & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY)) ? va_arg(more, mode_t) : 0;
  va_end(more);
  return openat(AT_FDCWD, path, flags, mode);
}
ALIAS(open64, open);
EXPORT int __open_2(const char* path, int flags) { return openat(AT_FDCWD, path, flags); }
ALIAS(__open64_2, __open_2);

EXPORT int mkostemp(char* pattern, int flags) {
  if (path_fails("open", pattern, kNeedsSpace)) return -1;
  return watch(REAL(mkostemp)(pattern, flags), is_below(pattern));
}
ALIAS(mkostemp64, mkostemp);

EXPORT FILE* fopen(const char* path, const char* mode) {
  if (path_fails("open", path, mode[0] == 'r' ? kNeedsNoSpace : kNeedsSpace)) return NULL;
  FILE* const file = REAL(fopen)(path, mode);
  if (file != NULL) watch(fileno(file), is_below(path));
  return file;
}
ALIAS(fopen64, fopen);

EXPORT int fcntl(int fd, int command, ...) {
  va_list more;
  va_start(more, command);
  void* const argument = va_arg(more, void*);
  va_end(more);
  const int result = REAL(fcntl)(fd, command, argument);
  if (command == F_DUPFD_CLOEXEC || command == F_DUPFD) watch(result, is_watched(fd));
  return result;
}
ALIAS(fcntl64, fcntl);

EXPORT int close(int fd) {
  const bool has_failed = descriptor_fails("close", fd, kNeedsNoSpace);
  if (is_watched(fd)) watched[fd] = false;
  const int result = (int)syscall(SYS_close, fd);
  if (!has_failed) return result;
  errno = fail_errno;
  return -1;
}

EXPORT int fclose(FILE* file) {
  const int fd = fileno(file);
  if (is_watched(fd)) watched[fd] = false;
  return REAL(fclose)(file);
}

// ---- reading ----

EXPORT ssize_t read(int fd, void* to, size_t size) {
  return descriptor_fails("read", fd, kNeedsNoSpace) ? -1 : syscall(SYS_read, fd, to, size);
}
EXPORT ssize_t __read_chk(int fd, void* to, size_t size, size_t room) { return (void)room, read(fd, to, size); }
EXPORT ssize_t pread(int fd, void* to, size_t size, off_t offset) {
  return descriptor_fails("pread", fd, kNeedsNoSpace) ? -1 : syscall(SYS_pread64, fd, to, size, offset);
}
ALIAS(pread64, pread);
EXPORT size_t (fread_unlocked)(void* to, size_t size, size_t count, FILE* file) {
  return descriptor_fails("read", fileno(file), kNeedsNoSpace) ? 0 : REAL(fread_unlocked)(to, size, count, file);
}
EXPORT void* mmap(void* address, size_t size, int protection, int flags, int fd, off_t offset) {
  if (descriptor_fails("mmap", fd, kNeedsNoSpace)) return errno = ENOMEM, MAP_FAILED;
  return (void*)syscall(SYS_mmap, address, size, protection, flags, fd, offset);
}
ALIAS(mmap64, mmap);

// ---- writing ----

EXPORT ssize_t write(int fd, const void* from, size_t size) {
  return descriptor_fails("write", fd, kNeedsSpace) ? -1 : syscall(SYS_write, fd, from, size);
}
EXPORT ssize_t pwrite(int fd, const void* from, size_t size, off_t offset) {
  return descriptor_fails("pwrite", fd, kNeedsSpace) ? -1 : syscall(SYS_pwrite64, fd, from, size, offset);
}
ALIAS(pwrite64, pwrite);
EXPORT ssize_t writev(int fd, const struct iovec* parts, int count) {
  return descriptor_fails("writev", fd, kNeedsSpace) ? -1 : syscall(SYS_writev, fd, parts, count);
}
EXPORT ssize_t copy_file_range(int from, off_t* from_at, int to, off_t* to_at, size_t size, unsigned flags) {
  if (is_watched(from) ? fails("copy_file_range", to, NULL, kNeedsSpace) : descriptor_fails("copy_file_range", to, kNeedsSpace)) {
    return -1;
  }
  return syscall(SYS_copy_file_range, from, from_at, to, to_at, size, flags);
}
EXPORT int fsync(int fd) { return descriptor_fails("fsync", fd, kNeedsNoSpace) ? -1 : (int)syscall(SYS_fsync, fd); }
EXPORT int fdatasync(int fd) { return descriptor_fails("fdatasync", fd, kNeedsNoSpace) ? -1 : (int)syscall(SYS_fdatasync, fd); }
EXPORT int ftruncate(int fd, off_t size) {
  return descriptor_fails("ftruncate", fd, kNeedsNoSpace) ? -1 : (int)syscall(SYS_ftruncate, fd, size);
}
ALIAS(ftruncate64, ftruncate);
EXPORT int fallocate(int fd, int mode, off_t offset, off_t size) {
  return descriptor_fails("fallocate", fd, kNeedsSpace) ? -1 : (int)syscall(SYS_fallocate, fd, mode, offset, size);
}
ALIAS(fallocate64, fallocate);
EXPORT int posix_fallocate(int fd, off_t offset, off_t size) {
  return descriptor_fails("posix_fallocate", fd, kNeedsSpace) ? fail_errno : REAL(posix_fallocate)(fd, offset, size);
}
ALIAS(posix_fallocate64, posix_fallocate);

// ---- directories ----

EXPORT int mkdir(const char* path, mode_t mode) {
  return path_fails("mkdir", path, kNeedsSpace) ? -1 : (int)syscall(SYS_mkdir, path, mode);
}
EXPORT int rename(const char* from, const char* to) {
  return path_fails("rename", to, kNeedsNoSpace) ? -1 : (int)syscall(SYS_rename, from, to);
}
EXPORT int renameat2(int from_at, const char* from, int to_at, const char* to, unsigned flags) {
  if (path_fails("rename", to, kNeedsNoSpace)) return -1;
  return (int)syscall(SYS_renameat2, from_at, from, to_at, to, flags);
}
EXPORT int link(const char* from, const char* to) {
  return path_fails("link", to, kNeedsSpace) ? -1 : (int)syscall(SYS_link, from, to);
}
EXPORT int unlink(const char* path) {
  return path_fails("unlink", path, kNeedsNoSpace) ? -1 : (int)syscall(SYS_unlink, path);
}
EXPORT int unlinkat(int directory, const char* path, int flags) {
  const bool is_ours = path[0] == '/' || directory == AT_FDCWD ? is_below(path) : is_watched(directory);
  if (is_ours && fails("unlink", -1, path, kNeedsNoSpace)) return -1;
  return (int)syscall(SYS_unlinkat, directory, path, flags);
}
EXPORT int rmdir(const char* path) {
  return path_fails("rmdir", path, kNeedsNoSpace) ? -1 : (int)syscall(SYS_rmdir, path);
}
EXPORT int remove(const char* path) { return path_fails("unlink", path, kNeedsNoSpace) ? -1 : REAL(remove)(path); }
EXPORT int truncate(const char* path, off_t size) {
  return path_fails("truncate", path, kNeedsNoSpace) ? -1 : (int)syscall(SYS_truncate, path, size);
}
ALIAS(truncate64, truncate);
