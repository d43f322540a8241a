#include "generate/feed_files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <wirecopy/error.hpp>

#include "generate/byte_buffer.hpp"

namespace wirecopy::generate {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlock = 1 << 20;

[[noreturn]] void fail(const std::string& name, const char* what, int number) {
  throw Error(ErrorKind::io, name + ": " + what + ": " + std::strerror(number));
}

/// Bytes on their way to a descriptor, a block at a time.
class BlockWriter {
 public:
  BlockWriter(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}

  /// False when the reader of a pipe has gone.
  [[nodiscard]] bool append(std::string_view bytes) {
    buffer_.append(bytes);
    return buffer_.view().size() < kBlock || flush();
  }

  [[nodiscard]] bool flush() {
    std::string_view rest = buffer_.view();
    while (!rest.empty()) {
      const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
      if (written >= 0) {
        rest.remove_prefix(static_cast<std::size_t>(written));
      } else if (errno == EPIPE) {
        return false;
      } else if (errno != EINTR) {
        fail(name_, "cannot write", errno);
      }
    }
    buffer_.clear();
    return true;
  }

 private:
  int descriptor_;
  std::string name_;
  ByteBuffer buffer_;
};

/// A file that has another name until it is complete, and none if it never is.
class NewFile {
 public:
  explicit NewFile(fs::path path) : path_(std::move(path)), partial_(path_.string() + ".partial") {
    descriptor_ = ::open(partial_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor_ < 0) fail(partial_.string(), "cannot create", errno);
  }
  ~NewFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!published_) ::unlink(partial_.c_str());
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  [[nodiscard]] int descriptor() const { return descriptor_; }
  [[nodiscard]] std::string name() const { return path_.string(); }

  void close() {
    const int descriptor = descriptor_;
    descriptor_ = -1;
    if (::close(descriptor) != 0) fail(name(), "cannot write", errno);
  }
  void publish() {
    if (::rename(partial_.c_str(), path_.c_str()) != 0) fail(name(), "cannot rename", errno);
    published_ = true;
  }

 private:
  fs::path path_;
  fs::path partial_;
  int descriptor_ = -1;
  bool published_ = false;
};

class FileSink : public FeedSink {
 public:
  FileSink(const NewFile& feed, const NewFile& truth)
      : feed_(feed.descriptor(), feed.name()), truth_(truth.descriptor(), truth.name()) {}

  [[nodiscard]] bool feed_line(std::string_view line) override { return feed_.append(line); }
  [[nodiscard]] bool truth_line(std::string_view line) override { return truth_.append(line); }
  [[nodiscard]] bool flush() { return feed_.flush() && truth_.flush(); }

 private:
  BlockWriter feed_;
  BlockWriter truth_;
};

class PipeSink : public FeedSink {
 public:
  explicit PipeSink(int descriptor) : feed_(descriptor, "standard output") {}

  [[nodiscard]] bool feed_line(std::string_view line) override { return open_ = feed_.append(line); }
  [[nodiscard]] bool truth_line(std::string_view) override { return true; }
  void flush() { open_ = open_ && feed_.flush(); }

 private:
  BlockWriter feed_;
  bool open_ = true;
};

void prepare(const fs::path& folder, bool force) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (!fs::is_directory(folder)) fail(folder.string(), "cannot make the directory", error ? error.value() : ENOTDIR);
  const bool empty = fs::is_empty(folder, error);
  if (error) fail(folder.string(), "cannot read the directory", error.value());
  if (!empty && !force) {
    throw Error(ErrorKind::usage, folder.string() + ": is not empty (--force writes into it all the same)");
  }
}

}  // namespace

void generate_into(const GenerateOptions& options, const fs::path& folder, bool force) {
  prepare(folder, force);
  NewFile feed(folder / "feed.jsonl");
  NewFile truth(folder / "truth.jsonl");
  FileSink sink(feed, truth);
  generate_feed(options, sink);
  if (!sink.flush()) fail(folder.string(), "cannot write", EPIPE);
  feed.close();
  truth.close();
  feed.publish();
  truth.publish();
}

void generate_to(const GenerateOptions& options, int descriptor) {
  PipeSink sink(descriptor);
  generate_feed(options, sink);
  sink.flush();
}

}  // namespace wirecopy::generate
