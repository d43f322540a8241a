#include "spill/sketch_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <span>
#include <wirecopy/error.hpp>

#include "spill/sketch_layout.hpp"
#include "spill/sketch_parameters.hpp"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

/// Whether every record points into the columns. Checked even if the checksums are not.
bool is_sound(const SketchView& sketch) {
  return std::all_of(sketch.records.begin(), sketch.records.end(), [&](const ArticleRecord& r) {
    return number(r.source) < sketch.sources.size() &&
           std::uint64_t{r.first_token} + r.title_tokens + r.text_tokens <= sketch.tokens.size() &&
           std::uint64_t{r.first_byte} + r.id_bytes + r.title_bytes <= sketch.strings.size() &&
           r.samples <= r.title_tokens + r.text_tokens;
  });
}

}  // namespace

bool split_strings(std::string_view bytes, std::vector<std::string_view>& strings) {
  strings.clear();
  while (!bytes.empty()) {
    std::uint32_t length = 0;
    if (bytes.size() < sizeof length) return false;
    std::memcpy(&length, bytes.data(), sizeof length);
    bytes.remove_prefix(sizeof length);
    if (bytes.size() < length) return false;
    strings.push_back(bytes.substr(0, length));
    bytes.remove_prefix(length);
  }
  return true;
}

void add_totals(SketchTotals& totals, const SketchChunk& chunk) {
  totals.counts.articles += chunk.counts.articles;
  totals.counts.rejected += chunk.counts.rejected;
  for (std::size_t i = 0; i < totals.counts.reasons.size(); ++i) totals.counts.reasons[i] += chunk.counts.reasons[i];
  totals.counts.usage.merge(chunk.counts.usage);
  totals.end.position = chunk.end;
  // The last record of a chunk is that of the current input, which the next chunk repeats.
  if (!chunk.inputs.empty() && !totals.end.records.empty() &&
      totals.end.records.back().input == chunk.inputs.front().input) {
    totals.end.records.pop_back();
  }
  totals.end.records.insert(totals.end.records.end(), chunk.inputs.begin(), chunk.inputs.end());
}

SketchFile::SketchFile(const fs::path& path, SpillSpace* space)
    : SketchFile(open_for_reading(path).get(), path, space) {}

SketchFile::SketchFile(int descriptor, fs::path path, SpillSpace* space)
    : file_(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0)),
      path_(std::move(path)),
      space_(space),
      header_(read_sketch_header(descriptor, path_)),
      records_(read_fields(header_.parameters).records()),
      offset_(header_.bytes) {
  if (!file_) throw_system_error(path_.native(), "cannot duplicate the descriptor", errno);
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) throw_system_error(path_.native(), "cannot read its size", errno);
  const auto size = static_cast<std::size_t>(status.st_size);
  mapping_ = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, descriptor, 0);
  if (mapping_ == MAP_FAILED) throw_system_error(path_.native(), "cannot map", errno);
  bytes_ = {static_cast<const char*>(mapping_), size};
  if (space_ != nullptr) space_->watch(mapping_, size);
}

SketchFile::~SketchFile() {
  if (space_ != nullptr) space_->forget(mapping_);
  ::munmap(mapping_, bytes_.size());
}

InputRecord SketchFile::record_of(const StoredInput& stored) const {
  InputRecord record;
  record.input = inputs()[stored.number];
  record.identity = {true, stored.file_size, stored.windows};
  record.compression = static_cast<Compression>(stored.compression);
  record.layout = static_cast<Layout>(stored.layout);
  record.records = records_;
  record.size = stored.size;
  record.unterminated = stored.unterminated != 0;
  record.damaged = stored.damaged != 0;
  record.grew = stored.grew != 0;
  return record;
}

bool SketchFile::next(SketchChunk& chunk, Check check) {
  const std::string_view rest = bytes_.substr(std::min<std::uint64_t>(offset_, bytes_.size()));
  if (rest.size() < sizeof(SketchChunkHead)) return false;
  SketchChunkHead head;
  std::memcpy(&head, rest.data(), sizeof head);
  if (head.magic != kSketchChunkMagic || head.bytes < sizeof head || head.bytes > rest.size()) return false;
  const std::string_view bytes = rest.substr(0, static_cast<std::size_t>(head.bytes));
  if (check == Check::checksums && sketch_checksum(bytes.substr(kChecksumBegin)) != head.checksum) return false;
  if (!read_columns(head, bytes.substr(sizeof head), chunk)) return false;
  chunk.sketch.file = {file_.get(), bytes_.data(), path_.native()};
  chunk.counts = {};
  chunk.counts.articles = head.records;
  chunk.counts.rejected = head.rejected;
  chunk.counts.reasons = head.reasons;
  chunk.counts.usage = head.usage;
  chunk.end = head.end;
  chunk.is_resumable = head.is_resumable != 0;
  chunk.is_last = head.is_last != 0;
  offset_ += head.bytes;
  return true;
}

bool SketchFile::read_columns(const SketchChunkHead& head, std::string_view bytes, SketchChunk& chunk) const {
  ColumnReader columns(bytes);
  std::span<const StoredInput> inputs;
  std::string_view sources;
  SketchView& sketch = chunk.sketch;
  const bool is_whole = columns.take(head.records, sketch.records) && columns.take(head.inputs, inputs) &&
                        columns.take(head.tokens, sketch.tokens) && columns.take(head.signatures, sketch.signatures) &&
                        columns.take(head.strings, sketch.strings) && columns.take(head.sources, sources) &&
                        columns.take(head.rejects, chunk.rejects);
  if (!is_whole || !split_strings(sources, sketch.sources) || !is_sound(sketch)) return false;
  chunk.inputs.clear();
  for (const StoredInput& input : inputs) {
    if (input.number >= header_.inputs.size()) return false;
    chunk.inputs.push_back(record_of(input));
  }
  return true;
}

}  // namespace wirecopy
