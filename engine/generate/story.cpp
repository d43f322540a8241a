#include "generate/story.hpp"

#include <algorithm>
#include <array>

#include "generate/form.hpp"
#include "generate/passages.hpp"

namespace wirecopy::generate {
namespace {

/// Length of a text in bytes at equal steps of rank.
constexpr std::array<std::uint32_t, 33> kLengths{200,   420,   600,   740,   860,   970,   1'070, 1'160, 1'250,
                                                 1'330, 1'410, 1'500, 1'590, 1'680, 1'770, 1'870, 1'970, 2'080,
                                                 2'190, 2'310, 2'440, 2'590, 2'760, 2'960, 3'190, 3'440, 3'750,
                                                 4'140, 4'650, 5'370, 6'400, 9'000, 40'000};

std::uint32_t draw_bytes(RandomStream& random) {
  const std::uint32_t bits = random.below(1U << 16);
  const std::uint32_t step = bits >> 11;
  const std::uint64_t part = bits & 2047;
  // Within the last step, the fifth power of the fraction, so that few texts are very long.
  const std::uint64_t rise = step == 31 ? part * part * part * part * part >> 44 : part;
  return kLengths[step] + static_cast<std::uint32_t>((kLengths[step + 1] - kLengths[step]) * rise / 2048);
}

void append(Units& out, const Units& from, std::size_t begin, std::size_t end) {
  out.insert(out.end(), from.begin() + static_cast<std::ptrdiff_t>(begin),
             from.begin() + static_cast<std::ptrdiff_t>(end));
}

void end_paragraph(Units& out) {
  if (!out.empty()) out.back().marks |= kParagraph;
}

void flash(const ArticlePlan& plan, Draft& out) {
  RandomStream random(plan.story_seed);
  const Topic topic = make_topic(plan.topic_seed);
  ProseWriter writer(topic, random);
  writer.title(out.title);
  writer.sentence(out.body, between(random, 18, 26));
  if (chance(random, 400)) writer.sentence(out.body, between(random, 8, 14));
}

void stub(const ArticlePlan& plan, const Outlet& outlet, Draft& out) {
  RandomStream random(plan.story_seed);
  const Topic topic = make_topic(plan.topic_seed);
  ProseWriter(topic, random).title(out.title);
  append_paywall_notice(out.body, outlet);
}

void caption(const ArticlePlan& plan, Draft& out) {
  RandomStream series(plan.parts[0]);
  const Topic topic = make_topic(plan.parts[0]);
  ProseWriter writer(topic, series);
  writer.title(out.title);
  writer.sentence(out.body, between(series, 14, 24));
  RandomStream own(plan.story_seed);
  const std::array<Unit, 2> person{random_name(own), random_name(own)};
  const std::size_t at = 1 + series.below(static_cast<std::uint32_t>(out.body.size() - 3));
  for (std::size_t i = 0; i < 2; ++i) {
    out.body[at + i] = {person[i].value, UnitKind::name, out.body[at + i].marks};
  }
  out.title.insert(out.title.end(), person.begin(), person.end());
}

void one_word(const ArticlePlan& plan, Draft& out) {
  RandomStream random(plan.story_seed);
  const Topic topic = make_topic(plan.topic_seed);
  ProseWriter writer(topic, random);
  writer.title(out.title);
  out.body.push_back({topic.words[0], UnitKind::word, kCapital});
}

void empty(const ArticlePlan& plan, Draft& out) {
  RandomStream random(plan.story_seed);
  const Topic topic = make_topic(plan.topic_seed);
  ProseWriter(topic, random).title(out.title);
}

}  // namespace

std::uint32_t story_length(std::uint64_t story_seed, const Language& language) {
  RandomStream random(story_seed);
  const std::uint64_t tenths = std::uint64_t{draw_bytes(random)} * language.spec().length / 10;
  return static_cast<std::uint32_t>(std::max<std::uint64_t>(24, tenths / language.word_length_in_tenths()));
}

void StoryMaker::prose(std::uint64_t seed, std::uint64_t topic_seed, const Language& language, Draft& out) {
  RandomStream random(mix64(seed));
  const Topic topic = make_topic(topic_seed);
  ProseWriter writer(topic, random);
  writer.title(out.title);
  writer.prose(out.body, story_length(seed, language));
}

void StoryMaker::own_prose(const ArticlePlan& plan, std::uint32_t units, Draft& out) {
  RandomStream random(mix64(plan.story_seed + 1));
  const Topic topic = make_topic(plan.topic_seed);
  ProseWriter writer(topic, random);
  if (out.title.empty()) writer.title(out.title);
  writer.prose(out.body, units);
}

/// The second text keeps the first 68 % of the first and has a new end. The third replaces the first 40 % of the
/// second, so it shares 60 % with the second and about 28 % with the first.
void StoryMaker::chain(const ArticlePlan& plan, const Language& language, Draft& out) {
  other_ = {};
  prose(plan.story_seed, plan.topic_seed, language, other_);
  const std::size_t kept = sentence_end_near(other_.body, other_.body.size() * 68 / 100);
  const auto added = static_cast<std::uint32_t>(std::max<std::size_t>(kept * 45 / 100, 20));
  if (plan.text == TextKind::chain_second) {
    append(out.body, other_.body, 0, kept);
    end_paragraph(out.body);
    return own_prose(plan, added, out);
  }
  Draft second;
  append(second.body, other_.body, 0, kept);
  end_paragraph(second.body);
  own_prose(plan, added, second);
  const std::size_t dropped = sentence_end_near(second.body, second.body.size() * 40 / 100);
  ArticlePlan lead = plan;
  lead.story_seed = mix64(plan.story_seed + 3);
  own_prose(lead, static_cast<std::uint32_t>(dropped), out);
  append(out.body, second.body, dropped, second.body.size());
}

/// At least four fifths of the text are the article's own.
void StoryMaker::quoting(const ArticlePlan& plan, const Language& language, Draft& out) {
  other_ = {};
  prose(plan.parts[0], plan.parts[1], language, other_);
  const Passage shared = first_quotation(other_.body);
  const auto own = static_cast<std::uint32_t>(3 * shared.size() + 40);
  own_prose(plan, std::max(own, story_length(plan.story_seed, language)) / 2, out);
  append(out.body, other_.body, shared.begin, shared.end);
  end_paragraph(out.body);
  ArticlePlan rest = plan;
  rest.story_seed = mix64(plan.story_seed + 5);
  own_prose(rest, own / 2, out);
}

/// Shared background of 50 to 110 words, after at least twice as much text of the article's own.
void StoryMaker::with_background(const ArticlePlan& plan, const Language& language, Draft& out) {
  Units shared;
  RandomStream random(plan.parts[0]);
  const Topic topic = make_topic(plan.parts[0]);
  ProseWriter(topic, random).prose(shared, between(random, 50, 110));
  const auto least = static_cast<std::uint32_t>(2 * shared.size());
  own_prose(plan, std::max(least, story_length(plan.story_seed, language) * 2 / 3), out);
  append(out.body, shared, 0, shared.size());
}

void StoryMaker::digest(const ArticlePlan& plan, const Language& language, Draft& out) {
  for (std::size_t i = 0; i < plan.parts.size(); ++i) {
    other_ = {};
    prose(plan.parts[i], plan.parts[i], language, other_);
    ArticlePlan between_leads = plan;
    between_leads.story_seed = mix64(plan.story_seed + i);
    own_prose(between_leads, 8, out);
    append(out.body, other_.body, 0, sentence_end_near(other_.body, std::min<std::size_t>(40, other_.body.size() / 4)));
    end_paragraph(out.body);
  }
}

void StoryMaker::make(const ArticlePlan& plan, const Outlet& outlet, const Language& language, Draft& out) {
  out.title.clear();
  out.body.clear();
  switch (plan.text) {
    case TextKind::prose:
      return prose(plan.story_seed, plan.topic_seed, language, out);
    case TextKind::flash:
      return flash(plan, out);
    case TextKind::chain_second:
    case TextKind::chain_third:
      return chain(plan, language, out);
    case TextKind::quote:
      return quoting(plan, language, out);
    case TextKind::background:
      return with_background(plan, language, out);
    case TextKind::digest:
      return digest(plan, language, out);
    case TextKind::form:
      return make_form(plan, out);
    case TextKind::stub:
      return stub(plan, outlet, out);
    case TextKind::caption:
      return caption(plan, out);
    case TextKind::empty:
      return empty(plan, out);
    case TextKind::one_word:
      return one_word(plan, out);
  }
}

}  // namespace wirecopy::generate
