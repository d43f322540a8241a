#include "pipeline/block_lines.hpp"

#include <optional>
#include <string>

#include "base/json_writer.hpp"

namespace wirecopy {

void write_blocks(const Corpus& corpus, const std::vector<BoilerplateBlock>& blocks, BufferedWriter& out) {
  std::string line;
  for (const BoilerplateBlock& block : blocks) {
    line.clear();
    JsonWriter json(line);
    json.begin_object()
        .member("source", block.is_shared ? std::nullopt : std::optional(corpus.source(block.example)))
        .member("text", block.text)
        .member("articles", block.articles)
        .member("sample", block.sample)
        .member("example", corpus.id(block.example))
        .end_object()
        .end_line();
    out.append(line);
  }
}

}  // namespace wirecopy
