// Any bytes as a record of an index: refused, or a record whose encoding says the same.
#include "fuzz/driver/cost.hpp"
#include "fuzz/driver/laws.hpp"
#include "fuzz/driver/target.hpp"
#include "index/parameters.hpp"
#include "index/records.hpp"
#include "index/story_records.hpp"
#include "store/store.hpp"

namespace wirecopy::fuzz {
namespace {

std::string article_again(std::string_view bytes) {
  StoredArticle head, article;
  decode_head(bytes, head);
  decode(bytes, article);
  require(head.id == article.id && head.content == article.content, "the head is that of the whole");
  return encode(article);
}

constexpr StoryKey kStory(1);
constexpr Key kStoryHead{Table::story, kStory, 0};

/// The head of a story that has no other records: where there must be more, it is refused.
std::string story_again(std::string_view bytes) {
  const auto store = make_memory_store();
  store->write({{kStoryHead, std::string(bytes)}});
  PendingStore pending(*store);
  Story story;
  require(read_story(pending, kStory, story), "the head is there");
  read_edges(pending, story);
  write_story(pending, story);
  std::string head;
  require(pending.get(kStoryHead, head), "a story that is written has a head");
  return head;
}

std::string made_story() {
  Story story;
  story.key = kStory;
  story.nodes = {{ArticleKey(1), {2, 3}, ClusterNumber(4), 5, 6, 7, 8, 9, 1, 0, {}, {}},
                 {ArticleKey(2), {}, {}, 0, 1, 0, 0, 0, 0, 3, {}, {}}};
  story.edges = {{0, 1, Kinship::match, 0.25, 0.75}, {1, 0, Kinship::some, 0, 0}};
  story.next_slot = 4;
  const auto store = make_memory_store();
  PendingStore pending(*store);
  write_story(pending, story);
  std::string head;
  require(pending.get(kStoryHead, head), "a story that is written has a head");
  return head;
}

using Again = std::string (*)(std::string_view);

/// Decodes and encodes, for every kind of record; the first byte of an input says which.
constexpr Again kKinds[] = {
    article_again,
    story_again,
    [](std::string_view bytes) { return encode(decode_membership(bytes)); },
    [](std::string_view bytes) { return encode(decode_fate(bytes)); },
    [](std::string_view bytes) { return encode(decode_event(bytes)); },
    [](std::string_view bytes) { return encode(decode_parameters(bytes, {})); },
};

}  // namespace

std::vector<std::string> seeds() {
  StoredArticle article;
  article.id = "an id";
  article.title_tokens = 1, article.text_tokens = 2;
  article.tokens = {4, 8, 12};
  article.unposted = {1};
  const Index::Event event{
      0, 12, Index::Change::split, cluster_name(ClusterNumber(5)), cluster_name(ClusterNumber(6)), {"a", ""}};
  std::vector<std::string> encoded{encode(article),
                                   made_story(),
                                   encode(Membership{StoryKey(1), ArticleKey(2)}),
                                   encode(ClusterFate{StoryKey(3), ClusterNumber(4)}),
                                   encode(event),
                                   encode(new_parameters({}))};
  for (std::size_t kind = 0; kind < encoded.size(); ++kind) encoded[kind].insert(0, 1, static_cast<char>(kind));
  return encoded;
}

void check_laws(std::string_view input) {
  if (input.empty()) return;
  const Again again = kKinds[static_cast<unsigned char>(input.front()) % std::size(kKinds)];
  const std::string_view bytes = input.substr(1);
  accepts([&] {
    std::string encoded;
    require_cost({}, bytes.size(), [&] { encoded = again(bytes); });
    require(again(encoded) == encoded, "a record that is decoded and encoded stays as it is");
  });
  require(cluster_name(cluster_number(bytes)).empty() || cluster_name(cluster_number(bytes)) == bytes,
          "a cluster has one name");
}

}  // namespace wirecopy::fuzz
