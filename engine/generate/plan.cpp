#include "generate/plan.hpp"

#include <algorithm>

#include "generate/language.hpp"
#include "generate/prose.hpp"
#include "generate/story.hpp"

namespace wirecopy::generate {
namespace {

constexpr std::int64_t kFirstDay = 1'709'510'400;  // 4 March 2024
constexpr std::int64_t kDay = 86'400;
constexpr std::uint64_t kMaxDays = 60;

/// Kinds of groups of related articles, of which a window consists.
enum class Group : std::uint8_t {
  single,
  wire,
  flash,
  chain,
  series,
  quote,
  background,
  digest,
  form,
  stub,
  caption,
  trivial
};

struct GroupShare {
  Group group;
  std::uint32_t weight;  ///< share of the groups, in units of 1/10,000
};
constexpr std::array<GroupShare, 12> kGroups{{{Group::single, 9300},
                                              {Group::wire, 1130},
                                              {Group::flash, 70},
                                              {Group::chain, 85},
                                              {Group::series, 45},
                                              {Group::quote, 170},
                                              {Group::background, 125},
                                              {Group::digest, 120},
                                              {Group::form, 42},
                                              {Group::stub, 50},
                                              {Group::caption, 80},
                                              {Group::trivial, 60}}};

struct SizeShare {
  std::uint32_t weight;
  std::uint32_t low, high;
};
/// Number of outlets that publish a story: mostly few, sometimes very many.
constexpr std::array<SizeShare, 8> kStorySizes{
    {{1000, 2, 2}, {430, 3, 3}, {210, 4, 4}, {130, 5, 5}, {165, 6, 10}, {40, 11, 20}, {9, 21, 45}, {1, 46, 110}}};

struct EditShare {
  Edit edit;
  std::uint32_t weight;
};
/// Edits of copies of a story that desks adopt largely unchanged, and of one that they edit heavily.
constexpr std::array<EditShare, 8> kFaithfulEdits{{{Edit::reprint, 300},
                                                   {Edit::dateline, 220},
                                                   {Edit::cut, 60},
                                                   {Edit::excerpt, 20},
                                                   {Edit::extended, 30},
                                                   {Edit::headline, 260},
                                                   {Edit::reword, 50},
                                                   {Edit::update, 30}}};
constexpr std::array<EditShare, 8> kRoughEdits{{{Edit::reprint, 10},
                                                {Edit::dateline, 60},
                                                {Edit::cut, 350},
                                                {Edit::excerpt, 100},
                                                {Edit::extended, 280},
                                                {Edit::headline, 10},
                                                {Edit::reword, 160},
                                                {Edit::update, 120}}};

template <typename Table>
const auto& draw(const Table& table, RandomStream& random) {
  std::uint32_t total = 0;
  for (const auto& row : table) total += row.weight;
  std::uint32_t at = random.below(total);
  for (const auto& row : table) {
    if (at < row.weight) return row;
    at -= row.weight;
  }
  return table.back();
}

/// Plans one window. Each add_ function adds one group.
class WindowPlan {
 public:
  WindowPlan(const OutletTable& outlets, const std::vector<Language>& languages, std::uint64_t seed, std::int64_t begin,
             std::size_t size, std::vector<ArticlePlan>& out)
      : outlets_(outlets),
        languages_(languages),
        random_(seed),
        begin_(begin),
        size_(size),
        out_(out),
        recent_(languages.size()) {}

  void run() {
    out_.clear();
    while (out_.size() < size_) add_group(draw(kGroups, random_).group);
    out_.resize(size_);  // the last group may lose members but not its head
    sort();
  }

 private:
  static constexpr std::size_t kRecent = 16;
  struct Story {
    std::uint64_t seed = 0;
    std::uint64_t topic = 0;
  };

  void add_group(Group group) {
    language_ = draw_language();
    switch (group) {
      case Group::single:
        return add_single();
      case Group::wire:
        return add_wire();
      case Group::flash:
        return add_flash();
      case Group::chain:
        return add_chain();
      case Group::series:
        return add_series();
      case Group::quote:
        return add_sharing(TextKind::quote, Edit::quote);
      case Group::background:
        return add_sharing(TextKind::background, Edit::background);
      case Group::digest:
        return add_digest();
      case Group::form:
        return add_forms();
      case Group::stub:
        return add_stubs();
      case Group::caption:
        return add_captions();
      case Group::trivial:
        return add_trivial();
    }
  }

  std::uint8_t draw_language() {
    std::uint32_t at = random_.below(10'000);
    std::uint8_t language = 0;
    while (at >= language_specs()[language].share) at -= language_specs()[language++].share;
    return language;
  }

  /// Minutes to two days after the first article; every doubling is equally likely.
  std::int64_t draw_lag() {
    const std::uint32_t doubling = random_.below(12);
    const std::int64_t half_minutes = (1U << doubling) - 1 + random_.below(1U << doubling);
    return 30 * half_minutes + random_.below(60);
  }

  /// An article of a new story.
  ArticlePlan& add_story(TextKind text, Edit edit) {
    ArticlePlan& plan = out_.emplace_back();
    plan.story = stories_++;
    plan.story_seed = random_();
    plan.topic_seed = plan.story_seed;
    plan.edit_seed = random_();
    plan.published = begin_ + random_.below(kDay);
    plan.outlet = outlets_.pick(language_, random_);
    plan.language = language_;
    plan.text = text;
    plan.edit = plan.label = edit;
    plan.rough = chance(random_, 650);
    return plan;
  }

  /// A later article of the story of out_[head], of another outlet.
  ArticlePlan& add_copy(std::size_t head, Edit edit, std::uint32_t outlet) {
    ArticlePlan plan = out_[head];
    plan.edit = plan.label = edit;
    plan.edit_seed = random_();
    plan.published += draw_lag();
    plan.outlet = outlet;
    return out_.emplace_back(plan);
  }

  void add_single() {
    ArticlePlan& plan = add_story(TextKind::prose, Edit::single);
    if (!recent_[language_].empty() && chance(random_, 150)) plan.topic_seed = recent_story().topic;
  }

  void add_wire() {
    const std::size_t head = out_.size();
    add_story(TextKind::prose, Edit::original);
    remember(out_[head]);
    add_copies(head, draw_size() - 1);
    // sometimes an outlet publishes it a second time
    if (chance(random_, 130)) add_second_run(head + random_.below(static_cast<std::uint32_t>(out_.size() - head)));
  }

  void add_flash() {
    const std::size_t head = out_.size();
    add_story(TextKind::flash, Edit::original);
    const std::uint32_t copies = std::min(draw_size() - 1, 12U);
    for (std::uint32_t i = 0; i < copies; ++i) {
      const Edit edit = chance(random_, 500) ? Edit::reprint : Edit::dateline;
      add_copy(head, edit, other_outlet(head));
    }
  }

  /// A story with copies, a second text that keeps most of it, and a third text that keeps most of the second and is
  /// another story.
  void add_chain() {
    const std::size_t head = out_.size();
    add_story(TextKind::prose, Edit::original);
    add_copies(head, between(random_, 3, 8));
    add_copy(head, Edit::chain, other_outlet(head)).text = TextKind::chain_second;
    const std::size_t third = out_.size();
    add_copy(head, Edit::chain, other_outlet(head)).text = TextKind::chain_third;
    out_[third].story = stories_++;
    const std::uint32_t copies = between(random_, 2, 5);
    for (std::uint32_t i = 0; i < copies; ++i) {
      const Edit edit = chance(random_, 500) ? Edit::dateline : Edit::reword;
      add_copy(third, edit, other_outlet(head));
    }
  }

  /// One outlet updates a story repeatedly with a new lead; a few others copy the first version.
  void add_series() {
    const std::size_t head = out_.size();
    const std::uint32_t outlet = outlets_.pick_large(language_, random_);
    add_story(TextKind::prose, Edit::original).outlet = outlet;
    const std::uint32_t updates = between(random_, 3, 6);
    for (std::uint32_t i = 0; i < updates; ++i) {
      ArticlePlan& plan = add_copy(head, Edit::update, out_[head].outlet);
      plan.version = static_cast<std::uint8_t>(i + 2);
    }
    add_copies(head, random_.below(4));
  }

  void add_sharing(TextKind text, Edit edit) {
    const bool of_wire = text == TextKind::quote && !recent_[language_].empty() && chance(random_, 500);
    const Story shared = of_wire ? recent_story() : Story{random_(), random_()};
    const std::uint32_t articles = of_wire ? between(random_, 1, 2) : between(random_, 2, 5);
    for (std::uint32_t i = 0; i < articles; ++i) {
      ArticlePlan& plan = add_story(text, edit);
      plan.parts = {shared.seed, shared.topic, 0};
      plan.topic_seed = shared.topic;
    }
  }

  void add_digest() {
    std::vector<Story>& recent = recent_[language_];
    if (recent.size() < 3) return;
    const std::size_t at = random_.below(static_cast<std::uint32_t>(recent.size() - 2));
    ArticlePlan& plan = add_story(TextKind::digest, Edit::digest);
    plan.parts = {recent[at].seed, recent[at + 1].seed, recent[at + 2].seed};
  }

  /// A series of one outlet with long fixed passages, or a series of several outlets with short ones.
  void add_forms() {
    const bool of_outlet = chance(random_, 700);
    const std::uint32_t outlet = outlets_.pick_large(language_, random_);
    const std::uint64_t skeleton = of_outlet ? mix64(outlet * 4 + random_.below(3)) : mix64(random_.below(6) + 1);
    const std::uint32_t articles = of_outlet ? between(random_, 9, 24) : between(random_, 3, 10);
    for (std::uint32_t i = 0; i < articles; ++i) {
      ArticlePlan& plan = add_story(TextKind::form, Edit::form);
      plan.parts = {skeleton, of_outlet, 0};
      if (of_outlet) plan.outlet = outlet;
    }
  }

  void add_stubs() {
    const std::uint32_t outlet = outlets_.pick_large(language_, random_);
    const std::uint32_t articles = between(random_, 2, 12);
    for (std::uint32_t i = 0; i < articles; ++i) add_story(TextKind::stub, Edit::stub).outlet = outlet;
  }

  void add_captions() {
    const bool of_outlet = chance(random_, 500);
    const std::uint32_t outlet = outlets_.pick(language_, random_);
    const std::uint64_t series = random_();
    const std::uint32_t articles = between(random_, 2, 4);
    for (std::uint32_t i = 0; i < articles; ++i) {
      ArticlePlan& plan = add_story(TextKind::caption, Edit::caption);
      plan.parts[0] = series;
      if (of_outlet) plan.outlet = outlet;
    }
  }

  void add_trivial() {
    if (chance(random_, 700)) {
      add_story(TextKind::empty, Edit::empty);
    } else {
      add_story(TextKind::one_word, Edit::one_word);
    }
  }

  std::uint32_t draw_size() {
    const SizeShare& share = draw(kStorySizes, random_);
    const auto max = static_cast<std::uint32_t>(std::max<std::size_t>(2, size_ / 100));
    return std::min({between(random_, share.low, share.high), max, outlets_.size(language_)});
  }

  void add_copies(std::size_t head, std::uint32_t copies) {
    const std::uint32_t length = story_length(out_[head].story_seed, languages_[language_]);
    const auto& edits = out_[head].rough ? kRoughEdits : kFaithfulEdits;
    for (std::uint32_t i = 0; i < copies; ++i) {
      const Edit edit = allowed(draw(edits, random_).edit, length);
      ArticlePlan& plan = add_copy(head, edit, other_outlet(head));
      plan.version = static_cast<std::uint8_t>(2 + random_.below(2));
    }
  }

  void add_second_run(std::size_t first) {
    add_copy(first, out_[first].edit, out_[first].outlet);
    ArticlePlan& again = out_.back();
    again.edit_seed = out_[first].edit_seed;
    again.again_seed = random_() | 1;
    again.label = Edit::twice;
  }

  /// Short texts are not cut, because too little would be left.
  static Edit allowed(Edit edit, std::uint32_t units) {
    if (edit == Edit::excerpt && units < 260) return Edit::cut;
    if ((edit == Edit::cut || edit == Edit::update) && units < 110) return Edit::reword;
    return edit;
  }

  /// An outlet that did not publish the story of out_[head], if a few draws find one.
  std::uint32_t other_outlet(std::size_t head) {
    std::uint32_t outlet = 0;
    for (int attempt = 0; attempt < 12; ++attempt) {
      outlet = outlets_.pick(language_, random_);
      const auto ran = [outlet](const ArticlePlan& plan) { return plan.outlet == outlet; };
      if (std::none_of(out_.begin() + static_cast<std::ptrdiff_t>(head), out_.end(), ran)) break;
    }
    return outlet;
  }

  void remember(const ArticlePlan& head) {
    std::vector<Story>& recent = recent_[language_];
    const Story story{head.story_seed, head.topic_seed};
    if (recent.size() < kRecent) {
      recent.push_back(story);
    } else {
      recent[random_.below(kRecent)] = story;
    }
  }

  const Story& recent_story() {
    const std::vector<Story>& recent = recent_[language_];
    return recent[random_.below(static_cast<std::uint32_t>(recent.size()))];
  }

  void sort() {
    std::sort(out_.begin(), out_.end(), [](const ArticlePlan& a, const ArticlePlan& b) {
      if (a.published != b.published) return a.published < b.published;
      if (a.story != b.story) return a.story < b.story;
      if (a.edit_seed != b.edit_seed) return a.edit_seed < b.edit_seed;
      return a.again_seed < b.again_seed;
    });
  }

  const OutletTable& outlets_;
  const std::vector<Language>& languages_;
  RandomStream random_;
  std::int64_t begin_;
  std::size_t size_;
  std::vector<ArticlePlan>& out_;
  std::vector<std::vector<Story>> recent_;  ///< wire stories of each language, for digests and quotations
  std::uint32_t stories_ = 0;
  std::uint8_t language_ = 0;
};

}  // namespace

Planner::Planner(const OutletTable& outlets, const std::vector<Language>& languages, std::uint64_t articles,
                 std::uint64_t seed)
    : outlets_(outlets), languages_(languages), articles_(articles), seed_(mix64(seed ^ 0x77696e646f77ULL)) {}

std::uint64_t Planner::windows() const { return (articles_ + kWindowArticles - 1) / kWindowArticles; }

std::uint64_t Planner::first_article(std::uint64_t window) const { return articles_ * window / windows(); }

void Planner::plan(std::uint64_t window, std::vector<ArticlePlan>& out) const {
  const auto size = static_cast<std::size_t>(first_article(window + 1) - first_article(window));
  const std::uint64_t step = kDay * std::min(windows(), kMaxDays) / windows();
  const std::int64_t begin = kFirstDay + static_cast<std::int64_t>(step * window);
  WindowPlan(outlets_, languages_, mix64(seed_ + window), begin, size, out).run();
}

}  // namespace wirecopy::generate
