// Every chunk is built in memory, with its checksum, and written by one call at its place: a chunk is there or it is
// not. Numbers are those of the machine, as the columns are mapped and used as they are; the header says which.
#include "spill/sketch_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <type_traits>
#include <wirecopy/version.hpp>

#include "base/hash.hpp"
#include "text/normal_form.hpp"

namespace wirecopy {
/// An input as far as it was read.
struct StoredInput {
  std::uint64_t number = 0;
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t file_size = 0;
  std::int64_t modified_ns = 0;
  std::uint64_t size = 0;
  std::uint32_t compression = 0;
  std::uint32_t unterminated = 0;
};

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "wcsketch";
constexpr std::uint32_t kVersion = 2;
constexpr std::uint64_t kChunkMagic = 0x6b6e756863636b73;
constexpr std::size_t kAlignment = 8;

struct FileHead {
  char magic[8];
  std::uint32_t version;
  std::uint32_t text_bytes;  // parameters and inputs
  Digest checksum;           // of the text
};

struct ChunkHead {
  std::uint64_t magic = kChunkMagic;
  std::uint64_t bytes = 0;  // of the whole chunk
  Digest checksum;          // of all that follows
  // Lengths of the columns, in this order, in items; each begins at a multiple of 8 bytes.
  std::uint64_t records = 0;
  std::uint64_t inputs = 0;
  std::uint64_t tokens = 0;
  std::uint64_t signatures = 0;
  std::uint64_t strings = 0;
  std::uint64_t sources = 0;  // bytes: of each its length (4) and its name
  std::uint64_t rejects = 0;  // bytes
  FeedPosition end;
  std::uint64_t rejected = 0;
  std::array<std::uint64_t, kRejectReasons> reasons{};
  FieldUsage usage;
  std::uint32_t is_resumable = 0;
  std::uint32_t is_last = 0;
};

static_assert(std::is_trivially_copyable_v<ChunkHead> && sizeof(ChunkHead) % kAlignment == 0);
static_assert(std::is_trivially_copyable_v<ArticleRecord> && sizeof(ArticleRecord) % kAlignment == 0);
static_assert(std::is_trivially_copyable_v<StoredInput> && sizeof(StoredInput) % kAlignment == 0);
constexpr std::size_t kChecksummed = offsetof(ChunkHead, records);

constexpr std::size_t padded(std::size_t bytes) { return (bytes + kAlignment - 1) / kAlignment * kAlignment; }

Digest checksum_of(std::string_view bytes) { return Hasher(0).digest(bytes); }

[[noreturn]] void refuse(const fs::path& path, const std::string& why) {
  throw Error(ErrorKind::state, path.native() + ": " + why);
}

template <typename Item>
void append_column(std::string& chunk, std::span<const Item> items) {
  chunk.append(reinterpret_cast<const char*>(items.data()), items.size_bytes());
  chunk.resize(padded(chunk.size()), '\0');
}

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

/// Walks over the columns of a chunk.
class ColumnReader {
 public:
  explicit ColumnReader(std::string_view chunk) : rest_(chunk) {}

  template <typename Item>
  bool take(std::uint64_t count, std::span<const Item>& items) {
    if (count > rest_.size() / sizeof(Item)) return false;
    items = {reinterpret_cast<const Item*>(rest_.data()), static_cast<std::size_t>(count)};
    rest_.remove_prefix(std::min(rest_.size(), padded(items.size_bytes())));
    return true;
  }
  bool take(std::uint64_t count, std::string_view& bytes) {
    std::span<const char> items;
    if (!take(count, items)) return false;
    bytes = {items.data(), items.size()};
    return true;
  }

 private:
  std::string_view rest_;
};

bool split_sources(std::string_view bytes, std::vector<std::string_view>& sources) {
  sources.clear();
  while (!bytes.empty()) {
    std::uint32_t length = 0;
    if (bytes.size() < sizeof length) return false;
    std::memcpy(&length, bytes.data(), sizeof length);
    bytes.remove_prefix(sizeof length);
    if (bytes.size() < length) return false;
    sources.push_back(bytes.substr(0, length));
    bytes.remove_prefix(length);
  }
  return true;
}

/// Whether every record points into the columns: what no checksum was asked for is still not trusted blindly.
bool is_sound(const SketchView& sketch) {
  return std::all_of(sketch.records.begin(), sketch.records.end(), [&](const ArticleRecord& r) {
    return number(r.source) < sketch.sources.size() &&
           std::uint64_t{r.first_token} + r.title_tokens + r.text_tokens <= sketch.tokens.size() &&
           std::uint64_t{r.first_byte} + r.id_bytes + r.title_bytes <= sketch.strings.size() &&
           r.samples <= r.title_tokens + r.text_tokens;
  });
}

/// The places where a role is looked for, as one word each.
std::string names_of(const FieldMap& fields, Role role) {
  std::string names;
  for (const FieldPath& path : fields.candidates(role)) names += (names.empty() ? "" : " ") + path.name;
  return names;
}

/// Calls `use(key, value)` for each line.
template <typename Use>
void for_each_parameter(std::string_view lines, Use use) {
  while (!lines.empty()) {
    const std::string_view line = lines.substr(0, lines.find('\n'));
    const std::string_view key = line.substr(0, line.find(' '));
    use(key, line.substr(std::min(line.size(), key.size() + 1)));
    lines.remove_prefix(std::min(lines.size(), line.size() + 1));
  }
}

template <typename Number>
void read_value(std::string_view text, Number& number) {
  std::from_chars(text.data(), text.data() + text.size(), number);
}

}  // namespace

std::string SketchParameters::describe() const {
  std::string text = fmt::format(
      "wirecopy {}\nunicode {}\nrecord-bytes {}\nbyte-order {}\nmethod {}\nthreshold {}\nrecall {}\nshingle {}\nseed "
      "{}\n"
      "title {}\nmax-line {}\n",
      version(), unicode_version(), sizeof(ArticleRecord),
      std::endian::native == std::endian::little ? "little" : "big", name(options.method), options.threshold,
      options.recall, options.shingle, options.seed, options.title ? "yes" : "no", max_line);
  for (const Role role : kAllRoles) text += fmt::format("field-{} {}\n", name(role), names_of(fields, role));
  return text;
}

void require_equal_parameters(const std::string& path, std::string_view has, std::string_view wanted) {
  while (!has.empty() || !wanted.empty()) {
    const std::string_view a = has.substr(0, has.find('\n')), b = wanted.substr(0, wanted.find('\n'));
    if (a != b) {
      throw Error(ErrorKind::state, fmt::format("{}: was made with {}, not {}", path, a.empty() ? "less" : a,
                                                b.empty() ? "nothing" : b.substr(std::min(b.size(), b.find(' ') + 1))));
    }
    has.remove_prefix(std::min(has.size(), a.size() + 1));
    wanted.remove_prefix(std::min(wanted.size(), b.size() + 1));
  }
}

SketchWriter::SketchWriter(fs::path path, const SketchParameters& parameters)
    : SketchWriter(open_locked(path, O_RDWR | O_CREAT), path, parameters) {}

SketchWriter::SketchWriter(FileDescriptor file, fs::path path, const SketchParameters& parameters)
    : SketchWriter(std::move(file), std::move(path)) {
  cut(file_.get(), 0, path_);
  const std::string text = text_of(parameters);
  FileHead head{{}, kVersion, static_cast<std::uint32_t>(text.size()), checksum_of(text)};
  std::copy(kMagic.begin(), kMagic.end(), head.magic);
  append_column(chunk_, std::span<const FileHead>(&head, 1));
  append_column(chunk_, std::span<const char>(text));
  write_all(file_.get(), chunk_, path_.native());
  bytes_ = chunk_.size();
  totals_.end.records.reserve(parameters.inputs.size());
  inputs_ = parameters.inputs;
}

SketchWriter SketchWriter::go_on(fs::path path, const SketchParameters& parameters) {
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

void add_totals(SketchTotals& totals, const SketchChunk& chunk) {
  totals.counts.articles += chunk.counts.articles;
  totals.counts.rejected += chunk.counts.rejected;
  for (std::size_t i = 0; i < totals.counts.reasons.size(); ++i) totals.counts.reasons[i] += chunk.counts.reasons[i];
  totals.counts.usage.merge(chunk.counts.usage);
  totals.end.position = chunk.end;
  // The last record of a chunk is that of the input under way, which the next chunk tells again.
  if (!chunk.inputs.empty() && !totals.end.records.empty() &&
      totals.end.records.back().input == chunk.inputs.front().input) {
    totals.end.records.pop_back();
  }
  totals.end.records.insert(totals.end.records.end(), chunk.inputs.begin(), chunk.inputs.end());
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

  ChunkHead head;
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
  append_column(chunk_, std::span<const ChunkHead>(&head, 1));
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
  ChunkHead head;
  std::memcpy(&head, chunk_.data(), sizeof head);
  head.bytes = chunk_.size();
  head.checksum = checksum_of(std::string_view(chunk_).substr(kChecksummed));
  std::memcpy(chunk_.data(), &head, kChecksummed);
  write_all(file_.get(), chunk_, path_.native());
  bytes_ += chunk_.size();
}

void SketchWriter::finish(std::span<const InputRecord> inputs) {
  std::vector<StoredInput> stored_inputs;
  for (const InputRecord& input : inputs) stored_inputs.push_back(stored(input, inputs_));
  ChunkHead head;
  head.inputs = stored_inputs.size();
  head.end.input = inputs_.size();
  head.is_resumable = 1;
  head.is_last = 1;
  chunk_.clear();
  append_column(chunk_, std::span<const ChunkHead>(&head, 1));
  append_column(chunk_, std::span<const StoredInput>(stored_inputs));
  write_chunk();
  finished_ = true;
}

void SketchWriter::sync() { sync_file(file_.get(), path_.native()); }

SketchFile::SketchFile(const fs::path& path, SpillSpace* space)
    : SketchFile(open_for_reading(path).get(), path, space) {}

SketchFile::SketchFile(int descriptor, fs::path path, SpillSpace* space)
    : file_(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0)), path_(std::move(path)), space_(space) {
  if (!file_) throw_system_error(path_.native(), "cannot open it again", errno);
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) throw_system_error(path_.native(), "cannot look at it", errno);
  const auto size = static_cast<std::size_t>(status.st_size);
  if (size < sizeof(FileHead)) refuse(path_, "is no sketch file");
  void* const address = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0);
  if (address == MAP_FAILED) throw_system_error(path_.native(), "cannot map", errno);
  bytes_ = {static_cast<const char*>(address), size};
  if (space_ != nullptr) space_->watch(address, size);
  try {
    read_header();
  } catch (...) {
    unmap();
    throw;
  }
}

SketchFile::~SketchFile() { unmap(); }

void SketchFile::unmap() {
  void* const address = const_cast<char*>(bytes_.data());
  if (space_ != nullptr) space_->forget(address);
  ::munmap(address, bytes_.size());
}

void SketchFile::read_header() {
  FileHead head;
  std::memcpy(&head, bytes_.data(), sizeof head);
  if (std::string_view(head.magic, sizeof head.magic) != kMagic) refuse(path_, "is no sketch file");
  if (head.version != kVersion) {
    refuse(path_, fmt::format("has version {} of the format, this program reads {}", head.version, kVersion));
  }
  if (padded(sizeof head + head.text_bytes) > bytes_.size()) refuse(path_, "is damaged: its header is cut off");
  const std::string_view text = bytes_.substr(sizeof head, head.text_bytes);
  if (checksum_of(text) != head.checksum) refuse(path_, "is damaged: the checksum of its header does not match");
  const std::size_t inputs = std::min(text.find("\ninput ") + 1, text.size());
  parameters_ = inputs == 0 ? text : text.substr(0, inputs);
  for (std::string_view rest = inputs == 0 ? std::string_view() : text.substr(inputs); !rest.empty();) {
    const std::size_t end = std::min(rest.find("\ninput "), rest.size() - 1);
    inputs_.push_back({std::string(rest.substr(6, end - 6))});
    rest.remove_prefix(end + 1);
  }
  offset_ = padded(sizeof head + text.size());
}

Options SketchFile::options() const {
  Options options;
  for_each_parameter(parameters_, [&](std::string_view key, std::string_view value) {
    if (key == "threshold") read_value(value, options.threshold);
    if (key == "recall") read_value(value, options.recall);
    if (key == "shingle") read_value(value, options.shingle);
    if (key == "seed") read_value(value, options.seed);
    if (key == "title") options.title = value == "yes";
    for (const Method method : {Method::sample, Method::minhash, Method::simhash, Method::exact}) {
      if (key == "method" && value == name(method)) options.method = method;
    }
  });
  return options;
}

FieldMap SketchFile::fields() const {
  FieldMap fields;
  for_each_parameter(parameters_, [&](std::string_view key, std::string_view value) {
    for (const Role role : kAllRoles) {
      if (key == "field-" + std::string(name(role)) && value != names_of(fields, role)) fields.set(role, value);
    }
  });
  return fields;
}

InputRecord SketchFile::record_of(const StoredInput& stored) const {
  InputRecord record;
  record.input = inputs_[stored.number];
  record.identity = {true, stored.device, stored.inode, stored.file_size, stored.modified_ns};
  record.compression = static_cast<Compression>(stored.compression);
  record.size = stored.size;
  record.unterminated = stored.unterminated != 0;
  return record;
}

bool SketchFile::next(SketchChunk& chunk, Check check) {
  const std::string_view rest = bytes_.substr(std::min<std::uint64_t>(offset_, bytes_.size()));
  if (rest.size() < sizeof(ChunkHead)) return false;
  ChunkHead head;
  std::memcpy(&head, rest.data(), sizeof head);
  if (head.magic != kChunkMagic || head.bytes < sizeof head || head.bytes > rest.size()) return false;
  const std::string_view bytes = rest.substr(0, static_cast<std::size_t>(head.bytes));
  if (check == Check::checksums && checksum_of(bytes.substr(kChecksummed)) != head.checksum) return false;

  ColumnReader columns(bytes.substr(sizeof head));
  std::span<const StoredInput> inputs;
  std::string_view sources;
  SketchView& sketch = chunk.sketch;
  const bool is_whole = columns.take(head.records, sketch.records) &&
                        columns.take(head.inputs, inputs) && columns.take(head.tokens, sketch.tokens) &&
                        columns.take(head.signatures, sketch.signatures) &&
                        columns.take(head.strings, sketch.strings) && columns.take(head.sources, sources) &&
                        columns.take(head.rejects, chunk.rejects) && split_sources(sources, sketch.sources) &&
                        is_sound(sketch);
  if (!is_whole) return false;
  sketch.file = {file_.get(), bytes_.data()};
  chunk.counts = {};
  chunk.counts.articles = head.records;
  chunk.counts.rejected = head.rejected;
  chunk.counts.reasons = head.reasons;
  chunk.counts.usage = head.usage;
  chunk.end = head.end;
  chunk.is_resumable = head.is_resumable != 0;
  chunk.is_last = head.is_last != 0;
  chunk.inputs.clear();
  for (const StoredInput& input : inputs) {
    if (input.number >= inputs_.size()) return false;
    chunk.inputs.push_back(record_of(input));
  }
  offset_ += head.bytes;
  return true;
}

}  // namespace wirecopy
