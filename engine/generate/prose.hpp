// Running text: titles, sentences, paragraphs and quotations about a topic, in units.
//
// Words follow Zipf's law, so unrelated texts share function words. A topic adds recurring words and names. Set phrases
// give unrelated texts a few short passages in common, as in real prose.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/hash.hpp"
#include "generate/unit.hpp"

namespace wirecopy::generate {

/// The subject of a text.
struct Topic {
  static constexpr std::uint32_t kTopicWords = 24;
  static constexpr std::uint32_t kTopicNames = 6;

  std::array<std::uint16_t, kTopicWords> words{};
  std::array<std::array<Unit, 2>, kTopicNames> people{};  ///< first and family name
  std::array<Unit, kTopicNames> places{};
};

[[nodiscard]] Topic make_topic(std::uint64_t seed);

[[nodiscard]] inline bool chance(RandomStream& random, std::uint32_t in_thousand) {
  return random.below(1000) < in_thousand;
}
/// Uniform in [low, high].
[[nodiscard]] inline std::uint32_t between(RandomStream& random, std::uint32_t low, std::uint32_t high) {
  return low + random.below(high - low + 1);
}
[[nodiscard]] Unit random_name(RandomStream& random);

/// Appends text about one topic.
class ProseWriter {
 public:
  ProseWriter(const Topic& topic, RandomStream& random) : topic_(topic), random_(random) {}

  /// `units` words of a sentence, without a capital and a full stop.
  void words(Units& out, std::uint32_t units);
  void sentence(Units& out);
  void sentence(Units& out, std::uint32_t units);
  /// One to three sentences.
  void paragraph(Units& out);
  /// A paragraph with a quotation of `units` words and its speaker.
  void quotation(Units& out, std::uint32_t units);
  /// At least one paragraph, about `units` words in all; every fourth is a quotation.
  void prose(Units& out, std::uint32_t units);
  /// Six to thirteen words.
  void title(Units& out);

 private:
  void word(Units& out);
  void person(Units& out);

  const Topic& topic_;
  RandomStream& random_;
};

}  // namespace wirecopy::generate
