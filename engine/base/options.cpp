#include <fmt/format.h>

#include <wirecopy/options.hpp>
#include <wirecopy/version.hpp>

#include "base/hash.hpp"
#include "base/names.hpp"
#include "base/option_error.hpp"

namespace wirecopy {
namespace {

// Increased whenever a change of the algorithms changes results, so that fingerprints distinguish old results from new.
constexpr int kAlgorithms = 1;

void require(bool holds, std::string_view option, std::string_view range) {
  if (!holds) throw OptionError(std::string(option), std::string(range));
}

}  // namespace

std::string_view version() { return WIRECOPY_VERSION; }

std::string_view name(Method method) {
  switch (method) {
    case Method::sample:
      return "sample";
    case Method::minhash:
      return "minhash";
    case Method::simhash:
      return "simhash";
    default:
      return "exact";
  }
}

std::string_view name(Keep keep) {
  switch (keep) {
    case Keep::fullest:
      return "fullest";
    case Keep::first:
      return "first";
    case Keep::earliest:
      return "earliest";
    case Keep::credited:
      return "credited";
    default:
      return "source-order";
  }
}

void validate(const Options& options) {
  require(options.threshold > 0 && options.threshold <= 1, "threshold", "above 0 and at most 1");
  require(options.recall > 0 && options.recall < 1, "recall", "above 0 and below 1");
  require(options.distance <= 16, "distance", "0 to 16");
  require(options.shingle >= 1 && options.shingle <= 32, "shingle", "1 to 32");
  constexpr std::int64_t kMaxWithin = std::int64_t{100} * 366 * 86'400;
  require(options.within >= 0 && options.within <= kMaxWithin, "within", "0 (no limit) to 100 years");
}

std::string fingerprint(const Options& options) {
  std::string text = fmt::format("wirecopy {} {} {} {} {} {} {} {} {} {} {}", kAlgorithms, name(options.method),
                                 options.threshold, options.recall, options.distance, options.shingle, options.seed,
                                 options.title, options.within, options.boilerplate, name(options.keep));
  for (const Relation relation : kLinkingRelations) {
    if (options.drop.contains(relation)) text += fmt::format(" {}", name(relation));
  }
  for (const std::string& source : options.preferred_sources) text += '\n' + source;
  const Digest digest = Hasher(0).digest(text);
  return fmt::format("{:016x}{:016x}", digest.high, digest.low);
}

}  // namespace wirecopy
