// Bytes as a few articles, with parts of them repeated: what holds of every result.
//
// An input is a byte of options, then articles between newlines, fields between tabs: id, title, text, source.
#include <set>
#include <tuple>
#include <wirecopy/deduplicator.hpp>

#include "base/kernel.hpp"
#include "fuzz/driver/cost.hpp"
#include "fuzz/driver/laws.hpp"
#include "fuzz/driver/target.hpp"
#include "reference/planted_feed.hpp"

namespace wirecopy::fuzz {
namespace {

std::vector<Article> articles_of(std::string_view feed) {
  std::vector<Article> articles;
  for (const std::string_view line : split(feed, '\n')) {
    std::vector<std::string_view> fields = split(line, '\t');
    fields.resize(4);
    articles.push_back({.id = fields[0], .title = fields[1], .text = fields[2], .source = fields[3]});
  }
  return articles;
}

Options options_of(Choices& choices) {
  constexpr Method kMethods[] = {Method::sample, Method::minhash, Method::simhash, Method::exact};
  constexpr Keep kKeeps[] = {Keep::fullest, Keep::first, Keep::earliest, Keep::credited};
  const std::uint8_t bits = choices.byte();
  Options options;
  options.method = kMethods[bits & 3];
  options.keep = kKeeps[bits >> 2 & 3];
  options.title = (bits & 16) != 0;
  options.boilerplate = (bits & 32) != 0;
  options.threshold = (bits & 64) != 0 ? 0.8 : 0.5;
  return options;
}

Result result_of(std::span<const Article> articles, const Options& options, std::string_view kernel, bool in_order) {
  Resources resources;
  resources.threads = 1;
  resources.kernel = kernel;
  Deduplicator deduplicator(options, resources);
  for (std::size_t i = 0; i < articles.size(); ++i) {
    const std::size_t at = in_order ? i : articles.size() - 1 - i;
    deduplicator.add(articles[at], at);
  }
  return deduplicator.finish();
}

/// All that a result says of articles.
using Told = std::vector<std::tuple<std::string, std::uint64_t, bool, std::optional<std::uint64_t>, Relation, double>>;

Told told(const Result& result) {
  Told all;
  for (const Cluster& cluster : result.clusters) {
    for (const Member& member : cluster.members) {
      all.emplace_back(cluster.id, member.ordinal, member.kept, member.match, member.relation,
                       member.similarity.agreement());
    }
  }
  for (const Match& match : result.matches) {
    all.emplace_back("match", match.first, true, match.second, match.relation, match.similarity.agreement());
  }
  return all;
}

void check_result(const Result& result, std::size_t articles, const Options& options) {
  require(result.read == articles, "every article is read");
  require(result.read == result.kept + result.duplicates + result.rejected, "read = kept + duplicates + rejected");
  std::set<std::uint64_t> kept, seen;
  for (const Cluster& cluster : result.clusters) {
    require(cluster.members.size() >= 2, "a cluster has two members or more");
    require(cluster.members.front().ordinal == cluster.canonical && cluster.members.front().kept,
            "the canonical comes first and is kept");
    for (const Member& member : cluster.members) {
      require(seen.insert(member.ordinal).second, "an article is in one cluster");
      if (member.kept) kept.insert(member.ordinal);
    }
  }
  for (const Cluster& cluster : result.clusters) {
    for (const Member& member : cluster.members) {
      if (member.kept) continue;
      require(member.match && kept.contains(*member.match), "what is removed has a kept match");
      require(options.drop.contains(member.relation), "what is removed is a copy of a kind that is dropped");
    }
  }
}

}  // namespace

std::vector<std::string> seeds() {
  test::PlantedFeed feed(3);
  feed.add_stories(1, 0.3);
  std::string text;
  for (const test::PlantedArticle& article : feed.articles) {
    text.append("\n" + article.id)
        .append("\t" + article.title)
        .append("\t" + article.text)
        .append("\t" + article.source);
  }
  return {std::string(1, '\0') + text, '\x61' + text, "\x02" + text};
}

void check_laws(std::string_view input) {
  Choices choices(input);
  const Options options = options_of(choices);
  const std::string feed = expanded(choices.rest(), std::size_t{16} << 10);
  const std::vector<Article> articles = articles_of(feed);
  Result result;
  const CostBound bound{.seconds = 0.1, .microseconds_a_byte = 2, .bytes = 64 << 20, .bytes_a_byte = 2000};
  require_cost(bound, feed.size(), [&] { result = result_of(articles, options, "", true); });
  check_result(result, articles.size(), options);
  require(told(result) == told(result_of(articles, options, "scalar", true)), "kernels do not change results");
  require(told(result) == told(result_of(articles, options, "", false)), "the order of adding does not change results");
}

}  // namespace wirecopy::fuzz
