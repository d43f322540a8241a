#include "cluster/canonical.hpp"

#include <limits>
#include <tuple>

namespace wirecopy {
namespace {

// An unknown date is later than all known ones.
std::int64_t date_of(const ArticleRecord& record) {
  return record.published == kNoDate ? std::numeric_limits<std::int64_t>::max() : record.published;
}

bool is_credited(const ArticleRecord& record) { return record.agency != AgencyId::none; }

std::vector<std::uint32_t> rank_sources(const Corpus& corpus, const std::vector<std::string>& preferred) {
  std::unordered_map<std::string_view, std::uint32_t> rank;
  for (const std::string& source : preferred) rank.try_emplace(source, static_cast<std::uint32_t>(rank.size()));
  std::vector<std::uint32_t> ranks;
  for (const std::string& source : corpus.sources()) {
    const auto found = rank.find(source);
    ranks.push_back(found == rank.end() ? std::numeric_limits<std::uint32_t>::max() : found->second);
  }
  return ranks;
}

}  // namespace

Preference::Preference(const Corpus& corpus, const Options& options) : corpus_(corpus), keep_(options.keep) {
  if (keep_ == Keep::source_order) source_rank_ = rank_sources(corpus, options.preferred_sources);
}

bool Preference::operator()(ArticleId a, ArticleId b) const {
  const ArticleRecord &x = corpus_.record(a), &y = corpus_.record(b);
  switch (keep_) {
    case Keep::first:
      return a < b;
    case Keep::earliest:
      if (date_of(x) != date_of(y)) return date_of(x) < date_of(y);
      break;
    case Keep::credited:
      if (is_credited(x) != is_credited(y)) return is_credited(x);
      break;
    case Keep::source_order: {
      const std::uint32_t rank_a = source_rank_[number(x.source)], rank_b = source_rank_[number(y.source)];
      if (rank_a != rank_b) return rank_a < rank_b;
      break;
    }
    case Keep::fullest:
      break;
  }
  return is_fuller(a, b);
}

bool Preference::is_fuller(ArticleId a, ArticleId b) const {
  const ArticleRecord &x = corpus_.record(a), &y = corpus_.record(b);
  if (x.text_tokens != y.text_tokens) return x.text_tokens > y.text_tokens;
  if (date_of(x) != date_of(y)) return date_of(x) < date_of(y);
  if (const int order = corpus_.id(a).compare(corpus_.id(b)); order != 0) return order < 0;
  return std::tie(x.content, x.place.input, x.place.line, a) < std::tie(y.content, y.place.input, y.place.line, b);
}

}  // namespace wirecopy
