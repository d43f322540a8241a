#include "generate/prose.hpp"

#include "generate/language.hpp"

namespace wirecopy::generate {
namespace {

constexpr std::uint32_t kPhrases = 400;

/// A set phrase of three to five words, the same in all texts.
void append_phrase(Units& out, std::uint32_t number) {
  RandomStream random(mix64(number + 1));
  const std::uint32_t length = between(random, 3, 5);
  for (std::uint32_t i = 0; i < length; ++i) {
    out.push_back({zipf_rank(static_cast<std::uint32_t>(random())), UnitKind::word, 0});
  }
}

Unit number_unit(RandomStream& random) {
  const std::uint32_t sort = random.below(8);
  if (sort == 0) return {static_cast<std::uint16_t>(between(random, 1950, 2024)), UnitKind::number, 0};
  if (sort == 1) return {static_cast<std::uint16_t>(between(random, 11, 999)), UnitKind::decimal, 0};
  if (sort == 2) return {static_cast<std::uint16_t>(between(random, 1, 99)), UnitKind::percent, 0};
  return {static_cast<std::uint16_t>(random.below(2U << random.below(12))), UnitKind::number, 0};
}

}  // namespace

Unit random_name(RandomStream& random) { return {static_cast<std::uint16_t>(random.below(kNames)), UnitKind::name, 0}; }

Topic make_topic(std::uint64_t seed) {
  RandomStream random(mix64(seed ^ 0x746f706963ULL));
  Topic topic;
  for (auto& word : topic.words) word = static_cast<std::uint16_t>(between(random, 120, kWords - 1));
  for (auto& person : topic.people) {
    for (Unit& name : person) name = random_name(random);
  }
  for (Unit& place : topic.places) place = random_name(random);
  return topic;
}

void ProseWriter::person(Units& out) {
  const auto& full = topic_.people[random_.below(Topic::kTopicNames)];
  if (chance(random_, 400)) out.push_back(full[0]);
  out.push_back(full[1]);
}

void ProseWriter::word(Units& out) {
  const std::uint64_t bits = random_();
  const auto choice = static_cast<std::uint32_t>(bits >> 54);  // of 1024
  const auto low = static_cast<std::uint32_t>(bits);
  if (choice >= 250) {
    const std::uint16_t rank = zipf_rank(low);
    const bool again = !out.empty() && out.back().kind == UnitKind::word && out.back().value == rank;
    out.push_back({static_cast<std::uint16_t>(again ? (rank + 40) % kWords : rank), UnitKind::word, 0});
  } else if (choice >= 110) {
    out.push_back({topic_.words[low % Topic::kTopicWords], UnitKind::word, 0});
  } else if (choice >= 60) {
    person(out);
  } else if (choice >= 40) {
    out.push_back(topic_.places[low % Topic::kTopicNames]);
  } else if (choice >= 12) {
    out.push_back(number_unit(random_));
  } else {
    append_phrase(out, low % kPhrases);
  }
}

void ProseWriter::words(Units& out, std::uint32_t units) {
  const std::size_t end = out.size() + units;
  while (out.size() < end) {
    word(out);
    if (out.size() + 2 < end && random_.below(11) == 0) out.back().marks |= kComma;
  }
}

void ProseWriter::sentence(Units& out, std::uint32_t units) {
  const std::size_t begin = out.size();
  words(out, units);
  out[begin].marks |= kCapital;
  out.back().marks |= random_.below(40) == 0 ? kQuestion : kStop;
}

void ProseWriter::sentence(Units& out) {
  const std::uint32_t some = between(random_, 7, 18);
  sentence(out, some + random_.below(13));
}

void ProseWriter::paragraph(Units& out) {
  constexpr std::array<std::uint32_t, 12> kSentences{1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3};
  const std::uint32_t sentences = kSentences[random_.below(kSentences.size())];
  for (std::uint32_t i = 0; i < sentences; ++i) sentence(out);
  out.back().marks |= kParagraph;
}

void ProseWriter::quotation(Units& out, std::uint32_t units) {
  const std::size_t begin = out.size();
  words(out, units);
  out[begin].marks |= kCapital | kOpenQuote;
  out.back().marks |= kCloseQuote | kComma;
  words(out, 2);
  person(out);
  out.back().marks |= kStop | kParagraph;
}

void ProseWriter::prose(Units& out, std::uint32_t units) {
  const std::size_t end = out.size() + units;
  do {
    if (out.size() + 40 < end && random_.below(4) == 0) {
      quotation(out, between(random_, 14, 40));
    } else {
      paragraph(out);
    }
  } while (out.size() + 12 < end);
}

void ProseWriter::title(Units& out) {
  const std::size_t begin = out.size();
  words(out, between(random_, 6, 10));
  for (std::size_t i = begin; i < out.size(); ++i) out[i].marks = 0;
  out[begin].marks |= kCapital;
}

}  // namespace wirecopy::generate
