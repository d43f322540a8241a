// Generates texts and feeds for tests: pseudo-random words in five scripts, and complete runs over them.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>
#include <wirecopy/deduplicator.hpp>

#include "base/hash.hpp"

namespace wirecopy::test {

enum class Script { latin, cyrillic, arabic, han, thai };
inline constexpr std::array kScripts{Script::latin, Script::cyrillic, Script::arabic, Script::han, Script::thai};

inline std::string_view name(Script script) {
  constexpr std::array<std::string_view, 5> kNames{"Latin", "Cyrillic", "Arabic", "Han", "Thai"};
  return kNames[static_cast<std::size_t>(script)];
}

inline void append_utf8(std::string& text, std::uint32_t code_point) {
  if (code_point < 0x80) {
    text += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    text += static_cast<char>(0xc0 | code_point >> 6);
    text += static_cast<char>(0x80 | (code_point & 0x3f));
  } else {
    text += static_cast<char>(0xe0 | code_point >> 12);
    text += static_cast<char>(0x80 | (code_point >> 6 & 0x3f));
    text += static_cast<char>(0x80 | (code_point & 0x3f));
  }
}

/// The letters of a script and the number of letters in a word: Han and Thai are written without spaces, and
/// two ideographs or four syllables count as one word.
struct Alphabet {
  std::uint32_t first;
  std::uint32_t letters;
  unsigned min, max;
  bool has_spaces;
};

inline Alphabet alphabet_of(Script script) {
  switch (script) {
    case Script::cyrillic:
      return {0x430, 32, 3, 8, true};
    case Script::arabic:
      return {0x641, 9, 3, 7, true};
    case Script::han:
      return {0x4e00, 3000, 2, 2, false};
    case Script::thai:
      return {0xe01, 30, 4, 4, false};
    default:
      return {'a', 26, 3, 8, true};
  }
}

/// A list of words and how they are joined; texts consist of such pieces.
using Words = std::vector<std::string>;

inline Words operator+(Words a, const Words& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

inline Words slice(const Words& words, std::size_t begin, std::size_t count) {
  return {words.begin() + static_cast<std::ptrdiff_t>(begin),
          words.begin() + static_cast<std::ptrdiff_t>(begin + count)};
}

/// A stream of random words. Two streams with different seeds share words, like texts of one language, but hardly any
/// run of three.
class Prose {
 public:
  explicit Prose(Script script, std::uint64_t seed) : script_(script), random_(mix64(seed) + 1) {}

  Words words(std::size_t count) {
    Words made;
    for (std::size_t i = 0; i < count; ++i) made.push_back(word());
    return made;
  }

  [[nodiscard]] std::string join(const Words& words) const {
    std::string text;
    for (const std::string& each : words) {
      if (!text.empty() && alphabet_of(script_).has_spaces) text += ' ';
      text += each;
    }
    return text;
  }

  std::string text(std::size_t count) { return join(words(count)); }
  RandomStream& random() { return random_; }

 private:
  /// A skewed choice (small ranks more often) from a vocabulary of 5,000 words, shared by all streams of a script.
  std::string word() {
    const double u = random_.unit();
    RandomStream letters(static_cast<std::uint64_t>(u * u * 5000) * 31 + static_cast<std::uint64_t>(script_));
    const Alphabet alphabet = alphabet_of(script_);
    const unsigned length = alphabet.min + letters.below(alphabet.max - alphabet.min + 1);
    std::string made;
    for (unsigned i = 0; i < length; ++i) append_utf8(made, alphabet.first + letters.below(alphabet.letters));
    return made;
  }

  Script script_;
  RandomStream random_;
};

/// "story7"
inline std::string numbered(std::string name, std::size_t number) { return name += std::to_string(number); }

struct FeedArticle {
  std::string id;
  std::string title;
  std::string text;
  std::string source;
};

/// The result of a run, queried by the articles' ids.
class Outcome {
 public:
  Outcome(const std::vector<FeedArticle>& feed, const std::vector<std::uint64_t>& ordinals, Result result)
      : result_(std::move(result)) {
    for (std::size_t i = 0; i < feed.size(); ++i) id_of_[ordinals[i]] = feed[i].id;
    for (const Cluster& cluster : result_.clusters) {
      for (const Member& member : cluster.members) {
        cluster_of_[id_of_.at(member.ordinal)] = &cluster;
        member_of_[id_of_.at(member.ordinal)] = &member;
      }
    }
  }
  Outcome(const Outcome&) = delete;
  Outcome& operator=(const Outcome&) = delete;

  [[nodiscard]] const Result& result() const { return result_; }
  [[nodiscard]] const std::string& id(std::uint64_t ordinal) const { return id_of_.at(ordinal); }
  [[nodiscard]] const Cluster* cluster(const std::string& article) const {
    const auto found = cluster_of_.find(article);
    return found == cluster_of_.end() ? nullptr : found->second;
  }
  [[nodiscard]] const Member* member(const std::string& article) const {
    const auto found = member_of_.find(article);
    return found == member_of_.end() ? nullptr : found->second;
  }
  [[nodiscard]] bool are_together(std::initializer_list<std::string> articles) const {
    const Cluster* first = cluster(*articles.begin());
    for (const std::string& article : articles) {
      if (first == nullptr || cluster(article) != first) return false;
    }
    return true;
  }
  /// Whether no two of these are in the same cluster.
  [[nodiscard]] bool are_apart(const std::vector<std::string>& articles) const {
    std::set<const Cluster*> seen;
    for (const std::string& article : articles) {
      if (const Cluster* found = cluster(article); found != nullptr && !seen.insert(found).second) return false;
    }
    return true;
  }
  [[nodiscard]] bool is_kept(const std::string& article) const {
    const Member* found = member(article);
    return found == nullptr || found->kept;
  }
  /// All clusters by id, each with its members' ids, whether they are kept, and for which article they were removed.
  [[nodiscard]] std::map<std::string, std::set<std::string>> clusters() const {
    std::map<std::string, std::set<std::string>> clusters;
    for (const Cluster& cluster : result_.clusters) {
      for (const Member& each : cluster.members) {
        const std::string match = each.match ? id_of_.at(*each.match) : "";
        clusters[cluster.id].insert(id_of_.at(each.ordinal) + (each.kept ? " kept " : " removed ") + match);
      }
    }
    return clusters;
  }

 private:
  Result result_;
  std::map<std::uint64_t, std::string> id_of_;
  std::map<std::string, const Cluster*> cluster_of_;
  std::map<std::string, const Member*> member_of_;
};

/// Runs the whole engine over articles in the order of `ordinals` (by default their positions in `feed`).
inline Outcome run(const std::vector<FeedArticle>& feed, const Options& options = {}, unsigned threads = 1,
                   std::vector<std::uint64_t> ordinals = {}) {
  for (std::uint64_t i = ordinals.size(); i < feed.size(); ++i) ordinals.push_back(i);
  Resources resources;
  resources.threads = threads;
  Deduplicator deduplicator(options, resources);
  for (std::size_t i = 0; i < feed.size(); ++i) {
    Article article;
    article.id = feed[i].id;
    article.title = feed[i].title;
    article.text = feed[i].text;
    article.source = feed[i].source;
    deduplicator.add(article, ordinals[i]);
  }
  return Outcome(feed, ordinals, deduplicator.finish());
}

template <typename T>
void shuffle(std::vector<T>& items, RandomStream& random) {
  for (std::size_t at = items.size(); at > 1; --at) {
    std::swap(items[at - 1], items[random.below(static_cast<std::uint32_t>(at))]);
  }
}

}  // namespace wirecopy::test
