#include "verify/lead.hpp"

#include <algorithm>

#include "boilerplate/title_overlap.hpp"
#include "text/shingler.hpp"
#include "verify/token_ranges.hpp"

namespace wirecopy {

bool is_long_after(std::int64_t a, std::int64_t b) {
  return a != kNoDate && b != kNoDate && std::max(a, b) - std::min(a, b) > kLongAfter;
}

double shared_lead(const LeadText& article) {
  EditorialCursor cursor(article.text.boilerplate);
  std::span<const TokenRange> shared = article.shared;
  std::uint32_t quarters = 0, tokens = 0, covered = 0;
  for (std::uint32_t i = 0; i < article.text.tokens.size() && quarters < 4 * kWordsOfALead; ++i) {
    if (!cursor.is_editorial(i)) continue;
    while (!shared.empty() && shared.front().end <= i) shared = shared.subspan(1);
    quarters += quarter_words(kind_of(article.text.tokens[i]));
    ++tokens;
    covered += !shared.empty() && shared.front().begin <= i;
  }
  return tokens == 0 ? 1 : static_cast<double>(covered) / tokens;
}

bool have_other_news(const LeadText& a, const LeadText& b, double coverage) {
  if (title_overlap(a.title, b.title) >= kSharedTitle) return false;
  const bool is_first_shared = shared_lead(a) >= kSharedLead, is_second_shared = shared_lead(b) >= kSharedLead;
  if (is_first_shared == is_second_shared) return !is_first_shared;
  return is_long_after(a.published, b.published) && coverage < kRerunCoverage;
}

}  // namespace wirecopy
