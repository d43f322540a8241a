// The outlets of a made feed: how many, in which language, how much each publishes, and how it wraps its articles.
//
// Only language and weight are kept (12 bytes an outlet); everything else is drawn from the outlet's number when an
// article is written, so a feed of 100 million articles and a million outlets needs a few megabytes here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "generate/text_writer.hpp"
#include "generate/unit.hpp"

namespace wirecopy::generate {

/// What an outlet puts around every article.
enum WrapPart : std::uint8_t {
  kIntro = 1,    ///< a standing introduction in front
  kAuthor = 2,   ///< an author line, one of its few authors
  kPrompt = 4,   ///< a newsletter prompt in the middle
  kRelated = 8,  ///< headlines to read also, which change
  kRights = 16,  ///< a rights notice at the end
};

struct Outlet {
  std::uint32_t index = 0;
  std::uint32_t language = 0;  ///< index into language_specs
  std::uint64_t seed = 0;
  std::uint64_t house_seed = 0;  ///< what its standing text is made of; outlets of one publisher share it
  std::uint8_t wrap = 0;         ///< WrapPart bits; 0 for about half of the outlets
  std::uint8_t date_style = 0;   ///< which of the ISO 8601 forms it writes
  WritingStyle writing;
};

/// Outlets needed for a feed: about articles^0.75, in integers, at least four a language.
[[nodiscard]] std::uint32_t outlet_count(std::uint64_t articles);

class OutletTable {
 public:
  OutletTable(std::uint64_t articles, std::uint64_t seed);

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(language_of_.size()); }
  [[nodiscard]] std::uint32_t size(std::uint32_t language) const {
    return static_cast<std::uint32_t>(by_language_[language].outlets.size());
  }
  /// An outlet of that language, with a chance in proportion to what it publishes. O(log outlets).
  [[nodiscard]] std::uint32_t pick(std::uint32_t language, RandomStream& random) const;
  /// The same, in favour of the large ones.
  [[nodiscard]] std::uint32_t pick_large(std::uint32_t language, RandomStream& random) const;
  [[nodiscard]] Outlet describe(std::uint32_t index) const;

 private:
  struct OfLanguage {
    std::vector<std::uint32_t> outlets;
    std::vector<std::uint32_t> running_weight;  ///< sum of the weights up to and with this outlet
  };
  [[nodiscard]] std::uint32_t weight(std::uint32_t index) const;

  std::uint64_t seed_;
  std::vector<std::uint8_t> language_of_;
  std::vector<OfLanguage> by_language_;
};

/// The outlet's host name, different for every outlet below 16 million: "www.lomevati.example".
[[nodiscard]] std::string host_of(const Outlet& outlet);

/// Puts the outlet's standing text around an article; `random` draws what changes from article to article.
void wrap(Units& body, const Outlet& outlet, RandomStream& random);

/// The text of an outlet's paywall page: the same for all its articles.
void append_paywall_notice(Units& body, const Outlet& outlet);

}  // namespace wirecopy::generate
