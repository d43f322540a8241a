// The body of a fuzz target: any bytes as a feed, at two block sizes, through reader and parser. Also run as a unit
// test on a few inputs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "feed/article_parser.hpp"
#include "feed/block_reader.hpp"
#include "feed/date.hpp"
#include "reference/strict_json.hpp"

namespace wirecopy::fuzz {

class BytesSource : public RawSource {
 public:
  explicit BytesSource(std::string_view bytes) : bytes_(bytes) {}
  std::size_t read(char* to, std::size_t capacity) override {
    const std::size_t count = std::min(bytes_.size(), capacity);
    if (count != 0) std::memcpy(to, bytes_.data(), count);
    bytes_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view bytes_;
};

inline void require(bool law) {
  if (!law) std::abort();
}

/// The verdicts on all lines of a feed, in order; each is checked against the naive recogniser.
inline std::vector<bool> verdicts(std::string_view feed, std::size_t block_size) {
  BlockReader::Options options;
  options.block_size = block_size;
  options.max_line = 1000;
  options.open = [feed](const Input&) { return ByteSource::decode(std::make_unique<BytesSource>(feed)); };
  BlockReader reader({{"feed"}}, options);
  ArticleParser parser{FieldMap()};
  std::vector<bool> result;
  for (Block block; reader.next(block);) {
    if (block.kind != Block::Kind::lines) {
      result.push_back(false);
      continue;
    }
    Line line;
    for (LineCursor cursor(block); cursor.next(line);) {
      result.push_back(parser.parse(line.bytes));
      const bool json = result.back() || parser.reason() == RejectReason::text_type;
      require(json == reference::StrictJson::is_object(line.bytes, kMaxDepth));
    }
  }
  return result;
}

inline int feed_parse(const std::uint8_t* data, std::size_t size) {
  const std::string_view feed(reinterpret_cast<const char*>(data), size);
  require(verdicts(feed, 4096) == verdicts(feed, std::size_t{1} << 20));
  if (const auto date = parse_date(feed)) require(parse_date(format_date(*date)) == date);
  return 0;
}

}  // namespace wirecopy::fuzz
