// Where a story came from: what a cluster tells about its first appearance, its agency, its way through the outlets.
//
// All of it follows from the members, their dates, texts and ids; nothing depends on the order of the feed or on which
// member is kept. Dates are those that the feed gives, so the earliest copy is "first seen", which need not be the
// original: an outlet may have changed its date, or be missing from the feed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cluster/clustering.hpp"
#include "corpus/corpus.hpp"

namespace wirecopy {

/// An outlet of a cluster.
struct Outlet {
  std::string_view source;
  std::int64_t published = kNoDate;         ///< its earliest member; kNoDate if none has a date
  std::optional<std::int64_t> lag_seconds;  ///< after the first seen; none without a date
};

/// A title that members have, byte for byte.
struct Headline {
  std::string_view title;
  std::uint32_t count = 0;
};

struct Provenance {
  ArticleId first_seen = kNoArticle;  ///< the earliest published member; of several, the first by source and id
  AgencyId agency = AgencyId::none;   ///< credited by most members; of several, by the earliest, then by name
  std::vector<Outlet> outlets;        ///< in order of first publication, undated ones last; then by name
  std::vector<Headline> headlines;    ///< the most frequent first, then the earliest; members without a title left out
};

/// O(members log members). The views are into the corpus.
[[nodiscard]] Provenance find_provenance(const Corpus& corpus, std::span<const Decision> members);

/// The share, in [0, 1], of a member's editorial text that is not in the article it was compared with: the kept
/// one it was removed for, or else the canonical. None for the canonical and for members that match neither.
[[nodiscard]] std::optional<double> own_share(const Decision& member);

}  // namespace wirecopy
