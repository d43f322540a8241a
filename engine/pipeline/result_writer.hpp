// The files of a result: checked for, written beside their place, and put there all at once.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/buffered_writer.hpp"
#include "base/publication.hpp"
#include "cluster/resolution.hpp"
#include "corpus/corpus.hpp"
#include "feed/block_reader.hpp"
#include "output/result_files.hpp"
#include "output/summary.hpp"
#include "pipeline/boilerplate_blocks.hpp"
#include "pipeline/dedup_request.hpp"
#include "pipeline/run_context.hpp"

namespace wirecopy {

/// What a run knows when its result is written. Views.
struct ResultContent {
  const Corpus& corpus;
  const Resolution& resolution;
  const std::vector<InputRecord>& records;  ///< of the inputs, to read the kept lines again
};

/// Writes the ResultDirectory of a request. Nothing is under that name before publish().
class ResultWriter {
 public:
  /// Makes the directory that the files are written in. Both must outlive it; the output of the request must be a
  /// directory. Throws Error(usage) if there is a result
  /// that must not be replaced, an earlier run to continue, or an input that would be lost; Error(io).
  ResultWriter(const DedupRequest& request, RunContext& context);

  [[nodiscard]] const std::filesystem::path& staging() const { return publication_.staging(); }
  [[nodiscard]] const std::filesystem::path& target() const { return publication_.target(); }

  /// Throws Error(usage) if `file`, an absolute path, would be lost with the result that is replaced. For the message:
  /// `what` it is ("an input"), and the `name` that the user gave it.
  void refuse_loss(const std::filesystem::path& file, std::string_view what, const std::string& name) const;

  /// Lines of rejects.jsonl, in their order.
  void add_rejects(std::string_view lines) { rejects_.append(lines); }
  /// All files but summary.json. Throws Error(io), or Error(cancelled) when the context says stop.
  void write(const ResultContent& content);
  void write_summary(const RunSummary& summary);
  /// Puts the result in its place.
  void publish();

 private:
  template <typename Write>
  void write_file(const char* name, Write write);
  void find_blocks_of(const ResultContent& content);
  void write_lines(const ResultContent& content, const DecisionTable& decisions);
  void write_part(const ResultContent& content, const DecisionTable& decisions, const UniquePart& part);
  [[nodiscard]] std::vector<BoilerplateBlock*> blocks_of(const UniquePart& part);
  void write_boilerplate(const ResultContent& content);

  const DedupRequest& request_;
  const ResultDirectory& directory_;
  RunContext& context_;
  Publication publication_;
  BufferedWriter rejects_;
  std::vector<BoilerplateBlock> blocks_;
};

}  // namespace wirecopy
