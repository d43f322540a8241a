#include "generate/edits.hpp"

#include <algorithm>

#include "generate/passages.hpp"
#include "generate/prose.hpp"

namespace wirecopy::generate {
namespace {

constexpr std::size_t kMinKept = 60;

/// Applies an edit to a draft.
class Desk {
 public:
  Desk(const ArticlePlan& plan, Draft& draft)
      : plan_(plan), draft_(draft), random_(plan.edit_seed), topic_(make_topic(plan.topic_seed)) {}

  void run() {
    switch (plan_.edit) {
      case Edit::dateline:
        return dateline();
      case Edit::cut:
        return cut();
      case Edit::excerpt:
        return excerpt();
      case Edit::extended:
        return extended();
      case Edit::headline:
        return new_title();
      case Edit::reword:
        return reworded();
      case Edit::update:
        return update();
      case Edit::chain:
        return new_title();
      default:
        return;
    }
  }

  /// The small change of a second publication.
  void change_again() {
    RandomStream again(plan_.again_seed);
    random_ = again;
    replace_words(15);
    if (chance(random_, 400)) add_own(draft_.body.size() / 10);
  }

 private:
  void dateline() {
    put_dateline();
    if (chance(random_, 700)) put_credit();
    maybe_reword(250);
    maybe_new_title(300);
  }

  void cut() {
    const std::size_t size = draft_.body.size();
    keep_first(size * between(random_, 200, 800) / 1000);
    if (chance(random_, 450)) add_own(draft_.body.size() * between(random_, 100, 600) / 1000);
    maybe_reword(400);
    maybe_new_title(600);
  }

  void excerpt() {
    const std::size_t skipped = chance(random_, 350) ? sentence_end_near(draft_.body, between(random_, 15, 40)) : 0;
    const std::size_t end = sentence_end_near(draft_.body, skipped + between(random_, 95, 115));
    draft_.body.resize(end);
    draft_.body.erase(draft_.body.begin(), draft_.body.begin() + static_cast<std::ptrdiff_t>(skipped));
    end_text();
    maybe_reword(300);
    maybe_new_title(700);
  }

  void extended() {
    if (chance(random_, 300)) put_dateline();
    const std::size_t kept = draft_.body.size();
    add_own(kept * between(random_, 200, 700) / 1000);
    maybe_reword(350);
    maybe_new_title(600);
  }

  void reworded() {
    replace_words(plan_.rough ? between(random_, 50, 100) : between(random_, 10, 40));
    const std::uint32_t swaps = random_.below(3);
    for (std::uint32_t i = 0; i < swaps; ++i) swap_sentences();
    if (chance(random_, 300)) put_dateline();
    maybe_new_title(600);
  }

  void update() {
    Units lead;
    const std::size_t size = draft_.body.size();
    ProseWriter(topic_, random_).prose(lead, static_cast<std::uint32_t>(size * between(random_, 80, 280) / 1000));
    const std::size_t dropped = size >= 150 ? sentence_around(draft_.body, 0).end : 0;
    draft_.body.erase(draft_.body.begin(), draft_.body.begin() + static_cast<std::ptrdiff_t>(dropped));
    draft_.body.insert(draft_.body.begin(), lead.begin(), lead.end());
    maybe_reword(200);
    new_title();
    const Unit word{static_cast<std::uint16_t>(Symbol::update), UnitKind::symbol, 0};
    const Unit version{plan_.version, UnitKind::number, kColon};
    draft_.title.insert(draft_.title.begin(), {word, version});
  }

  /// "Place, 18 Agency - ..." or "(Agency) ..."
  void put_dateline() {
    const Unit place{topic_.places[0].value, UnitKind::name, kComma};
    const Unit day{static_cast<std::uint16_t>(between(random_, 1, 28)), UnitKind::number, 0};
    const Unit agency{agency_name(), chance(random_, 400) ? UnitKind::credit : UnitKind::name, 0};
    const Unit dash{static_cast<std::uint16_t>(Symbol::dash), UnitKind::symbol, 0};
    Units line;
    if (chance(random_, 800)) line.insert(line.end(), {place, day});
    line.push_back(agency);
    if (chance(random_, 700)) line.push_back(dash);
    draft_.body.insert(draft_.body.begin(), line.begin(), line.end());
  }

  /// The agency's credit line, which is the same in all its stories except for the names of reporters.
  void put_credit() {
    end_text();
    RandomStream agency(mix64(agency_name() + 77));
    const Topic topic = make_topic(agency_name());
    Units line;
    ProseWriter writer(topic, agency);
    writer.words(line, between(agency, 2, 4));
    line[0].marks |= kCapital;
    line.push_back(random_name(random_));
    writer.words(line, between(agency, 2, 8));
    line.push_back({agency_name(), UnitKind::credit, kParagraph});
    draft_.body.insert(draft_.body.end(), line.begin(), line.end());
  }

  /// The agency, one of five per language, which is the same for all copies of a story.
  [[nodiscard]] std::uint16_t agency_name() const { return static_cast<std::uint16_t>(plan_.story_seed % 5); }

  void keep_first(std::size_t target) {
    draft_.body.resize(sentence_end_near(draft_.body, std::max(target, kMinKept)));
    end_text();
  }

  /// Adds own paragraphs at the end or after some paragraph.
  void add_own(std::size_t units) {
    if (units < 8) return;
    end_text();
    Units own;
    ProseWriter(topic_, random_).prose(own, static_cast<std::uint32_t>(units));
    own.resize(std::min(own.size(), sentence_end_near(own, units)));
    own.back().marks |= kParagraph;
    const bool inside = chance(random_, 350);
    const std::size_t half = draft_.body.size() / 2;
    const std::size_t at = inside ? paragraph_end(draft_.body, half) : draft_.body.size();
    draft_.body.insert(draft_.body.begin() + static_cast<std::ptrdiff_t>(at), own.begin(), own.end());
  }

  void replace_words(std::uint32_t in_thousand) {
    for (Unit& unit : draft_.body) {
      const std::uint64_t bits = random_();
      if (unit.kind != UnitKind::word || (bits >> 32) * 1000 >> 32 >= in_thousand) continue;
      unit.value = zipf_rank(static_cast<std::uint32_t>(bits));
    }
  }

  /// Swaps two sentences of a paragraph. No effect if the paragraph has only one.
  void swap_sentences() {
    Units& body = draft_.body;
    const std::size_t at = random_.below(static_cast<std::uint32_t>(body.size()));
    const Passage first = sentence_around(body, at);
    if (first.end >= body.size() || ends_paragraph(body[first.end - 1])) return;
    const Passage second = sentence_around(body, first.end);
    const std::uint8_t paragraph = body[second.end - 1].marks & kParagraph;
    body[second.end - 1].marks &= static_cast<std::uint8_t>(~kParagraph);
    std::rotate(iterator(first.begin), iterator(second.begin), iterator(second.end));
    body[second.end - 1].marks |= paragraph;
  }

  Units::iterator iterator(std::size_t at) { return draft_.body.begin() + static_cast<std::ptrdiff_t>(at); }

  void new_title() {
    draft_.title.clear();
    ProseWriter(topic_, random_).title(draft_.title);
  }

  void maybe_new_title(std::uint32_t in_thousand) {
    if (chance(random_, in_thousand)) new_title();
  }

  void maybe_reword(std::uint32_t in_thousand) {
    if (plan_.rough) {
      if (chance(random_, 850)) replace_words(between(random_, 30, 95));
    } else if (chance(random_, in_thousand / 2)) {
      replace_words(between(random_, 5, 20));
    }
  }

  void end_text() {
    if (!draft_.body.empty()) draft_.body.back().marks |= kParagraph;
  }

  const ArticlePlan& plan_;
  Draft& draft_;
  RandomStream random_;
  Topic topic_;
};

}  // namespace

void apply_edit(const ArticlePlan& plan, Draft& draft) {
  Desk desk(plan, draft);
  desk.run();
  if (plan.again_seed != 0) desk.change_again();
}

}  // namespace wirecopy::generate
