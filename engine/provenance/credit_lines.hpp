// The credit of one line: datelines and bylines at the start of an article, credit lines at its end.
#pragma once

#include <string_view>

#include "provenance/credit_tables.hpp"

namespace wirecopy {

/// A line, or the part of it that is in a window of the text.
struct CreditLine {
  std::string_view text;
  bool begins = true;  ///< its start is in the window
  bool ends = true;    ///< its end is in the window
};

struct Credit {
  AgencyId agency = AgencyId::none;
  bool is_weak = false;  ///< of a feed mark or a share of the text: any other credit takes precedence
};

/// The credit of a line in the first bytes of an article.
[[nodiscard]] Credit head_credit(const CreditLine& line, const CreditTables& tables);
/// The credit of a line in the last bytes of an article.
[[nodiscard]] Credit tail_credit(const CreditLine& line, const CreditTables& tables);

/// The form of an agency that the content of a pair of brackets credits, or null: "AFP", "dpa/lno", "Reuters, AP",
/// "서울=연합뉴스", "Fonte ANSA", but not "Photo: AFP" or "AP/Jane Doe". Used for both.
[[nodiscard]] const AgencyForm* bracket_credit(std::string_view inside, const CreditTables& tables);

/// The credit word that `text` begins with, or null.
using CreditWordEntry = NameTable<CreditWord>::Entry;
[[nodiscard]] const CreditWordEntry* credit_word(std::string_view text, const CreditTables& tables);

/// The form credited after the word that `text` begins with, such as "Source:" or "By", or null.
[[nodiscard]] const AgencyForm* credit_after(const CreditWordEntry& word, std::string_view text,
                                             const CreditTables& tables);

[[nodiscard]] inline Credit credit_of(const AgencyForm* form) {
  return form == nullptr ? Credit{} : Credit{form->agency, form->is_feed_mark};
}

}  // namespace wirecopy
