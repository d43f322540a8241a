// Any bytes as clusters of a result, as a truth and as labelled pairs, and the scores that follow.
#include "evaluate/labels.hpp"
#include "evaluate/pair_scores.hpp"
#include "evaluate/truth_scores.hpp"
#include "fuzz/driver/cost.hpp"
#include "fuzz/driver/laws.hpp"
#include "fuzz/driver/target.hpp"
#include "unit/base/temporary_directory.hpp"

namespace wirecopy::fuzz {

std::vector<std::string> seeds() { return {}; }

void check_laws(std::string_view input) {
  static const TemporaryDirectory directory;
  const std::filesystem::path file = directory.path() / "labels";
  const std::string bytes = expanded(input);
  write_file(file, bytes);
  const CostBound bound{.seconds = 0.02, .microseconds_a_byte = 1, .bytes_a_byte = 1000};
  require_cost(bound, bytes.size(), [&] {
    accepts([&] {
      evaluate::NameTable ids;
      const evaluate::Grouping clusters = evaluate::read_clusters(file, ids);
      require(clusters.named <= ids.size(), "clusters are of articles that have an id");
    });
    accepts([&] {
      evaluate::NameTable ids;
      const evaluate::Truth truth = evaluate::read_truth(file, ids);
      require(truth.edit_of.size() <= ids.size(), "edits are of articles that have an id");
    });
    accepts([&] {
      evaluate::NameTable ids;
      for (const evaluate::LabelledPair& pair : evaluate::read_pairs(file, ids)) {
        require(pair.a < ids.size() && pair.b < ids.size(), "pairs are of articles that have an id");
        require(pair.weight >= 0, "weights are 0 or more");
      }
    });
  });
}

}  // namespace wirecopy::fuzz
