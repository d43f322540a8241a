// Bytes as a few articles: an index that takes them one by one, or in batches, ends with the clusters of the batch.
//
// An input is a threshold, then articles between newlines. Every byte of an article stands for ten words, in an order
// of their own in every repetition; short texts get words of their own, as whether two of them match depends on which
// outlet came first.
#include <map>
#include <set>
#include <wirecopy/deduplicator.hpp>
#include <wirecopy/index.hpp>

#include "fuzz/driver/cost.hpp"
#include "fuzz/driver/laws.hpp"
#include "fuzz/driver/target.hpp"
#include "reference/event_ledger.hpp"
#include "reference/planted_feed.hpp"

namespace wirecopy::fuzz {
namespace {

constexpr std::size_t kMaxArticles = 24, kMaxPassages = 40, kWordsOfAPassage = 10, kMinPassages = 4;

using Sets = std::set<std::set<std::string>>;

std::vector<std::string> words_of(std::string_view passages, std::size_t number) {
  std::vector<std::string> words;
  std::map<char, std::size_t> times;
  for (const char passage : passages.substr(0, kMaxPassages)) {
    const std::string name =
        test::numbered(test::numbered("passage", static_cast<unsigned char>(passage)) + "time", times[passage]++) +
        "word";
    for (std::size_t i = 0; i < kWordsOfAPassage; ++i) words.push_back(test::numbered(name, i));
  }
  const std::string own = test::numbered("own", number) + "word";
  while (words.size() < kMinPassages * kWordsOfAPassage) words.push_back(test::numbered(own, words.size()));
  return words;
}

test::PlantedFeed feed_of(std::string_view input) {
  test::PlantedFeed feed(1);
  for (const std::string_view article : split(input, '\n')) {
    if (feed.articles.size() == kMaxArticles) break;
    const std::size_t number = feed.articles.size();
    feed.add(words_of(article, number), "title");
    feed.articles.back().source = test::numbered("outlet", article.size() % 3);
    feed.articles.back().published = 1'700'000'000 + static_cast<std::int64_t>(number);
  }
  return feed;
}

Options options_of(Choices& choices) {
  Options options;
  options.boilerplate = false;  // when it is learned depends on the order
  options.threshold = 0.3 + choices.byte() % 3 * 0.25;
  return options;
}

Sets clusters_of_batch(const test::PlantedFeed& feed, const Options& options) {
  Deduplicator deduplicator(options);
  for (std::size_t i = 0; i < feed.articles.size(); ++i) deduplicator.add(feed.articles[i].article(), i);
  Sets sets;
  for (const Cluster& cluster : deduplicator.finish().clusters) {
    std::set<std::string> ids;
    for (const Member& member : cluster.members) ids.insert(feed.articles[member.ordinal].id);
    sets.insert(ids);
  }
  return sets;
}

Sets clusters_of_index(const test::PlantedFeed& feed, const Options& options, std::size_t batch) {
  IndexSettings settings;
  settings.options = options;
  settings.clock = [](const Article& article) { return article.published.value_or(0); };
  settings.resources.threads = 1;
  Index index(settings);
  std::vector<Article> articles;
  for (const test::PlantedArticle& article : feed.articles) articles.push_back(article.article());
  for (std::size_t at = 0; at < articles.size(); at += batch) {
    static_cast<void>(index.add_batch(std::span(articles).subspan(at, std::min(batch, articles.size() - at))));
  }
  static_cast<void>(index.verify());
  test::EventLedger ledger;
  ledger.apply(index);
  for (const auto& [id, cluster] : ledger.cluster_of) {
    require(index.cluster_of(id) == cluster, "events tell the clusters that there are");
  }
  return ledger.clusters();
}

}  // namespace

std::vector<std::string> seeds() { return {}; }

void check_laws(std::string_view input) {
  Choices choices(input);
  const Options options = options_of(choices);
  const test::PlantedFeed feed = feed_of(choices.rest());
  const Sets expected = clusters_of_batch(feed, options);
  require(clusters_of_index(feed, options, 1) == expected, "one by one, the clusters are those of the batch");
  require(clusters_of_index(feed, options, 7) == expected, "in batches, the clusters are those of the batch");
}

}  // namespace wirecopy::fuzz
