// A fuzz target is a file tests/fuzz/<module>_<what>.cpp that defines these two functions; main.cpp runs them, either
// under libFuzzer (scripts/fuzz) or over the corpus in tests/fuzz/corpus/<module>_<what>/, as a unit test.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wirecopy::fuzz {

/// Checks what must hold of any bytes. Throws BrokenLaw where it does not.
void check_laws(std::string_view input);

/// Inputs in formats that change with the program, so that files of them would go stale. Text is kept in the corpus.
std::vector<std::string> seeds();

}  // namespace wirecopy::fuzz
