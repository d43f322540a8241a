// Any bytes as a sketch file, unchanged and with corrected checksums, so that the checks after them are reached.
#include <fcntl.h>
#include <sys/mman.h>

#include <cstring>

#include "corpus/article_reader.hpp"
#include "corpus/corpus.hpp"
#include "fuzz/driver/cost.hpp"
#include "fuzz/driver/laws.hpp"
#include "fuzz/driver/target.hpp"
#include "spill/sketch_file.hpp"
#include "spill/sketch_layout.hpp"
#include "spill/sketch_writer.hpp"

namespace wirecopy::fuzz {
namespace {

/// An unnamed file.
FileDescriptor made_file(std::string_view bytes) {
  FileDescriptor file(::memfd_create("sketch", MFD_CLOEXEC));
  require(::write(file.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()), "the file is written");
  return file;
}

std::string content_of(int file) {
  std::string bytes(static_cast<std::size_t>(::lseek(file, 0, SEEK_END)), '\0');
  require(::pread(file, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()), "the file is read");
  return bytes;
}

/// The same bytes with corrected checksums, as far as there is a structure.
std::string sealed(std::string bytes) {
  SketchFileHead head{};
  if (bytes.size() < sizeof head) return bytes;
  std::memcpy(&head, bytes.data(), sizeof head);
  const std::uint64_t text = head.parameter_bytes + head.name_bytes;
  if (head.name_bytes > bytes.size() || padded(sizeof head + text) > bytes.size()) return bytes;
  head.checksum = sketch_checksum(std::string_view(bytes).substr(sizeof head, text));
  std::memcpy(bytes.data(), &head, sizeof head);
  SketchChunkHead chunk;
  for (std::size_t at = padded(sizeof head + text); bytes.size() - at >= sizeof chunk; at += chunk.bytes) {
    std::memcpy(&chunk, &bytes[at], sizeof chunk);
    if (chunk.bytes < sizeof chunk || chunk.bytes > bytes.size() - at) break;
    chunk.checksum = sketch_checksum(std::string_view(bytes).substr(at, chunk.bytes).substr(kChecksumBegin));
    std::memcpy(&bytes[at], &chunk, sizeof chunk);
  }
  return bytes;
}

/// Reads everything that a corpus provides for an article; returns a sum so that nothing is optimised away.
std::uint64_t look_at(const Corpus& corpus, ArticleId article) {
  std::uint64_t sum = corpus.id(article).size() + corpus.title(article).size() + corpus.source(article).size();
  for (const char c : corpus.title(article)) sum += static_cast<unsigned char>(c);
  for (const Token token : corpus.tokens(article)) sum += token;
  for (const std::uint32_t word : corpus.signature(article)) sum += word;
  return sum;
}

void read_all(const FileDescriptor& file, SketchFile::Check check) {
  SketchFile sketch(file.get(), "sketch");
  static_cast<void>(read_options(sketch.parameters()));
  static_cast<void>(read_fields(sketch.parameters()));
  Corpus corpus;
  SketchTotals totals;
  for (SketchChunk chunk; sketch.next(chunk, check);) {
    add_totals(totals, chunk);
    corpus.append(chunk.sketch, 0);
  }
  std::uint64_t sum = 0;
  for (std::uint32_t i = 0; i < corpus.size(); ++i) sum += look_at(corpus, ArticleId{i});
  require(totals.counts.articles == corpus.size() || sum == 0, "the totals are those of the chunks");
}

SketchParameters parameters() {
  SketchParameters made;
  made.max_line = 1000;
  made.inputs = {{"one.jsonl"}, {"two.jsonl"}};
  return made;
}

/// An article of these tokens, with its id and title.
SketchBlock block_of(std::string_view bytes) {
  SketchBlock block;
  for (const char c : bytes) block.tokens.push_back(static_cast<unsigned char>(c) * 4U);
  block.strings = bytes;
  block.sources = {"a.example"};
  ArticleRecord record;
  record.text_tokens = static_cast<std::uint32_t>(bytes.size());
  record.id_bytes = static_cast<std::uint32_t>(bytes.size() / 2);
  record.title_bytes = static_cast<std::uint32_t>(bytes.size() - bytes.size() / 2);
  block.records = {record};
  return block;
}

std::string encoded(std::span<const SketchBlock> blocks) {
  FileDescriptor file = made_file("");
  const FileDescriptor mine(::fcntl(file.get(), F_DUPFD_CLOEXEC, 0));
  SketchWriter writer(std::move(file), "sketch", parameters());
  InputRecord input;
  input.input = parameters().inputs.front();
  input.identity.regular = true;
  FeedCounts counts;
  counts.articles = 1;
  for (const SketchBlock& block : blocks) writer.append(view_of(block), counts, "", {}, true, {&input, 1});
  writer.finish({&input, 1});
  return content_of(mine.get());
}

void check_round_trip(std::string_view input) {
  const SketchBlock block = block_of(input);
  const FileDescriptor file = made_file(encoded({&block, 1}));
  SketchFile sketch(file.get(), "sketch");
  SketchChunk chunk;
  require(sketch.next(chunk, SketchFile::Check::checksums), "the written file is complete");
  require(std::ranges::equal(chunk.sketch.tokens, block.tokens), "tokens round-trip");
  require(chunk.sketch.strings == block.strings, "strings round-trip");
  require(chunk.sketch.sources.size() == 1 && chunk.sketch.sources.front() == "a.example", "sources round-trip");
  require(sketch.parameters() == parameters().describe() && sketch.inputs() == parameters().inputs,
          "the head round-trips");
}

}  // namespace

std::vector<std::string> seeds() {
  const SketchBlock blocks[] = {block_of("first article"), block_of(""), block_of("second article of the file")};
  return {encoded({}), encoded({blocks, 1}), encoded(blocks)};
}

void check_laws(std::string_view input) {
  for (const std::string& bytes : {std::string(input), sealed(std::string(input))}) {
    const FileDescriptor file = made_file(bytes);
    for (const SketchFile::Check check : {SketchFile::Check::checksums, SketchFile::Check::none}) {
      require_cost({}, bytes.size(), [&] { accepts([&] { read_all(file, check); }); });
    }
  }
  check_round_trip(input);
}

}  // namespace wirecopy::fuzz
