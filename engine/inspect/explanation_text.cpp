#include "inspect/explanation_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "base/file_name_text.hpp"
#include "feed/date.hpp"
#include "text/terminal_text.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kPassageShown = 400;  // characters; the whole is in the texts below

constexpr std::string_view kReset = "\x1b[0m", kBold = "\x1b[1m", kDim = "\x1b[2m";
constexpr std::string_view kOwn[] = {"\x1b[31m", "\x1b[32m"};  // red in the first, green in the second
constexpr std::string_view kOpening[] = {"[-", "{+"}, kClosing[] = {"-]", "+}"};

std::string percent(double share) { return fmt::format("{:.0f} %", 100 * share); }

class ExplanationText {
 public:
  ExplanationText(const Explanation& explanation, Marking marking) : why_(explanation), marking_(marking) {}

  std::string format() {
    for (const std::string& warning : why_.warnings) add("warning: {}\n", harmless(warning));
    for (std::size_t i = 0; i < 2; ++i) add_article(i);
    add_verdict();
    add_scores();
    add_passages();
    add_texts();
    return std::move(out_);
  }

 private:
  template <typename... Values>
  void add(fmt::format_string<const Values&...> pattern, const Values&... values) {
    fmt::format_to(std::back_inserter(out_), pattern, values...);
  }

  [[nodiscard]] std::string bold(std::string_view text) const {
    return marking_ == Marking::colour ? fmt::format("{}{}{}", kBold, text, kReset) : std::string(text);
  }

  void add_article(std::size_t i) {
    const ExplainedArticle& article = why_.articles[i];
    add("{}  {}\n", bold(i == 0 ? "A" : "B"), bold(article.id.empty() ? "without an id" : harmless(article.id)));
    if (!article.title.empty()) add("   {}\n", harmless(article.title));
    add("   {}, {}\n", article.source.empty() ? "no source" : harmless(article.source),
        article.published ? format_date(*article.published) : "no date");
    add("   {} words, {} of them editorial", article.words, article.editorial_words);
    if (article.file.empty()) return add("\n\n");  // of no result
    add("; {}; {}\n", article.kept ? "kept" : "removed",
        article.cluster ? "cluster " + harmless(*article.cluster) : "in no cluster");
    add("   {}:{}\n\n", harmless(text_of_file_name(article.file)), article.line);
  }

  void add_verdict() { add("{}\n\n", bold(outcome() + ": " + reason())); }

  [[nodiscard]] std::string outcome() const {
    switch (why_.outcome) {
      case Outcome::linked:
        return fmt::format("Linked ({})", what_it_is());
      case Outcome::linked_by_others:
        return "Linked by others, as each matches enough of the cluster, but no match";
      case Outcome::cut:
        return fmt::format(
            "Not linked, though a match ({}): what each is linked to does not hold together, or their outlet "
            "publishes this text under unrelated titles, or the search did not bring them together",
            what_it_is());
      default:
        return "Not linked";
    }
  }

  [[nodiscard]] std::string what_it_is() const {
    switch (why_.relation.value_or(Relation::partial)) {
      case Relation::exact:
        return "A and B are equal";
      case Relation::near:
        return "A and B are near copies";
      case Relation::excerpt:
        return "A is an excerpt of B";
      case Relation::extended:
        return "A extends B";
      default:
        return "A and B share passages";
    }
  }

  [[nodiscard]] std::string reason() const {
    if (!why_.comparable) return "a text of fewer than two words is no copy of anything";
    const std::string agreement = percent(why_.similarity.agreement()), required = percent(why_.options.threshold);
    const double with_titles = why_.whole_similarity.value_or(0);
    switch (why_.judgement) {
      case Judgement::equal:
        return "title and text are the same once they are normalised";
      case Judgement::copies:
        return fmt::format("the shorter editorial text agrees with the other by {}, at least {} is required", agreement,
                           required);
      case Judgement::nearly_equal:
        return fmt::format("a short text, but title and text together are {} similar, at least {} is required",
                           percent(with_titles), percent(kShortSimilarity));
      case Judgement::too_far_apart:
        return fmt::format("their dates are more than {:.1f} days apart, the limit of this run",
                           static_cast<double>(why_.options.within) / 86'400);
      case Judgement::not_equal:
        return "this run links equal articles only";
      case Judgement::short_texts_differ:
        return fmt::format(
            "short texts must be equal with their titles, or nearly: {} is required, they are {} similar",
            percent(kShortSimilarity), percent(with_titles));
      case Judgement::little_shared_text:
        return "too little editorial text is shared to mean anything";
      case Judgement::other_news:
        return fmt::format(
            "the shorter editorial text agrees with the other by {}, but both are of one outlet, their titles are "
            "unlike "
            "and neither lead is in the other text: each has news of its own",
            agreement);
      case Judgement::other_figures:
        return fmt::format(
            "the shorter editorial text agrees with the other by {}, but both are of one outlet, and {} of {} figures "
            "differ: one template with other facts",
            agreement, why_.figures.missing(), why_.figures.fewer);
      case Judgement::items_of_a_series:
        return "items of a series: their titles are alike but name different things, and so do their texts";
      default:
        return fmt::format("the shorter editorial text agrees with the other by {}, below the threshold of {}",
                           agreement, required);
    }
  }

  void add_scores() {
    const Similarity& s = why_.similarity;
    add("{:<26}{:>8}{:>8}{:>9}{:>17}\n", "", "A in B", "B in A", "Jaccard", "shared shingles");
    add("{:<26}{:>8}{:>8}{:>9.3f}{:>17}\n", "editorial text", percent(s.containment()), percent(s.contained()),
        s.jaccard(), s.shared);
    add("{:<26}{:>8}{:>8}{:>9.3f}{:>17}\n", "with boilerplate", percent(s.raw_containment()),
        percent(s.raw_contained()), s.raw_jaccard(), s.raw_shared);
    add("Of the shorter editorial text, {} is covered by shared shingles and {} lies in passages that align\n\n",
        percent(s.coverage_of_shorter()), percent(s.aligned_of_shorter()));
  }

  void add_passages() {
    if (why_.passages.empty()) return add("{}\n\n", bold("No shared passages"));
    const bool is_all = why_.passages_found == why_.passages.size();
    add("{}\n", bold(is_all ? fmt::format("Shared passages ({})", why_.passages_found)
                            : fmt::format("Shared passages (the longest {} of {})", why_.passages.size(),
                                          why_.passages_found)));
    for (const Passage& passage : why_.passages) {
      const std::string first = shown(passage.first), second = shown(passage.second);
      add("{:>5} words  {}\n", passage.words, first);
      if (second != first) add("        in B:  {}\n", second);
    }
    add("\n");
  }

  /// On one line, cut where it is long.
  [[nodiscard]] static std::string shown(std::string_view passage) {
    std::string folded;
    for (const char c : passage) {
      const bool is_space = c == ' ' || (c >= '\t' && c <= '\r');
      if (!is_space) folded += c;
      if (is_space && !folded.ends_with(' ')) folded += ' ';
    }
    return shortened(folded, kPassageShown);
  }

  void add_texts() {
    add("{}: {}, {}, {}\n", bold("Texts"), marked("only in A", TextSegment::Kind::own, 0),
        marked("only in B", TextSegment::Kind::own, 1), marked("boilerplate", TextSegment::Kind::boilerplate, 0));
    for (std::size_t i = 0; i < 2; ++i) {
      add("\n{}  {}\n", bold(i == 0 ? "A" : "B"), bold(harmless(why_.articles[i].id)));
      for (const TextSegment& segment : why_.articles[i].text) {
        out_ += marked(harmless_lines(segment.text), segment.kind, i);
      }
      if (!out_.ends_with('\n')) out_ += '\n';
    }
  }

  [[nodiscard]] std::string marked(std::string_view text, TextSegment::Kind kind, std::size_t article) const {
    const bool is_own = kind == TextSegment::Kind::own;
    if (!is_own && kind != TextSegment::Kind::boilerplate) return std::string(text);
    if (marking_ == Marking::colour) return coloured(text, is_own ? kOwn[article] : kDim);
    return is_own ? fmt::format("{}{}{}", kOpening[article], text, kClosing[article]) : fmt::format("({})", text);
  }

  // Line by line, because pagers forget the colour at the end of one.
  static std::string coloured(std::string_view text, std::string_view colour) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      if (end > at) fmt::format_to(std::back_inserter(out), "{}{}{}", colour, text.substr(at, end - at), kReset);
      if (end < text.size()) out += '\n';
      at = end + 1;
    }
    return out;
  }

  const Explanation& why_;
  Marking marking_;
  std::string out_;
};

}  // namespace

std::string format_explanation(const Explanation& explanation, Marking marking) {
  return ExplanationText(explanation, marking).format();
}

}  // namespace wirecopy
