// The feed of a result, read and sketched again: all that the run knew of its articles while it looked for copies.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>
#include <wirecopy/options.hpp>

#include "boilerplate/model.hpp"
#include "corpus/corpus.hpp"
#include "feed/block_reader.hpp"
#include "feed/field_map.hpp"
#include "inspect/result_reader.hpp"
#include "pipeline/run_context.hpp"
#include "pipeline/sketch_store.hpp"
#include "spill/spill_space.hpp"
#include "verify/profile_table.hpp"

namespace wirecopy {

/// What reading a feed again may take.
struct Workspace {
  std::uint64_t memory = UINT64_MAX;  ///< bytes that the process should stay under: what needs more goes to disk
  std::filesystem::path temporary;    ///< for what goes to disk; empty: the system's
};

class FeedAgain {
 public:
  /// Reads all inputs that the summary names, with the parameters and the boilerplate of the run. Takes the time of the
  /// run's first phase. While it lives, large arrays of the context are where its own are. Throws Error(usage) for a
  /// directory that is no result and for standard input, Error(io) where the feed is gone or is not the one that the
  /// result was made from, Error(state) for a damaged result.
  FeedAgain(const std::filesystem::path& result, const Workspace& workspace, RunContext& context);
  ~FeedAgain();
  FeedAgain(const FeedAgain&) = delete;  // the profiles point into the corpus
  FeedAgain& operator=(const FeedAgain&) = delete;

  [[nodiscard]] const Options& options() const { return options_; }
  [[nodiscard]] const FieldMap& fields() const { return fields_; }
  [[nodiscard]] const BoilerplateModel& model() const { return model_; }
  /// Articles are numbered as the lines of articles.jsonl.
  [[nodiscard]] const Corpus& corpus() const { return *corpus_; }
  /// Of all articles.
  [[nodiscard]] const ProfileTable& profiles() const { return *profiles_; }
  /// The lines of articles, without their ends; numbers ascending. Throws as LineCopier.
  [[nodiscard]] std::vector<std::string> lines(std::span<const ArticleId> articles) const;

 private:
  void check_articles(const ResultParameters& parameters) const;
  void read(const std::vector<Input>& inputs, const Workspace& workspace, RunContext& context);
  void fill_profiles(RunContext& context);

  RunContext& context_;
  Options options_;
  FieldMap fields_;
  BoilerplateModel model_;
  std::unique_ptr<SpillSpace> space_;  // what follows may live in it
  std::optional<SketchStore> store_;
  std::optional<Corpus> corpus_;
  std::vector<InputRecord> records_;
  std::optional<ProfileTable> profiles_;
};

}  // namespace wirecopy
