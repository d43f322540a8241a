// The invented languages of a made feed: each has a script, syllables, punctuation, and a vocabulary made of them.
//
// Words are spelt by a fixed stream of random numbers, so a language has the same words in every feed on every machine.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace wirecopy::generate {

/// Ranks of a vocabulary: 2^13 - 1, thirteen octaves that Zipf's law makes equally likely (see `zipf_rank`).
inline constexpr std::uint32_t kOctaves = 13;
inline constexpr std::uint32_t kWords = (1U << kOctaves) - 1;
inline constexpr std::uint32_t kNames = 1024;

/// A rank under Zipf's law with exponent 1 (steps by octave), from 32 random bits.
[[nodiscard]] constexpr std::uint16_t zipf_rank(std::uint32_t bits) {
  const std::uint32_t octave = (bits >> 16) * kOctaves >> 16;
  return static_cast<std::uint16_t>((1U << octave) - 1 + (bits & ((1U << octave) - 1)));
}

/// How words are put together.
enum class Spelling : std::uint8_t {
  syllables,   ///< onset + nucleus + coda, words apart
  run_on,      ///< the same, but words are written together
  ideographs,  ///< one to three Han characters a word, written together
};

/// What a language is made of; lists are separated by spaces, "-" stands for nothing.
struct LanguageSpec {
  std::string_view code;  ///< two letters, as feeds give it
  std::uint32_t share;    ///< articles in 10,000
  std::uint32_t length;   ///< length of its texts in percent of the usual number of bytes
  Spelling spelling;
  std::string_view onsets;
  std::string_view nuclei;
  std::string_view codas;
  std::string_view common;  ///< its most frequent words where they are given; the others are made
  std::string_view comma;
  std::string_view stop;
  std::string_view question;
  std::string_view open_quote;
  std::string_view close_quote;
  std::string_view update;  ///< what stands before the version in an update's title
};

/// All languages, the most frequent first. Shares add up to 10,000.
[[nodiscard]] std::span<const LanguageSpec> language_specs();

/// A word's bytes, in a slot that can be copied whole.
struct Word {
  std::array<char, 31> bytes{};
  std::uint8_t size = 0;

  [[nodiscard]] std::string_view view() const { return {bytes.data(), size}; }
};

/// A language with its words spelt out. Immutable, so any number of threads may read it.
class Language {
 public:
  explicit Language(const LanguageSpec& spec);

  [[nodiscard]] const LanguageSpec& spec() const { return *spec_; }
  [[nodiscard]] bool spaced() const { return spec_->spelling == Spelling::syllables; }
  /// rank < kWords
  [[nodiscard]] const Word& word(std::uint32_t rank) const { return words_[rank]; }
  /// index < kNames; begins with a capital where the script has them
  [[nodiscard]] const Word& name(std::uint32_t index) const { return names_[index]; }
  /// Mean length of a word of running text in tenths of a byte, the space after it included.
  [[nodiscard]] std::uint32_t tenths_a_word() const { return tenths_a_word_; }

 private:
  const LanguageSpec* spec_;
  std::vector<Word> words_;
  std::vector<Word> names_;
  std::uint32_t tenths_a_word_ = 0;
};

/// Every language of `language_specs`, in its order: about 4 MB.
[[nodiscard]] std::vector<Language> make_languages();

/// Makes the first letter at `text` a capital, in place, where script and letter allow it without a change of length.
void capitalise(char* text);

}  // namespace wirecopy::generate
