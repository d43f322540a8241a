// The forms of agencies.tsv and credit_words.tsv, prepared for look-up.
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
  bool is_ambiguous = false;    ///< also means a party, a state, a word
  bool is_feed_mark = false;    ///< of a feed that distributes other sources' copy
  bool has_many_words = false;  ///< contains a space
  bool is_unspaced = false;     ///< in a script without spaces between words
};

/// The meaning of a word before an agency's name; see credit_words.tsv.
enum class CreditWord : std::uint8_t { byline, source, share, tail, copyright, owner, photo };

struct CreditTables {
  std::vector<std::string_view> agencies;  ///< by AgencyId; the first is empty
  NameTable<AgencyForm> names;
  NameTable<AgencyId> phrases;  ///< credit an agency by themselves at the start of a line
  NameTable<CreditWord> words;
  NameFilter begins{NameFilter::Side::begin};  ///< of names, phrases and words
  NameFilter ends{NameFilter::Side::end};      ///< of names

  /// Throws std::invalid_argument for a line that does not have the format described in the files.
  CreditTables(std::string_view agencies_tsv, std::string_view words_tsv);

  /// The tables of the embedded files; built at the first call.
  static const CreditTables& get();
};

}  // namespace wirecopy
