// The forms of agencies.tsv and credit_words.tsv, ready for look-up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "provenance/agency.hpp"
#include "provenance/name_filter.hpp"
#include "provenance/name_table.hpp"

namespace wirecopy {

/// One way to name an agency.
struct AgencyForm {
  AgencyId agency = AgencyId::none;
  bool is_ambiguous = false;    ///< also a party, a state, a word
  bool is_feed_mark = false;    ///< of a feed that passes on the copy of others
  bool has_many_words = false;  ///< or is long enough to mean nothing else
  bool is_unspaced = false;     ///< in a script that puts no spaces between words
};

/// What a word before an agency's name means; see credit_words.tsv.
enum class CreditWord : std::uint8_t { byline, source, share, tail, copyright, owner, photo };

struct CreditTables {
  std::vector<std::string_view> agencies;  ///< by AgencyId; the first is empty
  NameTable<AgencyForm> names;
  NameTable<AgencyId> phrases;  ///< credit by themselves at the start of a line
  NameTable<CreditWord> words;
  NameFilter begins{NameFilter::Side::begin};  ///< of names, phrases and words
  NameFilter ends{NameFilter::Side::end};      ///< of names

  /// Throws std::invalid_argument for a line that is not as the files describe.
  CreditTables(std::string_view agencies_tsv, std::string_view words_tsv);

  /// Those of the files; made at the first call.
  static const CreditTables& get();
};

}  // namespace wirecopy
