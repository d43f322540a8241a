// Reading and parsing against the floor: simdjson alone, line by line, five fields, feed in memory, no copies.
// WIRECOPY_BENCH_FEED names a feed to measure on; by default, one is generated.
#include <benchmark/benchmark.h>
#include <simdjson.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "base/hash.hpp"
#include "feed/article_parser.hpp"
#include "feed/block_reader.hpp"
#include "feed/date.hpp"

namespace wirecopy {
namespace {

// Articles of 40 to 900 words, half of them not ASCII, with a line break, a quotation and the usual fields.
std::string made_feed(std::size_t bytes) {
  static constexpr std::string_view kLatin[] = {"minister", "said", "on", "Monday", "that", "the", "harbour", "would"};
  static constexpr std::string_view kCyrillic[] = {"министр", "сказал", "в", "понедельник", "что", "порт", "закроют"};
  RandomStream random(7);
  std::string feed;
  for (std::size_t article = 0; feed.size() < bytes; ++article) {
    const bool latin = article % 2 == 0;
    const auto words = [&](std::size_t count) {
      std::string text;
      for (std::size_t at = 0; at < count; ++at) {
        text += latin ? kLatin[random.below(8)] : kCyrillic[random.below(7)];
        text += random.below(60) == 0 ? "\\n" : random.below(80) == 0 ? " \\\"no\\\" " : " ";
      }
      return text;
    };
    const std::string number = std::to_string(article);
    feed += R"({"id": ")" + number + R"(", "title": ")" + words(9) + R"(", "text": ")" + words(40 + random.below(860)) +
            R"(", "url": "https://news.example/)" + number + R"(", "source": "news.example", "site_name": "News", )" +
            R"("published": "2019-11-18T10:15:29Z", "lang": ")" + (latin ? "en" : "ru") + "\"}\n";
  }
  return feed;
}

const std::string& feed() {
  static const std::string bytes = [] {
    std::string text;
    if (const char* path = std::getenv("WIRECOPY_BENCH_FEED")) {
      std::ifstream file(path, std::ios::binary);
      text.assign(std::istreambuf_iterator<char>(file), {});
    } else {
      text = made_feed(std::size_t{64} << 20);
    }
    text.append(kBlockPadding, '\0');
    return text;
  }();
  return bytes;
}

Block whole_feed() {
  Block block;
  block.bytes = std::string_view(feed()).substr(0, feed().size() - kBlockPadding);
  return block;
}

void report(benchmark::State& state, std::uint64_t articles) {
  const auto rounds = static_cast<std::int64_t>(state.iterations());
  state.SetBytesProcessed(rounds * static_cast<std::int64_t>(feed().size() - kBlockPadding));
  state.SetItemsProcessed(rounds * static_cast<std::int64_t>(articles));
}

std::uint64_t floor_of_line(simdjson::ondemand::parser& parser, std::string_view line) {
  simdjson::ondemand::document document;
  if (parser.iterate(line, line.size() + kBlockPadding).get(document)) return 0;
  std::uint64_t bytes = 0;
  for (const char* field : {"id", "title", "text", "source", "published"}) {
    std::string_view value;
    if (!document[field].get_string().get(value)) bytes += value.size();
  }
  return bytes;
}

void BM_Floor(benchmark::State& state) {
  const Block block = whole_feed();
  std::uint64_t lines = 0;
  for (auto round : state) {
    simdjson::ondemand::parser parser;
    std::uint64_t bytes = 0;
    lines = 0;
    Line line;
    for (LineCursor cursor(block); cursor.next(line); ++lines) bytes += floor_of_line(parser, line.bytes);
    benchmark::DoNotOptimize(bytes);
  }
  report(state, lines);
}
BENCHMARK(BM_Floor)->Unit(benchmark::kMillisecond);

void BM_Parse(benchmark::State& state) {
  const Block block = whole_feed();
  std::uint64_t lines = 0;
  ArticleParser parser{FieldMap()};
  for (auto round : state) {
    std::uint64_t bytes = 0;
    lines = 0;
    Line line;
    for (LineCursor cursor(block); cursor.next(line); ++lines) {
      if (!parser.parse(line.bytes)) state.SkipWithError("a good line was rejected");
      bytes += parser.article().article.text.size();
    }
    benchmark::DoNotOptimize(bytes);
  }
  report(state, lines);
}
BENCHMARK(BM_Parse)->Unit(benchmark::kMillisecond);

// Plain bytes from memory, in the pieces in which the system returns them: the cost of the serial stage.
class MemorySource : public ByteSource {
 public:
  std::size_t read(char* to, std::size_t capacity) override {
    const std::string_view left = std::string_view(feed()).substr(at_, feed().size() - kBlockPadding - at_);
    const std::size_t count = std::min(left.size(), capacity);
    std::memcpy(to, left.data(), count);
    at_ += count;
    return count;
  }
  const std::optional<std::string>& damage() const override { return damage_; }
  std::uint64_t raw_bytes_read() const override { return at_; }
  Compression compression() const override { return Compression::none; }
  Layout layout() const override { return Layout::lines; }
  FileIdentity identity() const override { return {}; }
  bool has_grown() const override { return false; }

 private:
  std::size_t at_ = 0;
  std::optional<std::string> damage_;
};

void BM_ReadBlocks(benchmark::State& state) {
  std::uint64_t lines = 0;
  for (auto round : state) {
    BlockReader::Options options;
    options.block_size = static_cast<std::size_t>(state.range(0));
    options.open = [](const Input&) { return std::make_unique<MemorySource>(); };
    BlockReader reader({{"feed"}}, options);
    lines = 0;
    for (Block block; reader.next(block);) lines += block.line_count;
  }
  report(state, lines);
}
BENCHMARK(BM_ReadBlocks)->Arg(64 << 10)->Arg(1 << 20)->Unit(benchmark::kMillisecond);

void BM_CountNewlines(benchmark::State& state) {
  const std::string_view bytes = whole_feed().bytes.substr(0, 256 << 10);
  for (auto round : state) benchmark::DoNotOptimize(count_newlines(bytes.data(), bytes.size()));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * bytes.size()));
}
BENCHMARK(BM_CountNewlines);

void BM_ParseDate(benchmark::State& state) {
  for (auto round : state) {
    benchmark::DoNotOptimize(parse_date("2019-11-18T10:15:29Z"));
    benchmark::DoNotOptimize(parse_date("Mon, 18 Nov 2019 10:15:29 +0300"));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * 2));
}
BENCHMARK(BM_ParseDate);

}  // namespace
}  // namespace wirecopy
