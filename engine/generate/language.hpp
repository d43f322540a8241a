// The invented languages of a generated feed: each has a script, syllables, punctuation and a vocabulary.
//
// Words are spelt by a fixed stream of random numbers, so a language has the same words in every feed on every machine.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace wirecopy::generate {

/// Size of a vocabulary: 2^13 - 1 ranks in thirteen octaves, which are equally likely under Zipf's law (see
/// zipf_rank()).
inline constexpr std::uint32_t kOctaves = 13;
inline constexpr std::uint32_t kWords = (1U << kOctaves) - 1;
inline constexpr std::uint32_t kNames = 1024;

/// Draws a rank under Zipf's law with exponent 1 (uniform within octaves) from 32 random bits.
[[nodiscard]] constexpr std::uint16_t zipf_rank(std::uint32_t bits) {
  const std::uint32_t octave = (bits >> 16) * kOctaves >> 16;
  return static_cast<std::uint16_t>((1U << octave) - 1 + (bits & ((1U << octave) - 1)));
}

/// How words are put together.
enum class Spelling : std::uint8_t {
  syllables,   ///< onset + nucleus + coda, words separated by spaces
  run_on,      ///< onset + nucleus + coda, words not separated
  ideographs,  ///< one to three Han characters per word, words not separated
};

/// Definition of a language. Lists are separated by spaces; "-" is the empty element.
struct LanguageSpec {
  std::string_view code;  ///< two-letter code, as used in feeds
  std::uint32_t share;    ///< share of the articles, in units of 1/10,000
  std::uint32_t length;   ///< length of its texts in percent of the usual number of bytes
  Spelling spelling;
  std::string_view onsets;
  std::string_view nuclei;
  std::string_view codas;
  std::string_view common;  ///< its most frequent words, if given; the others are generated
  std::string_view comma;
  std::string_view stop;
  std::string_view question;
  std::string_view open_quote;
  std::string_view close_quote;
  std::string_view update;  ///< precedes the version number in an update's title
};

/// All languages, the most frequent first. The shares sum to 10,000.
[[nodiscard]] std::span<const LanguageSpec> language_specs();

/// A word's bytes, in a slot of fixed size that can be copied at once.
struct Word {
  std::array<char, 31> bytes{};
  std::uint8_t size = 0;

  [[nodiscard]] std::string_view view() const { return {bytes.data(), size}; }
};

/// A language with its vocabulary. Immutable and thread-safe.
class Language {
 public:
  explicit Language(const LanguageSpec& spec);

  [[nodiscard]] const LanguageSpec& spec() const { return *spec_; }
  [[nodiscard]] bool spaced() const { return spec_->spelling == Spelling::syllables; }
  /// rank < kWords
  [[nodiscard]] const Word& word(std::uint32_t rank) const { return words_[rank]; }
  /// index < kNames; capitalised if the script has capitals
  [[nodiscard]] const Word& name(std::uint32_t index) const { return names_[index]; }
  /// Mean length of a word in running text, including the following space, in tenths of a byte.
  [[nodiscard]] std::uint32_t word_length_in_tenths() const { return word_length_in_tenths_; }

 private:
  const LanguageSpec* spec_;
  std::vector<Word> words_;
  std::vector<Word> names_;
  std::uint32_t word_length_in_tenths_ = 0;
};

/// All languages of language_specs(), in the same order. Uses about 4 MB.
[[nodiscard]] std::vector<Language> make_languages();

/// Capitalises the first letter of `text` in place, if this does not change its length.
void capitalise(char* text);

}  // namespace wirecopy::generate
