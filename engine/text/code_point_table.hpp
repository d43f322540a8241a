// What each code point turns into when text is normalised, and how the result takes part in tokens.
//
// Normalisation is NFKC with full case folding and without default-ignorable code points (NFKC_Casefold; Unicode 15,
// section 3.13). It works code point by code point but for one thing: marks compose with, or reorder against, what
// stands before them. The table holds the first part, and tells where the second may begin.
//
// A few deviations, for spelling's sake: the spacing accents that are typed for an apostrophe (U+00B4, U+0384, U+1FBD,
// U+1FBF, U+1FFD) become ' where NFKC would tear them into a space and a mark, and the apostrophes inside U+0149 and
// U+1E9A are left out. Persian is typed with Arabic letters as often as with its own: U+0649 and U+064A become U+06CC,
// U+0643 becomes U+06A9, and U+0626, a U+064A with a hamza, a U+06CC with one. U+02BA is a quotation mark.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

namespace wirecopy {

/// How a run of normalised text counts; the numbers from 1 on are those of TokenKind, plus one.
enum class CharClass : std::uint8_t {
  separator = 0,  ///< everything that is in no other class
  word = 1,       ///< letters, marks and digits (categories L*, M*, N*) that are in no class below
  ideograph = 2,  ///< letters and numbers of Han, Hiragana, Katakana (the signs that they share, such as U+30FC, too)
  syllable = 3,   ///< letters of Thai, Lao, Khmer, Myanmar; their digits are `word`, so that numbers stay whole
};

/// What one code point becomes. By default one NUL, a separator.
struct Folding {
  enum Trait : std::uint8_t {
    class_bits = 3,    ///< its CharClass (of the first code point)
    mark = 4,          ///< a combining mark (M*): belongs to the token before it, or begins a word; class_bits are 0
    apostrophe = 8,    ///< joins two letters when it stands between them, separates otherwise
    dropped = 16,      ///< becomes nothing
    listed = 32,       ///< becomes what CodePointTable::parts() says
    may_compose = 64,  ///< its first code point may compose with what stands before it
  };

  static constexpr std::uint8_t kStarter = 255;  // no code point has this class

  std::array<unsigned char, 4> bytes{};  ///< UTF-8; after `size` bytes zeros. Of a listed one: the place of its list
  std::uint8_t size = 1;                 ///< of `bytes`, 0 to 4; of a listed one: how many parts
  std::uint8_t traits = 0;
  std::uint8_t follows = kStarter;  ///< may follow a code point of this combining class or a lower one, in order
  std::uint8_t last_ccc = 0;        ///< canonical combining class of its last code point

  /// Writes the four bytes, which is more than `size`.
  void write(char* to) const { std::memcpy(to, bytes.data(), bytes.size()); }
  [[nodiscard]] bool has(int any_of) const { return (traits & any_of) != 0; }
  [[nodiscard]] CharClass char_class() const { return static_cast<CharClass>(traits & class_bits); }
  /// Neither composes with nor moves before what stands before it: normalisation may start afresh here.
  [[nodiscard]] bool is_boundary() const { return follows == kStarter && !has(may_compose); }
};

/// Foldings of the code points from U+0080 to U+07FF, whose UTF-8 has two bytes, for looking many up side by side. Only
/// those are there that keep their length and have no dealings with their neighbours.
struct PairFoldings {
  using Row = std::array<unsigned char, 0x800>;  // by code point

  static constexpr unsigned char kSeparator = 0x01;  ///< may stay as it is: what a separator looks like does not matter
  static constexpr unsigned char kWord = 0x81;       ///< told by its top bit
  alignas(64) Row kind{};                            ///< one of these, or 0: must be taken by itself
  alignas(64) Row first{};                           ///< of a word, the byte that its first becomes
  alignas(64) Row second{};
  /// By the low six bits: 0x80 where one of U+2000 to U+203F separates and no more.
  alignas(64) std::array<unsigned char, 64> separates{};
};

/// The table of the Unicode version that utf8proc knows. Immutable: any number of threads may use it.
class CodePointTable {
 public:
  /// The one table; the first call builds it (a few milliseconds, 1.5 MB).
  [[nodiscard]] static const CodePointTable& instance();

  /// A copy of the table's address, which an inner loop can keep in a register.
  class View {
   public:
    /// A code point's folding; beyond plane 2 it is looked up elsewhere, which `listed` without parts stands for.
    [[nodiscard]] Folding find(char32_t code_point) const {
      return code_point < kTabled ? entries_[code_point] : Folding{.traits = Folding::listed};
    }
    [[nodiscard]] const PairFoldings& pairs() const { return *pairs_; }

   private:
    friend class CodePointTable;
    View(const Folding* entries, const PairFoldings* pairs) : entries_(entries), pairs_(pairs) {}
    const Folding* entries_;
    const PairFoldings* pairs_;
  };

  [[nodiscard]] View view() const { return {entries_.get(), &pairs_}; }
  /// For a Unicode scalar value. A code point that stands in normalised text maps to itself.
  [[nodiscard]] Folding operator[](char32_t code_point) const {
    return code_point < kTabled ? entries_[code_point] : beyond_table(code_point);
  }
  /// What a `listed` folding consists of: foldings of one code point each, neither listed nor dropped.
  [[nodiscard]] std::span<const Folding> parts(const Folding& listed) const;

 private:
  static constexpr char32_t kTabled = 0x30000;  // planes 0 to 2: beyond them nothing folds or composes

  CodePointTable();
  [[nodiscard]] static Folding beyond_table(char32_t code_point);
  void mark_composing();
  void fold_changing();
  void fill_pairs();
  void fold(char32_t code_point);
  [[nodiscard]] bool join(std::span<const std::int32_t> folded, Folding& joined) const;
  [[nodiscard]] Folding list(std::span<const std::int32_t> folded);

  std::unique_ptr<Folding[]> entries_;
  PairFoldings pairs_;
  std::vector<Folding> parts_;
  std::vector<char32_t> changing_;  // only while the table is built
};

}  // namespace wirecopy
