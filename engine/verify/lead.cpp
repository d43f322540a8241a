#include "verify/lead.hpp"

#include "boilerplate/title_overlap.hpp"
#include "text/shingler.hpp"
#include "verify/token_ranges.hpp"

namespace wirecopy {

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

bool have_other_news(const LeadText& a, const LeadText& b) {
  return shared_lead(a) < kSharedLead && shared_lead(b) < kSharedLead && title_overlap(a.title, b.title) < kSharedTitle;
}

}  // namespace wirecopy
