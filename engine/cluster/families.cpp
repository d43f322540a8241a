#include "cluster/families.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <unordered_map>

#include "base/union_find.hpp"
#include "text/shingler.hpp"

namespace wirecopy {
namespace {

constexpr std::uint16_t kNoLimit = std::numeric_limits<std::uint16_t>::max();

std::span<const std::uint16_t> up_to(std::span<const std::uint16_t> words, std::uint16_t limit) {
  return words.first(static_cast<std::size_t>(std::ranges::upper_bound(words, limit) - words.begin()));
}

/// Whether one word is in all of these titles.
bool have_common_word(std::span<const FamilyMember> nodes, std::span<const std::uint32_t> titles) {
  std::vector<std::uint16_t> common, next;
  for (const std::uint32_t node : titles) {
    const std::span<const std::uint16_t> words = nodes[node].title.words();
    if (node == titles.front()) {
      common.assign(words.begin(), words.end());
      continue;
    }
    next.clear();
    std::ranges::set_intersection(common, words, std::back_inserter(next));
    std::swap(common, next);
  }
  return !common.empty();
}

}  // namespace

TitleWords::TitleWords(std::span<const Token> title) {
  if (title.empty()) return;
  std::vector<std::uint64_t> hashes;
  shingle(title, 1, hashes);
  std::vector<std::uint16_t> words;
  words.reserve(hashes.size());
  for (const std::uint64_t hash : hashes) words.push_back(static_cast<std::uint16_t>(hash >> 48));
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  *this = of(std::span(words).first(std::min(words.size(), kMaxWords)));
}

TitleWords TitleWords::of(std::span<const std::uint16_t> words) {
  TitleWords title;
  title.count_ = static_cast<std::uint8_t>(std::min(words.size(), kMaxWords));
  std::copy_n(words.begin(), title.count_, title.words_.begin());
  return title;
}

TitleWords::Common TitleWords::common(const TitleWords& other) const {
  // Of a title that was cut, only the words up to its last one are known.
  const std::uint16_t limit = std::min(count_ == kMaxWords ? words().back() : kNoLimit,
                                       other.count_ == kMaxWords ? other.words().back() : kNoLimit);
  const auto a = up_to(words(), limit), b = up_to(other.words(), limit);
  std::array<std::uint16_t, kMaxWords> both;
  const auto end = std::ranges::set_intersection(a, b, both.begin()).out;
  return {static_cast<double>(end - both.begin()), static_cast<double>(std::min(a.size(), b.size())),
          static_cast<double>(std::max(a.size(), b.size()))};
}

double TitleWords::overlap(const TitleWords& other) const {
  const Common words = common(other);
  return words.shorter == 0 ? 0 : words.shared / words.shorter;
}

double TitleWords::similarity(const TitleWords& other) const {
  const Common words = common(other);
  return words.longer == 0 ? 1 : words.shared / words.longer;
}

Families::Families(std::span<const FamilyMember> nodes, std::span<const NodePair> matches, const FamilyRule& rule) {
  if (nodes.size() < rule.least_stories) return;
  std::vector<std::uint32_t> order;
  for (std::uint32_t node = 0; node < nodes.size(); ++node) {
    if (!nodes[node].title.empty()) order.push_back(node);
  }
  std::ranges::stable_sort(order, {}, [&](std::uint32_t node) { return nodes[node].source; });
  for (std::size_t at = 0; at < order.size();) {
    std::size_t end = at;
    while (end < order.size() && nodes[order[end]].source == nodes[order[at]].source) ++end;
    if (end - at >= rule.least_stories) find_family(nodes, std::span(order).subspan(at, end - at), rule);
    at = end;
  }
  if (!stories_.empty()) dissolve_news(nodes, matches);
}

/// What another outlet publishes as an article of its own is news, even if this one does so under many titles.
void Families::dissolve_news(std::span<const FamilyMember> nodes, std::span<const NodePair> matches) {
  std::unordered_map<std::uint64_t, std::uint32_t> story_of;  // by family and the node that matches it
  std::vector<char> is_news(families_ + 1, 0);
  const auto note = [&](std::uint32_t member, std::uint32_t other) {
    const Place& place = stories_[member];
    if (place.family == 0 || nodes[member].source == nodes[other].source) return;
    const auto [found, is_new] = story_of.try_emplace(std::uint64_t{place.family} << 32 | other, place.story);
    if (!is_new && found->second != place.story) is_news[place.family] = 1;
  };
  for (const NodePair& match : matches) note(match.a, match.b), note(match.b, match.a);
  for (Place& place : stories_) {
    if (is_news[place.family] != 0) place = {};
  }
}

void Families::find_family(std::span<const FamilyMember> nodes, std::span<const std::uint32_t> of_source,
                           const FamilyRule& rule) {
  const std::span<const std::uint32_t> sample = of_source.first(std::min(of_source.size(), rule.sample));
  UnionFind stories(static_cast<std::uint32_t>(sample.size()));
  std::size_t count = sample.size();
  for (std::uint32_t a = 0; a < sample.size(); ++a) {
    for (std::uint32_t b = a + 1; b < sample.size(); ++b) {
      if (stories.find(a) == stories.find(b)) continue;
      if (nodes[sample[a]].title.overlap(nodes[sample[b]].title) < rule.shared_title) continue;
      stories.unite(a, b);
      --count;
    }
  }
  if (count < rule.least_stories || have_common_word(nodes, sample)) return;
  stories_.resize(nodes.size());
  ++families_;
  for (std::size_t i = 0; i < of_source.size(); ++i) {
    const FamilyMember& member = nodes[of_source[i]];
    const auto before = sample.first(std::min(i, sample.size()));
    const auto same = std::ranges::find_if(
        before, [&](std::uint32_t node) { return nodes[node].title.similarity(member.title) >= rule.same_title; });
    const auto own = static_cast<std::uint32_t>(i);
    stories_[of_source[i]] = {families_, same == before.end() ? own : stories_[*same].story};
  }
}

}  // namespace wirecopy
