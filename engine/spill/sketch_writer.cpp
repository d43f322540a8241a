// Every chunk is built in memory, including its checksum, and written by one call, so that it is either complete or
// torn and recognisable as such.
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

constexpr std::size_t kColumnPadding = 64;
constexpr std::size_t kKeptChunk = std::size_t{8} << 20;  // the memory of larger chunks is freed

StoredInput stored(const InputRecord& record, std::span<const Input> inputs) {
  const auto found = std::find(inputs.begin(), inputs.end(), record.input);
  StoredInput made;
  made.number = static_cast<std::uint64_t>(found - inputs.begin());
  made.file_size = record.identity.size;
  made.windows = record.identity.windows;
  made.size = record.size;
  made.compression = static_cast<std::uint32_t>(record.compression);
  made.layout = static_cast<std::uint8_t>(record.layout);
  made.unterminated = record.unterminated ? 1 : 0;
  made.damaged = record.damaged ? 1 : 0;
  made.grew = record.grew ? 1 : 0;
  return made;
}

std::string joined_names(std::span<const Input> inputs) {
  std::vector<std::string_view> names;
  for (const Input& input : inputs) names.push_back(input.name);
  return joined_strings(names);
}

void require_equal_inputs(const fs::path& path, const std::vector<Input>& has, const std::vector<Input>& required) {
  const auto [mine, yours] = std::mismatch(has.begin(), has.end(), required.begin(), required.end());
  if (mine == has.end() && yours == required.end()) return;
  throw Error(ErrorKind::state, fmt::format("{}: was made with {}, not {}", path.native(),
                                            mine == has.end() ? "fewer inputs" : fmt::format("input {}", mine->name),
                                            yours == required.end() ? "nothing after them" : yours->name));
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

void truncate(int file, std::uint64_t size, const fs::path& path) {
  if (::ftruncate(file, static_cast<off_t>(size)) != 0) throw_system_error(path.native(), "cannot truncate", errno);
}

}  // namespace

SketchWriter::SketchWriter(const fs::path& path, const SketchParameters& parameters)
    : SketchWriter(open_locked(path, O_RDWR | O_CREAT), path, parameters) {}

SketchWriter::SketchWriter(FileDescriptor file, fs::path path, const SketchParameters& parameters)
    : SketchWriter(std::move(file), std::move(path)) {
  truncate(file_.get(), 0, path_);
  const std::string names = joined_names(parameters.inputs);
  std::string text = parameters.describe();
  SketchFileHead head{{}, kSketchVersion, static_cast<std::uint32_t>(text.size()), names.size(), {}};
  text += names;
  head.checksum = sketch_checksum(text);
  std::copy(kSketchMagic.begin(), kSketchMagic.end(), head.magic);
  append_column(chunk_, std::span<const SketchFileHead>(&head, 1));
  append_column(chunk_, std::span<const char>(text));
  write_all(file_.get(), chunk_, path_.native());
  bytes_ = chunk_.size();
  totals_.end.records.reserve(parameters.inputs.size());
  inputs_ = parameters.inputs;
}

SketchWriter SketchWriter::reopen(const fs::path& path, const SketchParameters& parameters) {
  FileDescriptor file = open_locked(path, O_RDWR);
  SketchWriter writer(std::move(file), path);
  writer.inputs_ = parameters.inputs;
  SketchFile reader(path);
  require_equal_parameters(path.native(), reader.parameters(), parameters.describe());
  require_equal_inputs(path, reader.inputs(), parameters.inputs);
  writer.bytes_ = reader.offset();
  SketchTotals totals;  // runs ahead until the next chunk at which reading can be resumed
  for (SketchChunk chunk; reader.next(chunk, SketchFile::Check::checksums);) {
    add_totals(totals, chunk);
    if (!chunk.is_resumable) continue;
    writer.totals_ = totals;
    writer.bytes_ = reader.offset();
    writer.finished_ = chunk.is_last;
  }
  truncate(writer.file_.get(), writer.bytes_, path);
  if (::lseek(writer.file_.get(), static_cast<off_t>(writer.bytes_), SEEK_SET) < 0) {
    throw_system_error(path.native(), "cannot seek", errno);
  }
  return writer;
}

void SketchWriter::append(const SketchView& block, const FeedCounts& counts, std::string_view rejects,
                          const FeedPosition& end, bool is_resumable, std::span<const InputRecord> inputs) {
  const std::string sources = joined_strings(block.sources);
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
  chunk_.reserve(sizeof head + block.records.size_bytes() + block.tokens.size_bytes() + block.signatures.size_bytes() +
                 block.strings.size() + sources.size() + rejects.size() + stored_inputs.size() * sizeof(StoredInput) +
                 kColumnPadding);
  append_column(chunk_, std::span<const SketchChunkHead>(&head, 1));
  append_column(chunk_, std::span<const ArticleRecord>(block.records));
  append_column(chunk_, std::span<const StoredInput>(stored_inputs));
  append_column(chunk_, std::span<const Token>(block.tokens));
  append_column(chunk_, std::span<const std::uint32_t>(block.signatures));
  append_column(chunk_, std::span<const char>(block.strings));
  append_column(chunk_, std::span<const char>(sources));
  append_column(chunk_, std::span<const char>(rejects));
  write_chunk();
  if (chunk_.capacity() > kKeptChunk) std::string().swap(chunk_);
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
