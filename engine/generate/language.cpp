#include "generate/language.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <unordered_set>

#include "base/hash.hpp"

namespace wirecopy::generate {
namespace {

std::vector<std::string_view> split(std::string_view list) {
  std::vector<std::string_view> parts;
  while (!list.empty()) {
    const std::size_t space = std::min(list.find(' '), list.size());
    const std::string_view part = list.substr(0, space);
    parts.push_back(part == "-" ? std::string_view{} : part);
    list.remove_prefix(std::min(space + 1, list.size()));
  }
  return parts;
}

template <typename T>
const T& pick(const std::vector<T>& from, RandomStream& random) {
  return from[random.below(static_cast<std::uint32_t>(from.size()))];
}

std::string encode(std::uint32_t three_byte_code_point) {
  return {static_cast<char>(0xe0 | three_byte_code_point >> 12),
          static_cast<char>(0x80 | (three_byte_code_point >> 6 & 0x3f)),
          static_cast<char>(0x80 | (three_byte_code_point & 0x3f))};
}

/// Spells distinct words.
class Speller {
 public:
  explicit Speller(const LanguageSpec& spec)
      : ideographs_(spec.spelling == Spelling::ideographs),
        random_(seed_of(spec.code)),
        onsets_(split(spec.onsets)),
        nuclei_(split(spec.nuclei)),
        codas_(split(spec.codas)) {
    for (int i = 0; ideographs_ && i < 2400; ++i) characters_.push_back(encode(0x4e00 + random_.below(20'900)));
  }

  void reserve_word(std::string_view word) { used_.emplace(word); }

  /// A new word with the given number of syllables, or another number if that does not fit or no such word is left.
  Word spell(std::uint32_t syllables) {
    for (std::uint32_t taken = 0;;) {
      const std::string word = compose(syllables);
      if (word.size() > kLongest) {
        --syllables;
      } else if (used_.insert(word).second) {
        return to_word(word);
      } else if (++taken % 8 == 0) {
        ++syllables;
      }
    }
  }

  /// Number of syllables of a word of this rank; frequent words are short.
  std::uint32_t syllables(std::uint32_t rank) {
    if (ideographs_) return rank < 180 ? 1 : 2 + (random_.below(6) == 0);
    if (rank < 28) return 1;
    constexpr std::array<std::uint32_t, 8> kOfRareWords{2, 2, 2, 3, 3, 3, 3, 4};
    return rank < 900 ? 2 : kOfRareWords[random_.below(kOfRareWords.size())];
  }

  static Word to_word(std::string_view text) {
    Word word;
    std::memcpy(word.bytes.data(), text.data(), text.size());
    word.size = static_cast<std::uint8_t>(text.size());
    return word;
  }

 private:
  static constexpr std::size_t kLongest = 30;

  static std::uint64_t seed_of(std::string_view code) {
    std::uint64_t seed = 0;
    for (const char letter : code) seed = seed << 8 | static_cast<unsigned char>(letter);
    return mix64(seed);
  }

  std::string compose(std::uint32_t syllables) {
    std::string word;
    for (std::uint32_t i = 0; i < syllables; ++i) word += ideographs_ ? pick(characters_, random_) : syllable();
    return word;
  }

  std::string syllable() {
    std::string text(pick(onsets_, random_));
    text += pick(nuclei_, random_);
    return text += pick(codas_, random_);
  }

  bool ideographs_;
  RandomStream random_;
  std::vector<std::string_view> onsets_, nuclei_, codas_;
  std::vector<std::string> characters_;
  std::unordered_set<std::string> used_;
};

std::uint32_t mean_tenths(const std::vector<Word>& words, bool spaced) {
  std::uint64_t tenths = 0;
  for (std::uint32_t octave = 0; octave < kOctaves; ++octave) {
    std::uint64_t bytes = 0;
    for (std::uint32_t i = 0; i < 1U << octave; ++i) bytes += words[(1U << octave) - 1 + i].size;
    tenths += bytes * 10 >> octave;
  }
  return static_cast<std::uint32_t>(tenths / kOctaves) + (spaced ? 12 : 3);
}

}  // namespace

Language::Language(const LanguageSpec& spec) : spec_(&spec) {
  Speller speller(spec);
  for (const std::string_view common : split(spec.common)) {
    speller.reserve_word(common);
    words_.push_back(Speller::to_word(common));
  }
  words_.reserve(kWords);
  while (words_.size() < kWords) {
    words_.push_back(speller.spell(speller.syllables(static_cast<std::uint32_t>(words_.size()))));
  }
  names_.reserve(kNames);
  while (names_.size() < kNames) {
    names_.push_back(speller.spell(spec.spelling == Spelling::ideographs ? 2 : 2 + names_.size() % 2));
    capitalise(names_.back().bytes.data());
  }
  word_length_in_tenths_ = mean_tenths(words_, spaced());
}

std::vector<Language> make_languages() {
  std::vector<Language> languages;
  for (const LanguageSpec& spec : language_specs()) languages.emplace_back(spec);
  return languages;
}

void capitalise(char* text) {
  const auto first = static_cast<unsigned char>(text[0]);
  if (first >= 'a' && first <= 'z') text[0] = static_cast<char>(first - 32);
  if (first < 0x80) return;
  const auto second = static_cast<unsigned char>(text[1]);
  const auto set = [text](unsigned a, unsigned b) {
    text[0] = static_cast<char>(a);
    text[1] = static_cast<char>(b);
  };
  if (first == 0xc3 && second >= 0xa0 && second != 0xb7 && second != 0xbf) set(0xc3, second - 32);  // Latin-1
  if (first == 0xd0 && second >= 0xb0) set(0xd0, second - 32);                                      // а to п
  if (first == 0xd1 && second <= 0x8f) set(0xd0, second + 32);                                      // р to я
  if (first == 0xd1 && second >= 0x90 && second <= 0x9f) set(0xd0, second - 16);                    // є, і and others
  if (first == 0xce && second >= 0xb1) set(0xce, second - 32);                                      // α to ο
  if (first == 0xcf && second >= 0x80 && second <= 0x89) set(0xce, second + 32);                    // π to ω
}

}  // namespace wirecopy::generate
