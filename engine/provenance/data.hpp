// The data files of this module, embedded at build time (see cmake/embed.cmake).
#pragma once

#include <string_view>

namespace wirecopy {

/// agencies.tsv, credit_words.tsv and date_words.tsv, which describe their columns.
extern const std::string_view kAgencies;
extern const std::string_view kCreditWords;
extern const std::string_view kDateWords;

}  // namespace wirecopy
