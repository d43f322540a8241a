#include "generate/feed_files.hpp"

#include "base/buffered_writer.hpp"
#include "base/cancellation.hpp"
#include "base/publication.hpp"

namespace wirecopy::generate {
namespace {

namespace fs = std::filesystem;

class FileSink : public FeedSink {
 public:
  FileSink(const fs::path& folder, const std::stop_token& stop)
      : feed_(create(folder / "feed.jsonl")), truth_(create(folder / "truth.jsonl")), stop_(stop) {}

  [[nodiscard]] bool feed_line(std::string_view line) override {
    throw_if_stopped(stop_);
    feed_.append(line);
    return true;
  }
  [[nodiscard]] bool truth_line(std::string_view line) override { return truth_.append(line), true; }
  void finish() {
    feed_.finish();
    truth_.finish();
  }

 private:
  static BufferedWriter create(const fs::path& path) { return {open_for_writing(path), path.string()}; }

  BufferedWriter feed_;
  BufferedWriter truth_;
  const std::stop_token& stop_;
};

class PipeSink : public FeedSink {
 public:
  explicit PipeSink(int descriptor) : feed_(descriptor, "standard output") {}

  [[nodiscard]] bool feed_line(std::string_view line) override { return feed_.append(line), true; }
  [[nodiscard]] bool truth_line(std::string_view) override { return true; }
  void finish() { feed_.finish(); }

 private:
  BufferedWriter feed_;
};

bool is_empty_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error) && fs::is_empty(path, error) && !error;
}

void make_parent(const fs::path& folder) {
  std::error_code error;
  const fs::path parent = fs::absolute(folder / "").parent_path().parent_path();
  fs::create_directories(parent, error);
  if (error) throw_system_error(parent.string(), "cannot create the directory", error.value());
}

}  // namespace

void generate_into(const GenerateOptions& options, const fs::path& folder, bool force, const std::stop_token& stop) {
  make_parent(folder);
  Publication publication(folder, force || is_empty_folder(folder), "truth.jsonl", {{"feed.jsonl"}});
  FileSink sink(publication.staging(), stop);
  generate_feed(options, sink);
  sink.finish();
  publication.publish(stop);
}

void generate_to(const GenerateOptions& options, int descriptor) {
  PipeSink sink(descriptor);
  generate_feed(options, sink);
  sink.finish();
}

}  // namespace wirecopy::generate
