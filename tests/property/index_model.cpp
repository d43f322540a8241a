// Whatever is added, changed, removed and forgotten, and however often the index is opened anew: it says what a naive
// model says, which keeps all articles and asks the batch.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>
#include <wirecopy/deduplicator.hpp>
#include <wirecopy/index.hpp>

#include "base/hash.hpp"
#include "reference/event_ledger.hpp"
#include "reference/planted_feed.hpp"
#include "unit/base/temporary_directory.hpp"

namespace wirecopy {
namespace {

constexpr std::int64_t kStart = 1'700'000'000, kWindow = 8000;

/// Texts cut from few others, so that all kinds of overlap come about. None has under 40 words: whether two shorter
/// ones match depends on whether they are of one outlet, and where equal texts are of several, on who came first and
/// left.
class Texts {
 public:
  explicit Texts(std::uint64_t seed) : random_(seed), feed_(seed) {
    for (int i = 0; i < 4; ++i) roots_.push_back(feed_.words(170 + random_.below(140)));
  }

  std::string next() {
    std::vector<std::string> text = roots_[random_.below(4)];
    if (random_.below(3) == 0)
      text.resize(text.size() / 2 + random_.below(static_cast<std::uint32_t>(text.size() / 2)));
    if (random_.below(3) == 0) text.erase(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(text.size() / 2));
    if (random_.below(3) == 0) {
      const std::vector<std::string> own = feed_.words(random_.below(60));
      text.insert(random_.below(2) == 0 ? text.begin() : text.end(), own.begin(), own.end());
    }
    std::string joined;
    for (const std::string& word : text) joined.append(joined.empty() ? "" : " ").append(word);
    return joined;
  }

  RandomStream& random() { return random_; }

 private:
  RandomStream random_;
  test::PlantedFeed feed_;
  std::vector<std::vector<std::string>> roots_;
};

/// What a naive index keeps of an article.
struct Kept {
  std::string text, source;
  std::int64_t time = 0;
};

Options any_options() {
  Options options;
  options.boilerplate = false;  // when it is learned depends on the order
  options.threshold = *rc::gen::element(0.3, 0.5, 0.8);
  return options;
}

IndexSettings settings_for(const Options& options) {
  IndexSettings settings;
  settings.options = options;
  settings.clock = [](const Article& article) { return article.published.value_or(0); };
  settings.resources.threads = 1;
  settings.memory = std::size_t{16} << 20;
  return settings;
}

using Sets = std::set<std::set<std::string>>;

Sets clusters_of_batch(const std::map<std::string, Kept>& kept, const Options& options) {
  Deduplicator deduplicator(options);
  std::map<std::uint64_t, std::string> ids;  // in order of arrival: of equal texts the first one's source counts
  for (const auto& [id, article] : kept) {
    const auto ordinal = static_cast<std::uint64_t>(article.time);
    deduplicator.add({id, "t", article.text, article.source, {}, {}, article.time}, ordinal);
    ids.emplace(ordinal, id);
  }
  Sets sets;
  for (const Cluster& cluster : deduplicator.finish().clusters) {
    std::set<std::string> members;
    for (const Member& member : cluster.members) members.insert(ids.at(member.ordinal));
    sets.insert(members);
  }
  return sets;
}

std::set<std::string> members_of(const Index& index, const std::string& cluster) {
  std::set<std::string> ids;
  const std::optional<Index::Cluster> found = index.cluster(cluster);
  RC_ASSERT(found.has_value());
  for (const Index::Member& member : found->members) ids.insert(member.id);
  return ids;
}

Sets clusters_of_index(const Index& index, const std::map<std::string, Kept>& kept) {
  std::map<std::string, std::set<std::string>> members;
  for (const auto& [id, article] : kept) {
    if (const std::string cluster = index.cluster_of(id); !cluster.empty()) members[cluster].insert(id);
  }
  Sets sets;
  for (const auto& [cluster, ids] : members) {
    RC_ASSERT(members_of(index, cluster) == ids);
    sets.insert(ids);
  }
  return sets;
}

TEST(Index, SaysWhatTheBatchSaysOfTheSameArticles) {
  EXPECT_TRUE(rc::check("adds, versions, removals, reopenings", [] {
    const TemporaryDirectory directory;
    const Options options = any_options();
    const IndexSettings settings = settings_for(options);
    std::optional<Index> index = Index::open(directory.path() / "index", settings);
    Texts texts(*rc::gen::arbitrary<std::uint64_t>());
    std::map<std::string, Kept> kept;
    test::EventLedger ledger;
    const auto steps = *rc::gen::inRange(1, 60);
    for (int step = 0; step < steps; ++step) {
      const std::string id = test::numbered("a", texts.random().below(40));
      const std::uint32_t what = texts.random().below(12);
      if (what == 0) {
        index.reset();
        index = Index::open(directory.path() / "index", settings);
      } else if (what < 3) {
        RC_ASSERT(index->remove(id) == (kept.erase(id) > 0));
      } else {
        const Kept article{texts.next(), test::numbered("outlet", texts.random().below(5)), kStart + step};
        const Index::Decision decision = index->add({id, "t", article.text, article.source, {}, {}, article.time});
        RC_ASSERT((decision.outcome == Index::Outcome::added) == !kept.contains(id));
        if (decision.outcome != Index::Outcome::unchanged) kept[id] = article;
      }
    }
    RC_ASSERT(index->statistics().articles == kept.size());
    RC_ASSERT(clusters_of_index(*index, kept) == clusters_of_batch(kept, options));
    ledger.apply(*index);
    RC_ASSERT(ledger.clusters() == clusters_of_batch(kept, options));
    for (const auto& [id, cluster] : ledger.cluster_of) RC_ASSERT(index->cluster_of(id) == cluster);
    static_cast<void>(index->verify());
  }));
}

// Repeats have no id that tells them from the first: the batch counts them as its copies, the index as the same
// article.
TEST(Index, SaysWhatTheBatchSaysOfArticlesWithoutIds) {
  EXPECT_TRUE(rc::check("articles named by their content", [] {
    const Options options = any_options();
    Index index(settings_for(options));
    Deduplicator deduplicator(options);
    Texts texts(*rc::gen::arbitrary<std::uint64_t>());
    std::vector<std::pair<std::string, std::string>> said;  // text and source
    std::vector<std::string> ids;
    std::set<std::string> distinct;
    const auto steps = *rc::gen::inRange<std::uint64_t>(1, 40);
    for (std::uint64_t step = 0; step < steps; ++step) {
      const bool repeats = !said.empty() && texts.random().below(3) == 0;
      const std::uint32_t which = repeats ? texts.random().below(static_cast<std::uint32_t>(said.size())) : 0;
      said.push_back(repeats ? said[which]
                             : std::pair(texts.next(), test::numbered("outlet", texts.random().below(5))));
      const auto& [text, source] = said.back();
      const Article article{{}, "t", text, source, {}, {}, kStart + static_cast<std::int64_t>(step)};
      const Index::Decision decision = index.add(article);
      const bool is_known = !distinct.insert(decision.id).second;
      RC_ASSERT(is_known == (decision.outcome == Index::Outcome::unchanged));
      RC_ASSERT((!is_known || (decision.duplicate && decision.match == decision.id)));
      RC_ASSERT((!repeats || decision.id == ids[which]));
      ids.push_back(decision.id);
      deduplicator.add(article, step);
    }
    Sets expected;
    for (const Cluster& cluster : deduplicator.finish().clusters) {
      std::set<std::string> members;
      for (const Member& member : cluster.members) members.insert(ids[member.ordinal]);
      if (members.size() > 1) expected.insert(members);
    }
    std::map<std::string, Kept> kept;
    for (const std::string& id : distinct) kept.emplace(id, Kept{});
    RC_ASSERT(index.statistics().articles == distinct.size());
    RC_ASSERT(clusters_of_index(index, kept) == expected);
  }));
}

/// A text that says some passages again and again.
std::string repetitive_text(const std::vector<std::string>& passages, RandomStream& random, const std::string& own) {
  std::string text;
  for (std::uint32_t left = 1 + random.below(2); left > 0; --left) {
    const std::string& passage = passages[random.below(static_cast<std::uint32_t>(passages.size()))];
    for (std::uint32_t times = 1 + random.below(60); times > 0; --times) text.append(passage).append(" ");
  }
  return text.append(own);
}

TEST(Index, AgreesWithTheBatchOnTextsThatRepeatThemselves) {
  EXPECT_TRUE(rc::check("passages said again and again", [] {
    const Options options = any_options();
    Index index(settings_for(options));
    test::PlantedFeed words(*rc::gen::arbitrary<std::uint64_t>());
    RandomStream random(*rc::gen::arbitrary<std::uint64_t>());
    const auto text = [&](std::size_t size) {
      std::string joined;
      for (const std::string& word : words.words(size)) joined.append(word).append(" ");
      return joined;
    };
    std::vector<std::string> passages;
    for (int i = 0; i < 3; ++i) passages.push_back(text(40 + random.below(100)));
    std::map<std::string, Kept> kept;
    const auto articles = *rc::gen::inRange(2, 40);
    for (int i = 0; i < articles; ++i) {
      const std::string id = test::numbered("a", static_cast<std::uint64_t>(i));
      const Kept article{repetitive_text(passages, random, text(random.below(80))),
                         test::numbered("outlet", random.below(5)), kStart + i};
      index.add({id, "t", article.text, article.source, {}, {}, article.time});
      kept[id] = article;
    }
    RC_ASSERT(clusters_of_index(index, kept) == clusters_of_batch(kept, options));
  }));
}

TEST(Index, TheWindowHoldsToTheSecond) {
  EXPECT_TRUE(rc::check("times that go on by leaps", [] {
    const TemporaryDirectory directory;
    IndexSettings settings = settings_for(any_options());
    settings.window = kWindow;
    const bool is_on_disk = *rc::gen::arbitrary<bool>();
    const auto open = [&] { return is_on_disk ? Index::open(directory.path() / "index", settings) : Index(settings); };
    std::optional<Index> index = open();
    Texts texts(*rc::gen::arbitrary<std::uint64_t>());
    std::map<std::string, Kept> kept;
    std::int64_t now = kStart, before = 0;
    const auto steps = *rc::gen::inRange(1, 80);
    for (int step = 0; step < steps; ++step) {
      now += texts.random().below(4) == 0 ? texts.random().below(3000) : texts.random().below(200);
      const std::string id = test::numbered("a", static_cast<std::uint64_t>(step));
      if (is_on_disk && texts.random().below(15) == 0) {
        index.reset();
        index = open();
      }
      if (texts.random().below(20) == 0) {
        before = std::max<std::int64_t>(before, now - texts.random().below(kWindow));
        static_cast<void>(index->expire(before));
      }
      // A copy of what is known, or something else; its date may lie behind its arrival.
      std::string text = texts.next();
      if (!kept.empty() && texts.random().below(2) == 0) {
        auto any = kept.begin();
        std::advance(any, texts.random().below(static_cast<std::uint32_t>(kept.size())));
        text = any->second.text;
      }
      const Index::Decision decision = index->add({id, "t", text, "outlet", {}, {}, now});
      const std::int64_t cutoff = std::max(now - kWindow, before);
      std::erase_if(kept, [&](const auto& each) { return each.second.time < cutoff; });
      bool is_known = false;
      for (const auto& [other, article] : kept) is_known |= article.text == text;
      RC_ASSERT((decision.relation == Relation::exact) == is_known);
      if (decision.relation) {
        RC_ASSERT(kept.contains(decision.match));
        RC_ASSERT(!is_known || kept.at(decision.match).text == text);
      }
      if (now >= cutoff) kept[id] = {text, "outlet", now};
      if (!decision.cluster.empty()) {
        for (const std::string& member : members_of(*index, decision.cluster)) RC_ASSERT(kept.contains(member));
      }
      RC_ASSERT(index->statistics().generations <= 9U);
    }
    for (int step = 0; step < steps; ++step) {
      const std::string id = test::numbered("a", static_cast<std::uint64_t>(step));
      RC_ASSERT(
          index->shared_passages({"q", "t", kept.contains(id) ? kept.at(id).text : "", "s", {}, {}, now}, id).empty() ==
          !kept.contains(id));
    }
    static_cast<void>(index->verify());
  }));
}

}  // namespace
}  // namespace wirecopy
