// boilerplate.jsonl: a line for every listed block of boilerplate.
#pragma once

#include <vector>

#include "base/buffered_writer.hpp"
#include "corpus/corpus.hpp"
#include "pipeline/boilerplate_blocks.hpp"

namespace wirecopy {

void write_blocks(const Corpus& corpus, const std::vector<BoilerplateBlock>& blocks, BufferedWriter& out);

}  // namespace wirecopy
