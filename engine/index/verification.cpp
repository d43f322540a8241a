#include "index/verification.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <wirecopy/error.hpp>

#include "base/cancellation.hpp"
#include "index/article_records.hpp"
#include "index/records.hpp"
#include "index/story_records.hpp"
#include "store/bytes.hpp"

namespace wirecopy {

std::uint64_t verify_index(const IndexContents& contents, const std::stop_token& stop) {
  contents.store.verify(stop);
  contents.postings.verify(stop);
  std::uint64_t records = 0;
  const auto for_each = [&](Table table, auto use) {
    contents.store.scan({table, 0, 0}, {table, UINT64_MAX, 0}, [&](const Key& key, std::string_view bytes) {
      throw_if_stopped(stop);
      use(key, bytes);
      ++records;
      return true;
    });
  };
  StoredArticle article;
  std::map<std::uint64_t, std::uint64_t> articles;
  std::uint64_t newest = 0;
  for_each(Table::article, [&](const Key& key, std::string_view bytes) {
    if (key.minor != 0) return;  // a text apart from its head
    decode(bytes, article);
    if (article.is_text_apart) read_text_apart(contents.pending, ArticleKey(key.major), article);
    if (!article.removed) ++articles[generation_of(key.major)];
    newest = std::max(newest, sequence_of(key.major));
    if (article.source >= contents.sources.size()) ByteReader::damaged();
  });
  Story story;
  for_each(Table::story, [&](const Key& key, std::string_view) {
    if (key.minor != 0) return;  // a piece of one
    if (!read_story(contents.pending, StoryKey(key.major), story)) ByteReader::damaged();
    read_edges(contents.pending, story);
  });
  for_each(Table::membership, [&](const Key& key, std::string_view bytes) {
    const Membership membership = decode_membership(bytes);
    std::string other;
    const bool is_sound = membership.representative != kNoKey
                              ? contents.store.get({Table::duplicate, membership.representative, key.major}, other)
                              : contents.store.get({Table::story, membership.story, 0}, other);
    if (!is_sound) ByteReader::damaged();
  });
  for_each(Table::cluster, [](const Key&, std::string_view bytes) { static_cast<void>(decode_fate(bytes)); });
  for_each(Table::event, [](const Key&, std::string_view bytes) { static_cast<void>(decode_event(bytes)); });
  for (const auto& [generation, count] : contents.counters.articles) {
    if (articles[generation] != count) {
      throw Error(ErrorKind::state, "the index is damaged: there are not as many articles as were added");
    }
  }
  if (newest >= contents.counters.next_sequence) ByteReader::damaged();
  return records;
}

}  // namespace wirecopy
