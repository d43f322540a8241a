// The tables of language_specs(). The sounds are chosen so that syllables do not combine to offensive words.
#include <array>

#include "generate/language.hpp"

namespace wirecopy::generate {
namespace {

constexpr std::string_view kEnglishLike =
    "the of and to in a for that on is was with said by it as at from be has have its are an will he not this which "
    "were been after but who had more they their one over new also would two year or about up last first people time "
    "when out into week other than no some could three years";

constexpr Spelling kSyllables = Spelling::syllables;

constexpr std::array<LanguageSpec, 13> kSpecs{{
    {"ru", 2880, 100, kSyllables, "б в др з к л м н р с т ст пр тр кр гр", "а о и е я ы", "- - - н р л й м", "", ",",
     ".", "?", "«", "»", "ОБНОВЛЕНИЕ"},
    {"en", 2570, 104, kSyllables, "b b d d f h j k l l m n p r r s s t t v w pr tr st", "a a e e i i o o u ea ou",
     "- - - - n r m nd ll", kEnglishLike, ",", ".", "?", "“", "”", "UPDATE"},
    {"es", 850, 84, kSyllables, "b d f gr l m n pl pr r s tr v ñ", "a e i o á é í ó ia", "- - - n s r l", "", ",", ".",
     "?", "«", "»", "ACTUALIZACIÓN"},
    {"uk", 700, 100, kSyllables, "б в з к л м н р с т ст пр тр кр гр дн", "а о и і е я є", "- - - н р л в", "", ",",
     ".", "?", "«", "»", "ОНОВЛЕННЯ"},
    {"fr", 550, 84, kSyllables, "b br d f gl gn j l m n pl r s tr v", "a e é è ê i o ou eu oi", "- - - n s l", "", ",",
     ".", "?", "«", "»", "MISE À JOUR"},
    {"ar", 520, 96, kSyllables, "ب ت ج د ر س ش ص ف ق ل م ن ه و", "ا و ي - - -", "- - ن ر ة", "", "،", ".", "؟", "«",
     "»", "تحديث"},
    {"de", 450, 84, kSyllables, "b d f gr k l m n r s st t w", "a e i o u ä ö ü ei au", "- - n r l ch nd ß", "", ",",
     ".", "?", "„", "“", "AKTUALISIERT"},
    {"pt", 400, 84, kSyllables, "b dr f l lh m n nh pr r s tr v gr", "a e i o ã õ á é ô ei", "- - - s r m", "", ",",
     ".", "?", "“", "”", "ATUALIZAÇÃO"},
    {"tr", 350, 84, kSyllables, "b d l m n r s ş t v y z ç", "a e ı i o ö u ü", "- - n r l m", "", ",", ".", "?", "“",
     "”", "GÜNCELLEME"},
    {"zh", 290, 76, Spelling::ideographs, "", "", "", "", "，", "。", "？", "“", "”", "更新"},
    {"el", 240, 120, kSyllables, "β γρ δ θ λ μ ν πρ ρ σ τ τρ φ στ", "α ε ι ο η ω ά έ ί ό", "- - - ν ς ρ", "", ",", ".",
     ";", "«", "»", "ΕΝΗΜΕΡΩΣΗ"},
    {"hi", 130, 160, kSyllables, "क ज त द न प ब म य र ल व स", "- ा ि ी ु े ो", "- - - न र", "", ",", "।", "?", "“", "”",
     "अपडेट"},
    {"th", 70, 190, Spelling::run_on, "ก ค ง จ ด น บ ป ม ย ร ล ว ส", "า ี ิ ุ ะ ื", "- - น ง ม", "", " ", " ", " ", "“",
     "”", "อัปเดต"},
}};

}  // namespace

std::span<const LanguageSpec> language_specs() { return kSpecs; }

}  // namespace wirecopy::generate
