#include "generate/outlets.hpp"

#include <algorithm>
#include <array>

#include "generate/language.hpp"
#include "generate/prose.hpp"

namespace wirecopy::generate {
namespace {

std::uint64_t integer_root(std::uint64_t square) {
  std::uint64_t root = 0;
  for (std::uint64_t bit = 1ULL << 31; bit > 0; bit >>= 1) {
    if ((root | bit) * (root | bit) <= square) root |= bit;
  }
  return root;
}

/// The heavy-tailed output of outlets at equal steps of rank, in eighths of an article for a mean of twelve articles.
constexpr std::array<std::uint32_t, 17> kWeights{5, 9, 14, 19, 25, 32, 39, 47, 56, 66, 78, 92, 110, 134, 172, 260, 760};
constexpr std::uint32_t kTiny = 19;

std::uint32_t draw_language(std::uint32_t in_ten_thousand) {
  std::uint32_t language = 0;
  for (const LanguageSpec& spec : language_specs()) {
    if (in_ten_thousand < spec.share) break;
    in_ten_thousand -= spec.share;
    ++language;
  }
  return language;
}

std::uint8_t draw_wrap(RandomStream& random, bool tiny) {
  if (!chance(random, tiny ? 300 : 520)) return 0;
  std::uint8_t parts = 0;
  if (chance(random, 150)) parts |= kIntro;
  if (chance(random, 350)) parts |= kAuthor;
  if (chance(random, 400)) parts |= kPrompt;
  if (chance(random, 350)) parts |= kRelated;
  if (parts == 0 || chance(random, 600)) parts |= kRights;
  return parts;
}

WritingStyle draw_writing(RandomStream& random) {
  const std::uint32_t sort = random.below(30);
  const Markup markup = sort == 0   ? Markup::entities
                        : sort == 1 ? Markup::paragraphs
                        : sort == 2 ? Markup::breaks
                                    : Markup::none;
  return {markup, chance(random, 350)};
}

/// One in eight of the outlets that wrap has long fixed texts.
bool heavy(const Outlet& outlet) { return outlet.house_seed % 8 == 0; }

void append_standing(Units& out, std::uint64_t seed, std::uint32_t low, std::uint32_t high) {
  RandomStream random(seed);
  const Topic topic = make_topic(seed);
  ProseWriter(topic, random).sentence(out, between(random, low, high));
  out.back().marks |= kParagraph;
}

void append_label(Units& out, std::uint64_t seed, std::uint32_t words) {
  RandomStream random(seed);
  for (std::uint32_t i = 0; i < words; ++i)
    out.push_back({zipf_rank(static_cast<std::uint32_t>(random() >> 32)), {}, 0});
  out[out.size() - words].marks |= kCapital;
  out.back().marks |= kColon;
}

void append_author(Units& out, const Outlet& outlet, RandomStream& random) {
  append_label(out, outlet.house_seed + 1, 2);
  RandomStream author(outlet.seed + random.below(12));
  out.push_back(random_name(author));
  out.push_back(random_name(author));
  out.back().marks |= kParagraph;
}

void append_related(Units& out, const Outlet& outlet, RandomStream& random) {
  append_label(out, outlet.house_seed + 2, 3);
  out.back().marks |= kParagraph;
  const std::uint32_t links = between(random, 3, 5);
  for (std::uint32_t i = 0; i < links; ++i) {
    const std::uint64_t seed = mix64(outlet.seed + random.below(250));
    RandomStream link(seed);
    const Topic topic = make_topic(seed);
    ProseWriter(topic, link).title(out);
    out.back().marks |= kParagraph;
  }
}

void append_rights(Units& out, const Outlet& outlet) {
  out.push_back({static_cast<std::uint16_t>(Symbol::copyright), UnitKind::symbol, 0});
  out.push_back({2024, UnitKind::number, 0});
  append_standing(out, outlet.house_seed + 4, 5, heavy(outlet) ? 60 : 16);
}

/// The position after the paragraph end nearest to the middle; 0 if there is only one paragraph.
std::size_t middle_break(const Units& body) {
  const std::size_t middle = body.size() / 2;
  for (std::size_t away = 0; away < middle; ++away) {
    if (ends_paragraph(body[middle - away - 1])) return middle - away;
    if (middle + away + 1 < body.size() && ends_paragraph(body[middle + away])) return middle + away + 1;
  }
  return 0;
}

void insert_prompt(Units& body, const Outlet& outlet) {
  const std::size_t at = middle_break(body);
  if (at == 0) return;
  Units prompt;
  append_standing(prompt, outlet.house_seed + 3, 8, heavy(outlet) ? 60 : 18);
  body.insert(body.begin() + static_cast<std::ptrdiff_t>(at), prompt.begin(), prompt.end());
}

void prepend_front(Units& body, const Outlet& outlet, RandomStream& random) {
  Units front;
  if (outlet.wrap & kIntro) append_standing(front, outlet.house_seed + 5, 8, heavy(outlet) ? 50 : 16);
  if (outlet.wrap & kAuthor) append_author(front, outlet, random);
  body.insert(body.begin(), front.begin(), front.end());
}

}  // namespace

std::uint32_t outlet_count(std::uint64_t articles) {
  // articles^0.75 as the product of a square root and a fourth root, the latter with three more bits
  const std::uint64_t half = integer_root(articles);
  const std::uint64_t quarter = integer_root(half * 64);
  const auto least = static_cast<std::uint64_t>(4 * language_specs().size());
  return static_cast<std::uint32_t>(std::max(least, half * quarter / 8));
}

OutletTable::OutletTable(std::uint64_t articles, std::uint64_t seed)
    : seed_(mix64(seed ^ 0x6f75746c657473ULL)), by_language_(language_specs().size()) {
  const std::uint32_t count = outlet_count(articles);
  const auto languages = static_cast<std::uint32_t>(by_language_.size());
  RandomStream random(seed_);
  for (std::uint32_t index = 0; index < count; ++index) {
    const std::uint32_t drawn = draw_language(random.below(10'000));
    const std::uint32_t language = index < 4 * languages ? index % languages : drawn;
    OfLanguage& of = by_language_[language];
    language_of_.push_back(static_cast<std::uint8_t>(language));
    of.outlets.push_back(index);
    of.running_weight.push_back(weight(index) + (of.running_weight.empty() ? 0 : of.running_weight.back()));
  }
}

std::uint32_t OutletTable::weight(std::uint32_t index) const {
  const std::uint64_t bits = mix64(seed_ ^ (index + 0x77ULL));
  const auto step = static_cast<std::uint32_t>(bits & 15);
  const auto part = static_cast<std::uint32_t>(bits >> 4 & 255);
  // Within the last step, the square of the fraction, so that few outlets are very large.
  const std::uint32_t rise = step == 15 ? part * part / 255 : part;
  const std::uint32_t plain = kWeights[step] + (kWeights[step + 1] - kWeights[step]) * rise / 256;
  return (bits >> 12 & 511) == 0 ? 6 * plain : plain;
}

std::uint32_t OutletTable::pick(std::uint32_t language, RandomStream& random) const {
  const OfLanguage& of = by_language_[language];
  const std::uint32_t at = random.below(of.running_weight.back());
  const auto found = std::upper_bound(of.running_weight.begin(), of.running_weight.end(), at);
  return of.outlets[static_cast<std::size_t>(found - of.running_weight.begin())];
}

std::uint32_t OutletTable::pick_large(std::uint32_t language, RandomStream& random) const {
  const std::uint32_t a = pick(language, random);
  const std::uint32_t b = pick(language, random);
  return weight(a) >= weight(b) ? a : b;
}

Outlet OutletTable::describe(std::uint32_t index) const {
  Outlet outlet;
  outlet.index = index;
  outlet.language = language_of_[index];
  outlet.seed = mix64(seed_ + index);
  RandomStream random(outlet.seed);
  const bool of_publisher = chance(random, 250);
  const std::uint64_t publisher = mix64(seed_ ^ (index / 40 * 64 + outlet.language));
  RandomStream house(of_publisher ? publisher : mix64(outlet.seed + 1));
  outlet.house_seed = house();
  outlet.wrap = draw_wrap(house, !of_publisher && weight(index) < kTiny);
  outlet.writing = draw_writing(random);
  outlet.date_style = static_cast<std::uint8_t>(random.below(3));
  return outlet;
}

std::string host_of(const Outlet& outlet) {
  constexpr std::string_view kConsonants = "bdfjklmnprstvwyh";
  constexpr std::string_view kVowels = "aeio";
  std::string host = outlet.seed % 3 == 0 ? "" : outlet.seed % 3 == 1 ? "www." : "news.";
  std::uint32_t code = outlet.index * 0x9e3779b1U & 0xffffffU;  // an odd factor is a bijection of 24 bits
  for (int syllable = 0; syllable < 4; ++syllable, code >>= 6) {
    host += kConsonants[code & 15];
    host += kVowels[code >> 4 & 3];
  }
  return host += ".example";
}

void wrap(Units& body, const Outlet& outlet, RandomStream& random) {
  if (outlet.wrap == 0 || body.empty()) return;
  body.back().marks |= kParagraph;
  if (outlet.wrap & kPrompt) insert_prompt(body, outlet);
  if (outlet.wrap & (kIntro | kAuthor)) prepend_front(body, outlet, random);
  if (outlet.wrap & kRelated) append_related(body, outlet, random);
  if (outlet.wrap & kRights) append_rights(body, outlet);
}

void append_paywall_notice(Units& body, const Outlet& outlet) {
  append_standing(body, outlet.house_seed + 6, 10, 18);
  append_standing(body, outlet.house_seed + 7, 10, 20);
}

}  // namespace wirecopy::generate
