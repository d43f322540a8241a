// Postings on disk: what was written is found; a segment with damaged parts is refused or answers, and never crashes.
#include <set>

#include "fuzz/driver/cost.hpp"
#include "fuzz/driver/laws.hpp"
#include "fuzz/driver/target.hpp"
#include "postings/segment.hpp"
#include "store/bytes.hpp"

namespace wirecopy::fuzz {
namespace {

constexpr std::uint64_t kSegment = 7;
constexpr ArticleKey kFirst(100);
constexpr std::uint64_t kHashes = 256;

std::uint64_t hash(std::uint64_t value) { return posting_hash(PostingKind::shingle, value); }

using Articles = std::set<ArticleKey>;

Articles found_in(const PostingSegment& segment, const IndexStore& store, std::uint64_t value) {
  Articles articles;
  const std::uint64_t wanted = hash(value);
  segment.find(store, {&wanted, 1}, {},
               [&](std::size_t, const std::vector<ArticleKey>& keys) { articles.insert(keys.begin(), keys.end()); });
  return articles;
}

/// Every byte is a posting: article by article four of them, repeated to fill several blocks.
PostingTable table_of(std::string_view input, std::vector<Articles>& expected) {
  PostingTable table(kFirst);
  expected.assign(kHashes, {});
  for (std::size_t i = 0; i < input.size(); ++i) {
    const ArticleKey article = kFirst + i / 4;
    const auto value = static_cast<unsigned char>(input[i]);
    if (i % 4 == 0) table.set_samples(article, 4);
    if (expected[value].size() < kMaxOfOneHash && expected[value].insert(article).second) {
      table.add(hash(value), article);
    }
  }
  return table;
}

void check_round_trip(std::string_view input) {
  if (input.empty()) return;
  std::vector<Articles> expected;
  const PostingTable table = table_of(input, expected);
  const auto store = make_memory_store();
  const ArticleKey last = kFirst + (input.size() - 1) / 4;
  const PostingSegment written = PostingSegment::write(*store, kSegment, table, last);
  PostingSegment loaded = PostingSegment::load(*store, written.encoded_header());
  loaded.keep_filter(*store, 1);
  loaded.verify(*store);
  for (std::uint64_t value = 0; value < kHashes; ++value) {
    require(found_in(written, *store, value) == expected[value], "what was written is found");
    require(found_in(loaded, *store, value) == expected[value], "what was loaded is found");
  }
}

/// Asks for everything; what is damaged throws Error.
void use(IndexStore& store, std::string_view header) {
  PostingSegment segment = PostingSegment::load(store, header);
  accepts([&] { segment.verify(store); });
  accepts([&] {
    for (std::uint64_t value = 0; value < 16; ++value) static_cast<void>(found_in(segment, store, value));
  });
  accepts([&] { segment.keep_filter(store, 1); });
  accepts([&] {
    const PostingSegment* const parts[] = {&segment};
    static_cast<void>(PostingSegment::merge(store, kSegment + 1, parts));
  });
}

/// The parts of a segment: which (of blocks, samples, first hashes, filter), a separator, its bytes.
void check_damaged(std::string_view input) {
  const std::vector<std::string_view> pieces = split(input, kSeparator);
  const auto store = make_memory_store();
  Changes changes;
  for (std::size_t i = 1; i + 1 < pieces.size(); i += 2) {
    const std::uint64_t which = pieces[i].empty() ? 0 : static_cast<unsigned char>(pieces[i].front()) % 8;
    const std::uint64_t minor = which < 4 ? which : (which - 3) << 40;
    changes[{Table::block, kSegment, minor}] = std::string(pieces[i + 1]);
  }
  store->write(std::move(changes));
  accepts([&] { use(*store, pieces.front()); });
}

}  // namespace

std::vector<std::string> seeds() {
  std::vector<Articles> expected;
  const PostingTable table = table_of("postings of three articles", expected);
  const auto store = make_memory_store();
  const PostingSegment segment = PostingSegment::write(*store, kSegment, table, kFirst + 6);
  std::string all = segment.encoded_header();
  const auto add = [&](const Key& key, std::string_view bytes) {
    const auto which = static_cast<char>(key.minor >> 40 == 0 ? key.minor : (key.minor >> 40) + 3);
    all.append({kSeparator, which, kSeparator}).append(bytes);
    return true;
  };
  store->scan({Table::block, kSegment, 0}, {Table::block, kSegment + 1, 0}, add);
  return {all, "postings of three articles", std::string(3000, 'x')};
}

void check_laws(std::string_view input) {
  require_cost({.microseconds_a_byte = 5, .bytes_a_byte = 1000}, input.size(), [&] { check_round_trip(input); });
  require_cost({}, input.size(), [&] { check_damaged(input); });
}

}  // namespace wirecopy::fuzz
