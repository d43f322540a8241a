// The outlets of a generated feed: their number, language, output, and the text that they add to their articles.
//
// Only language and weight are stored (12 bytes per outlet). All other properties are derived from the outlet's number
// when an article is written, so 100 million articles of a million outlets need only a few megabytes here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "generate/text_writer.hpp"
#include "generate/unit.hpp"

namespace wirecopy::generate {

/// The text that an outlet adds to every article.
enum WrapPart : std::uint8_t {
  kIntro = 1,    ///< a fixed introduction at the start
  kAuthor = 2,   ///< an author line, from a few authors
  kPrompt = 4,   ///< a newsletter prompt in the middle
  kRelated = 8,  ///< changing headlines of related articles
  kRights = 16,  ///< a rights notice at the end
};

struct Outlet {
  std::uint32_t index = 0;
  std::uint32_t language = 0;  ///< index into language_specs
  std::uint64_t seed = 0;
  std::uint64_t house_seed = 0;  ///< seed of its fixed text, shared by the outlets of a publisher
  std::uint8_t wrap = 0;         ///< WrapPart bits; 0 for about half of the outlets
  std::uint8_t date_style = 0;   ///< the ISO 8601 form in which it writes dates
  WritingStyle writing;
};

/// Number of outlets of a feed: about articles^0.75, computed in integers, at least four per language.
[[nodiscard]] std::uint32_t outlet_count(std::uint64_t articles);

class OutletTable {
 public:
  OutletTable(std::uint64_t articles, std::uint64_t seed);

  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(language_of_.size()); }
  [[nodiscard]] std::uint32_t size(std::uint32_t language) const {
    return static_cast<std::uint32_t>(by_language_[language].outlets.size());
  }
  /// Draws an outlet of a language, with a probability proportional to its output. O(log outlets).
  [[nodiscard]] std::uint32_t pick(std::uint32_t language, RandomStream& random) const;
  /// Like pick(), with a preference for large outlets.
  [[nodiscard]] std::uint32_t pick_large(std::uint32_t language, RandomStream& random) const;
  [[nodiscard]] Outlet describe(std::uint32_t index) const;

 private:
  struct OfLanguage {
    std::vector<std::uint32_t> outlets;
    std::vector<std::uint32_t> running_weight;  ///< sum of the weights up to and including this outlet
  };
  [[nodiscard]] std::uint32_t weight(std::uint32_t index) const;

  std::uint64_t seed_;
  std::vector<std::uint8_t> language_of_;
  std::vector<OfLanguage> by_language_;
};

/// The outlet's host name, such as "www.lomevati.example"; distinct for up to 16 million outlets.
[[nodiscard]] std::string host_of(const Outlet& outlet);

/// Adds the outlet's fixed text to an article. `random` draws what changes from article to article.
void wrap(Units& body, const Outlet& outlet, RandomStream& random);

/// Appends the text of the outlet's paywall page, which is the same for all its articles.
void append_paywall_notice(Units& body, const Outlet& outlet);

}  // namespace wirecopy::generate
