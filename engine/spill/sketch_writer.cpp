// Every chunk is built in memory, with its checksum, and written by one call at its place: a chunk is there or it is
// not.
#include "spill/sketch_writer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <wirecopy/error.hpp>

#include "spill/sketch_layout.hpp"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

StoredInput stored(const InputRecord& record, std::span<const Input> inputs) {
  const auto found = std::find(inputs.begin(), inputs.end(), record.input);
  const FileIdentity& file = record.identity;
  return {static_cast<std::uint64_t>(found - inputs.begin()),
          file.device,
          file.inode,
          file.size,
          file.modified_ns,
          record.size,
          static_cast<std::uint32_t>(record.compression),
          record.unterminated ? 1U : 0U};
}

std::string text_of(const SketchParameters& parameters) {
  std::string text = parameters.describe();
  for (const Input& input : parameters.inputs) text += fmt::format("input {}\n", input.name);
  return text;
}

FileDescriptor open_locked(const fs::path& path, int flags) {
  FileDescriptor file(::open(path.c_str(), flags | O_CLOEXEC, 0666));
  if (!file) throw_system_error(path.native(), "cannot open", errno);
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) {
      throw Error(ErrorKind::usage, path.native() + ": another run is writing to it");
    }
    throw_system_error(path.native(), "cannot lock", errno);
  }
  return file;
}

void cut(int file, std::uint64_t size, const fs::path& path) {
  if (::ftruncate(file, static_cast<off_t>(size)) != 0) throw_system_error(path.native(), "cannot cut", errno);
}

}  // namespace

SketchWriter::SketchWriter(const fs::path& path, const SketchParameters& parameters)
    : SketchWriter(open_locked(path, O_RDWR | O_CREAT), path, parameters) {}

SketchWriter::SketchWriter(FileDescriptor file, fs::path path, const SketchParameters& parameters)
    : SketchWriter(std::move(file), std::move(path)) {
  cut(file_.get(), 0, path_);
  const std::string text = text_of(parameters);
  SketchFileHead head{{}, kSketchVersion, static_cast<std::uint32_t>(text.size()), sketch_checksum(text)};
  std::copy(kSketchMagic.begin(), kSketchMagic.end(), head.magic);
  append_column(chunk_, std::span<const SketchFileHead>(&head, 1));
  append_column(chunk_, std::span<const char>(text));
  write_all(file_.get(), chunk_, path_.native());
  bytes_ = chunk_.size();
  totals_.end.records.reserve(parameters.inputs.size());
  inputs_ = parameters.inputs;
}

SketchWriter SketchWriter::go_on(const fs::path& path, const SketchParameters& parameters) {
  FileDescriptor file = open_locked(path, O_RDWR);
  SketchWriter writer(std::move(file), path);
  writer.inputs_ = parameters.inputs;
  SketchFile reader(path);
  std::string has = reader.parameters();
  for (const Input& input : reader.inputs()) has += fmt::format("input {}\n", input.name);
  require_equal_parameters(path.native(), has, text_of(parameters));
  writer.bytes_ = reader.offset();
  SketchTotals totals;  // runs ahead until the next place where reading can go on
  for (SketchChunk chunk; reader.next(chunk, SketchFile::Check::checksums);) {
    add_totals(totals, chunk);
    if (!chunk.is_resumable) continue;
    writer.totals_ = totals;
    writer.bytes_ = reader.offset();
    writer.finished_ = chunk.is_last;
  }
  cut(writer.file_.get(), writer.bytes_, path);
  if (::lseek(writer.file_.get(), static_cast<off_t>(writer.bytes_), SEEK_SET) < 0) {
    throw_system_error(path.native(), "cannot seek", errno);
  }
  return writer;
}

void SketchWriter::append(const SketchView& block, const FeedCounts& counts, std::string_view rejects,
                          const FeedPosition& end, bool is_resumable, std::span<const InputRecord> inputs) {
  std::string sources;
  for (const std::string_view source : block.sources) {
    const auto length = static_cast<std::uint32_t>(source.size());
    sources.append(reinterpret_cast<const char*>(&length), sizeof length).append(source);
  }
  std::vector<StoredInput> stored_inputs;
  for (const InputRecord& input : inputs) stored_inputs.push_back(stored(input, inputs_));

  SketchChunkHead head;
  head.records = block.records.size();
  head.inputs = stored_inputs.size();
  head.tokens = block.tokens.size();
  head.signatures = block.signatures.size();
  head.strings = block.strings.size();
  head.sources = sources.size();
  head.rejects = rejects.size();
  head.end = end;
  head.rejected = counts.rejected;
  head.reasons = counts.reasons;
  head.usage = counts.usage;
  head.is_resumable = is_resumable ? 1 : 0;

  chunk_.clear();
  append_column(chunk_, std::span<const SketchChunkHead>(&head, 1));
  append_column(chunk_, std::span<const ArticleRecord>(block.records));
  append_column(chunk_, std::span<const StoredInput>(stored_inputs));
  append_column(chunk_, std::span<const Token>(block.tokens));
  append_column(chunk_, std::span<const std::uint32_t>(block.signatures));
  append_column(chunk_, std::span<const char>(block.strings));
  append_column(chunk_, std::span<const char>(sources));
  append_column(chunk_, std::span<const char>(rejects));
  write_chunk();
}

void SketchWriter::write_chunk() {
  SketchChunkHead head;
  std::memcpy(&head, chunk_.data(), sizeof head);
  head.bytes = chunk_.size();
  head.checksum = sketch_checksum(std::string_view(chunk_).substr(kChecksumBegin));
  std::memcpy(chunk_.data(), &head, kChecksumBegin);
  write_all(file_.get(), chunk_, path_.native());
  bytes_ += chunk_.size();
}

void SketchWriter::finish(std::span<const InputRecord> inputs) {
  std::vector<StoredInput> stored_inputs;
  for (const InputRecord& input : inputs) stored_inputs.push_back(stored(input, inputs_));
  SketchChunkHead head;
  head.inputs = stored_inputs.size();
  head.end.input = inputs_.size();
  head.is_resumable = 1;
  head.is_last = 1;
  chunk_.clear();
  append_column(chunk_, std::span<const SketchChunkHead>(&head, 1));
  append_column(chunk_, std::span<const StoredInput>(stored_inputs));
  write_chunk();
  finished_ = true;
}

void SketchWriter::sync() { sync_file(file_.get(), path_.native()); }

}  // namespace wirecopy
