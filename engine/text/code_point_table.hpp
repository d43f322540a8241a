// The normalised form of each code point, and the role of that form in tokens.
//
// Normalisation is NFKC with full case folding and without default-ignorable code points (NFKC_Casefold; Unicode 15,
// section 3.13). It works code point by code point with one exception: marks compose with, or are reordered against,
// what precedes them. The table covers the first part, and flags where the second may apply.
//
// There are a few deviations for the sake of spelling. The spacing accents that are typed as apostrophes (U+00B4,
// U+0384, U+1FBD, U+1FBF, U+1FFD) become ', while NFKC would decompose them into a space and a mark. The apostrophes
// inside U+0149 and U+1E9A are dropped. Persian is typed with Arabic letters as often as with its own: U+0649 and
// U+064A become U+06CC, U+0643 becomes U+06A9, and U+0626, a U+064A with a hamza, becomes a U+06CC with one. U+02BA is
// a quotation mark.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

namespace wirecopy {

/// The class of a run of normalised text; values from 1 on are those of TokenKind plus one.
enum class CharClass : std::uint8_t {
  separator = 0,  ///< everything else
  word = 1,       ///< letters, marks and digits (categories L*, M*, N*) that are not in a class below
  ideograph = 2,  ///< letters and numbers of Han, Hiragana, Katakana (including shared characters such as U+30FC)
  syllable = 3,   ///< letters of Thai, Lao, Khmer, Myanmar; their digits are `word`, so that numbers stay intact
};

/// The folding of one code point. The default is one NUL, a separator.
struct Folding {
  enum Trait : std::uint8_t {
    class_bits = 3,    ///< CharClass of its first code point
    mark = 4,          ///< a combining mark (M*): belongs to the preceding token, or begins a word; class_bits are 0
    apostrophe = 8,    ///< joins two letters if it is between them, separates otherwise
    dropped = 16,      ///< is removed
    listed = 32,       ///< becomes CodePointTable::parts()
    may_compose = 64,  ///< its first code point may compose with what precedes it
  };

  static constexpr std::uint8_t kStarter = 255;  // no code point has this class

  /// UTF-8, padded with zeros after `size` bytes. If listed: the index of its first part instead.
  std::array<unsigned char, 4> bytes{};
  /// Number of `bytes`, 0 to 4. If listed: the number of parts instead.
  std::uint8_t size = 1;
  std::uint8_t traits = 0;
  std::uint8_t follows = kStarter;  ///< is in order after a code point of at most this combining class
  std::uint8_t last_ccc = 0;        ///< canonical combining class of its last code point

  /// Writes all four bytes, even if `size` is smaller.
  void write(char* to) const { std::memcpy(to, bytes.data(), bytes.size()); }
  [[nodiscard]] bool has(int any_of) const { return (traits & any_of) != 0; }
  [[nodiscard]] CharClass char_class() const { return static_cast<CharClass>(traits & class_bits); }
  /// Neither composes with nor moves before what precedes it, so normalisation may restart here.
  [[nodiscard]] bool is_boundary() const { return follows == kStarter && !has(may_compose); }
};

/// Foldings of the code points U+0080 to U+07FF, whose UTF-8 has two bytes, for parallel look-up. Contains only those
/// that keep their length and do not interact with their neighbours.
struct PairFoldings {
  using Row = std::array<unsigned char, 0x800>;  // by code point

  static constexpr unsigned char kSeparator = 0x01;  ///< may stay unchanged: the bytes of a separator do not matter
  static constexpr unsigned char kWord = 0x81;       ///< recognised by its top bit
  alignas(64) Row kind{};                            ///< one of these, or 0: must be handled individually
  alignas(64) Row first{};                           ///< folded first byte of a word
  alignas(64) Row second{};                          ///< folded second byte of a word
  /// Indexed by the low six bits: 0x80 if that code point of U+2000 to U+203F only separates.
  alignas(64) std::array<unsigned char, 64> separates{};
};

/// The table for the Unicode version of utf8proc. Immutable: any number of threads may use it.
class CodePointTable {
 public:
  /// The only instance; the first call builds it (a few milliseconds, 1.5 MB).
  [[nodiscard]] static const CodePointTable& instance();

  /// The addresses of the tables, which an inner loop can keep in registers.
  class View {
   public:
    /// The folding of a code point. Beyond plane 2 it must be looked up elsewhere; `listed` without parts indicates
    /// that.
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
  /// The folding of a Unicode scalar value. A code point of normalised text maps to itself.
  [[nodiscard]] Folding operator[](char32_t code_point) const {
    return code_point < kTabled ? entries_[code_point] : beyond_table(code_point);
  }
  /// The parts of a `listed` folding: foldings of one code point each, neither listed nor dropped.
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
  std::vector<char32_t> changing_;  // used only while the table is built
};

}  // namespace wirecopy
