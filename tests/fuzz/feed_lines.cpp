// Any bytes as a feed: every line that is not blank is an article or a reject, as a naive JSON reader decides.
#include <memory>

#include "feed/article_parser.hpp"
#include "feed/block_reader.hpp"
#include "feed/decoder.hpp"
#include "feed/foreign_format.hpp"
#include "fuzz/driver/laws.hpp"
#include "fuzz/driver/target.hpp"
#include "reference/line_reader.hpp"
#include "reference/strict_json.hpp"
#include "unit/feed/packing.hpp"

namespace wirecopy::fuzz {
namespace {

constexpr std::size_t kMaxLine = 1000;

struct Counts {
  std::size_t kept = 0, rejected = 0;
  friend bool operator==(const Counts&, const Counts&) = default;
};

Counts parse_all(const std::string& feed, std::size_t block_size) {
  BlockReader::Options options;
  options.block_size = block_size;
  options.max_line = kMaxLine;
  options.open = [&](const Input&) { return ByteSource::decode(std::make_unique<testing::FakeSource>(feed)); };
  BlockReader reader({{"feed"}}, options);
  ArticleParser parser{FieldMap()};
  Counts counts;
  for (Block block; reader.next(block);) {
    if (block.kind != Block::Kind::lines) {
      ++counts.rejected;
      continue;
    }
    Line line;
    for (LineCursor cursor(block); cursor.next(line);) {
      if (is_blank(line.bytes)) continue;
      const bool is_article = parser.parse(line.bytes);
      const bool is_json = is_article || parser.reason() == RejectReason::text_type;
      require(is_json == reference::StrictJson::is_object(line.bytes, kMaxDepth), "invalid JSON is rejected");
      ++(is_article ? counts.kept : counts.rejected);
    }
  }
  return counts;
}

}  // namespace

std::vector<std::string> seeds() {
  const std::string good = R"({"id":"1","text":"fine"})";
  return {good + "\n" + std::string(5000, '[') + "\n" + good, std::string(900, '{') + "\n" + good + "\xff\n" + good};
}

void check_laws(std::string_view input) {
  if (compression_of(input) != Compression::none || foreign_format(input)) return;
  if (layout_of(input, "", true) == Layout::document) return;
  const std::string feed(input);
  const Counts counts = parse_all(feed, 4096);
  require(counts == parse_all(feed, std::size_t{1} << 20), "verdicts do not depend on block size");
  std::size_t lines = 0;
  for (const reference::ReadLine& line : reference::read_lines(input, kMaxLine)) {
    lines += line.oversized || !is_blank(line.bytes) ? 1 : 0;
  }
  require(counts.kept + counts.rejected == lines, "kept + rejected = lines");
}

}  // namespace wirecopy::fuzz
