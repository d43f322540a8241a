#include "generate/form.hpp"

namespace wirecopy::generate {
namespace {

enum class Filling : std::uint32_t { numbers, names, words };

void append_fixed(Units& out, RandomStream& skeleton, std::uint32_t units) {
  for (std::uint32_t i = 0; i < units; ++i) {
    out.push_back({zipf_rank(static_cast<std::uint32_t>(skeleton() >> 32)), UnitKind::word, 0});
  }
}

Unit filled(Filling filling, RandomStream& facts) {
  const auto small = static_cast<std::uint16_t>(between(facts, 1, 400));
  switch (filling) {
    case Filling::numbers:
      return {small, chance(facts, 500) ? UnitKind::decimal : UnitKind::number, 0};
    case Filling::names:
      return random_name(facts);
    case Filling::words:
      return {zipf_rank(static_cast<std::uint32_t>(facts() >> 32)), UnitKind::word, 0};
  }
  return {};
}

/// One line: alternating fixed passages and fillings.
void append_line(Units& out, RandomStream& skeleton, RandomStream& facts, bool long_runs) {
  const std::size_t begin = out.size();
  const std::uint32_t runs = between(skeleton, 1, 3);
  for (std::uint32_t run = 0; run < runs; ++run) {
    append_fixed(out, skeleton, long_runs ? between(skeleton, 4, 9) : between(skeleton, 2, 4));
    const auto filling = static_cast<Filling>(skeleton.below(3));
    const std::uint32_t slots = long_runs ? between(skeleton, 1, 3) : between(skeleton, 3, 6);
    for (std::uint32_t slot = 0; slot < slots; ++slot) out.push_back(filled(filling, facts));
  }
  out[begin].marks |= kCapital;
  out.back().marks |= kStop;
  if (chance(skeleton, 500)) out.back().marks |= kParagraph;
}

}  // namespace

void make_form(const ArticlePlan& plan, Draft& out) {
  RandomStream skeleton(mix64(plan.parts[0] ^ 0x666f726dULL));
  RandomStream facts(plan.story_seed);
  append_fixed(out.title, skeleton, 4);
  out.title[0].marks |= kCapital;
  for (int i = 0; i < 2; ++i) out.title.push_back(random_name(facts));
  const std::uint32_t lines = between(skeleton, 8, 24);
  for (std::uint32_t line = 0; line < lines; ++line) append_line(out.body, skeleton, facts, plan.parts[1] != 0);
}

}  // namespace wirecopy::generate
