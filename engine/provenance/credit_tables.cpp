#include "provenance/credit_tables.hpp"

#include <algorithm>
#include <stdexcept>

#include "provenance/data.hpp"
#include "provenance/tsv.hpp"

namespace wirecopy {
namespace {

std::string_view checked(std::string_view form) {
  if (form.size() < 2) throw std::invalid_argument("a form of fewer than two bytes: " + std::string(form));
  return form;
}

// Han, kana and Hangul: UTF-8 sequences of three bytes that begin with E3 to ED.
bool is_unspaced(std::string_view form) {
  return std::any_of(form.begin(), form.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0xE3 && byte <= 0xED;
  });
}

CreditWord word_kind(std::string_view kind) {
  constexpr std::string_view kKinds[] = {"byline", "source", "share", "tail", "copyright", "owner", "photo"};
  const auto found = std::find(std::begin(kKinds), std::end(kKinds), kind);
  if (found == std::end(kKinds)) throw std::invalid_argument("unknown kind of credit word: " + std::string(kind));
  return static_cast<CreditWord>(found - std::begin(kKinds));
}

}  // namespace

CreditTables::CreditTables(std::string_view agencies_tsv, std::string_view words_tsv) : agencies(1) {
  std::vector<NameTable<AgencyForm>::Entry> name_list;
  std::vector<NameTable<AgencyId>::Entry> phrase_list;
  for_each_row(agencies_tsv, [&](const TsvRow& row) {
    if (agencies.size() > 254) throw std::invalid_argument("more than 254 agencies");
    const AgencyId agency{static_cast<std::uint8_t>(agencies.size())};
    agencies.push_back(row.columns[0]);
    for_each_part(row.columns[2], '|', [&](std::string_view form) {
      const char mark = form.empty() ? ' ' : form.front();
      if (mark == '^') return phrase_list.push_back({checked(form.substr(1)), agency});
      if (mark == '~' || mark == '@') form.remove_prefix(1);
      const bool has_many_words = form.find(' ') != std::string_view::npos;
      name_list.push_back({checked(form), {agency, mark == '~', mark == '@', has_many_words, is_unspaced(form)}});
    });
  });
  std::vector<NameTable<CreditWord>::Entry> word_list;
  for_each_row(words_tsv, [&](const TsvRow& row) {
    const CreditWord kind = word_kind(row.columns[1]);
    for_each_part(row.columns[2], '|', [&](std::string_view form) { word_list.push_back({checked(form), kind}); });
  });
  for (const auto& entry : name_list) begins.add(entry.name), ends.add(entry.name);
  for (const auto& entry : phrase_list) begins.add(entry.name);
  for (const auto& entry : word_list) begins.add(entry.name);
  names = NameTable<AgencyForm>(std::move(name_list));
  phrases = NameTable<AgencyId>(std::move(phrase_list));
  words = NameTable<CreditWord>(std::move(word_list));
}

const CreditTables& CreditTables::get() {
  static const CreditTables tables(kAgencies, kCreditWords);
  return tables;
}

std::string_view name(AgencyId agency) {
  const auto& agencies = CreditTables::get().agencies;
  const auto at = static_cast<std::size_t>(agency);
  return at < agencies.size() ? agencies[at] : std::string_view();
}

AgencyId agency_named(std::string_view name) {
  const auto& agencies = CreditTables::get().agencies;
  const auto found = std::find(agencies.begin() + 1, agencies.end(), name);
  return found == agencies.end() ? AgencyId::none : AgencyId{static_cast<std::uint8_t>(found - agencies.begin())};
}

}  // namespace wirecopy
