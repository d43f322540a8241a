#include "feed/raw_source.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <wirecopy/error.hpp>

namespace wirecopy {

namespace {

constexpr int kPollMilliseconds = 100;

[[noreturn]] void fail(const std::string& name, std::string_view what, int error) {
  throw Error(ErrorKind::io, fmt::format("{}: {}: {}", name, what, std::generic_category().message(error)));
}

class FileSource : public RawSource {
 public:
  FileSource(const Input& input, const std::atomic<bool>* cancelled)
      : name_(input.is_stdin() ? "stdin" : input.name), cancelled_(cancelled) {
    // Not to block: opening a fifo would wait for its writer, and nothing could call it off.
    descriptor_ = input.is_stdin() ? STDIN_FILENO : ::open(input.name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor_ < 0) {
      const int error = errno;
      if (error == ENOENT) throw Error(ErrorKind::io, name_ + ": no such file");
      fail(name_, "cannot open", error);
    }
    owned_ = !input.is_stdin();
    try {
      waits_ = !identity_of(descriptor_, name_).regular;
    } catch (...) {
      close();
      throw;
    }
  }
  ~FileSource() override { close(); }
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  std::size_t read(char* to, std::size_t capacity) override {
    for (;;) {
      if (waits_) wait();
      const ssize_t got = ::read(descriptor_, to, capacity);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR && errno != EAGAIN) fail(name_, "cannot read", errno);
      check_cancelled();
    }
  }

  // A redirected stdin cannot be opened a second time by its name, hence it counts as a stream.
  FileIdentity identity() const override { return owned_ ? identity_of(descriptor_, name_) : FileIdentity{}; }

 private:
  void close() const {
    if (owned_) ::close(descriptor_);
  }

  void check_cancelled() const {
    if (cancelled_ != nullptr && cancelled_->load(std::memory_order_relaxed)) {
      throw Error(ErrorKind::cancelled, name_ + ": cancelled while reading");
    }
  }

  void wait() const {
    pollfd waiting{descriptor_, POLLIN, 0};
    for (;;) {
      check_cancelled();
      const int ready = ::poll(&waiting, 1, kPollMilliseconds);
      if (ready > 0 || (ready < 0 && errno != EINTR)) return;  // what is wrong, read() will say
    }
  }

  std::string name_;
  const std::atomic<bool>* cancelled_;
  int descriptor_ = -1;
  bool owned_ = false;
  bool waits_ = false;  // a pipe or a terminal
};

}  // namespace

FileIdentity identity_of(int descriptor, const std::string& name) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) fail(name, "cannot read", errno);
  if (S_ISDIR(status.st_mode)) fail(name, "cannot read", EISDIR);
  if (!S_ISREG(status.st_mode)) return {};
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  return {true, static_cast<std::uint64_t>(status.st_dev), static_cast<std::uint64_t>(status.st_ino),
          static_cast<std::uint64_t>(status.st_size), status.st_mtim.tv_sec * kNanoseconds + status.st_mtim.tv_nsec};
}

std::unique_ptr<RawSource> open_raw(const Input& input, const std::atomic<bool>* cancelled) {
  return std::make_unique<FileSource>(input, cancelled);
}

}  // namespace wirecopy
