// A fuzz target is a file tests/fuzz/<module>_<what>.cpp that defines these two functions; main.cpp runs them, either
// under libFuzzer (scripts/fuzz) or, as a unit test, over the corpus in tests/fuzz/corpus/<module>_<what>/.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wirecopy::fuzz {

/// Checks properties that must hold for any bytes. Throws BrokenLaw if one does not.
void check_laws(std::string_view input);

/// Inputs in formats that change with the program, so that stored files would become stale. Text is kept in the corpus.
std::vector<std::string> seeds();

}  // namespace wirecopy::fuzz
