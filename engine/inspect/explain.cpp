#include "inspect/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <wirecopy/error.hpp>

#include "base/file_name_text.hpp"
#include "feed/block.hpp"
#include "inspect/passage_pairs.hpp"
#include "inspect/result_reader.hpp"
#include "pipeline/article_text.hpp"
#include "pipeline/sketcher.hpp"
#include "text/shingler.hpp"
#include "verify/profile_table.hpp"
#include "verify/relation.hpp"

namespace wirecopy {
namespace {

using Kind = TextSegment::Kind;

constexpr ArticleId kFirst{0}, kSecond{1};

std::uint32_t words_of(std::span<const Token> tokens) {
  std::uint32_t quarters = 0;
  for (const Token token : tokens) quarters += quarter_words(kind_of(token));
  return (quarters + 2) / 4;
}

/// Puts a text together from pieces of tokens of one kind.
class Segmentation {
 public:
  explicit Segmentation(std::string_view text) : text_(text) {}

  /// Tokens come in order, with their places.
  void add(ByteRange token, Kind kind) {
    if (is_begun_) {
      add_gap(text_.substr(at_, token.begin - std::min<std::size_t>(token.begin, at_)), kind);
    } else {
      append(kind, text_.substr(0, token.begin));
    }
    is_begun_ = true;
    const std::size_t begin = std::max<std::size_t>(token.begin, at_);
    if (token.end > begin) append(kind, text_.substr(begin, token.end - begin));
    at_ = std::max<std::size_t>(token.end, at_);
  }

  std::vector<TextSegment> finish() {
    append(segments_.empty() ? Kind::own : segments_.back().kind, text_.substr(at_));
    return std::move(segments_);
  }

 private:
  // Between two kinds, what sticks to the token before stays with it, what sticks to the next one goes to that.
  void add_gap(std::string_view gap, Kind next) {
    if (segments_.back().kind == next) return append(next, gap);
    constexpr std::string_view kWhite = " \t\n\r";
    const std::size_t first = std::min(gap.find_first_of(kWhite), gap.size());
    const std::size_t last = gap.find_last_of(kWhite);
    const std::size_t behind = last == std::string_view::npos ? gap.size() : last + 1;
    append(segments_.back().kind, gap.substr(0, first));
    append(Kind::space, gap.substr(first, behind - first));
    append(next, gap.substr(behind));
  }

  void append(Kind kind, std::string_view text) {
    if (text.empty()) return;
    if (segments_.empty() || segments_.back().kind != kind) segments_.push_back({kind, {}});
    segments_.back().text += text;
  }

  std::string_view text_;
  std::vector<TextSegment> segments_;
  std::size_t at_ = 0;
  bool is_begun_ = false;
};

/// Two articles, compared as a run with these options compares them.
class Comparison {
 public:
  /// Both must outlive it.
  Comparison(const Options& options, const BoilerplateModel& model)
      : options_(options), model_(model), sketcher_(options, best_kernel()) {
    explanation_.options = options;
  }

  /// Takes what the reader has read: the first article, then the second. Nothing is kept of its views.
  void add(ArticleTextReader& reader, std::string_view id) {
    const std::size_t i = block_.records.size();
    const Article& article = reader.article();
    sketcher_.sketch(article, id, {}, i, block_, sources_, scratch_);
    texts_[i] = reader.text();
    places_[i] = reader.places();
    ExplainedArticle& explained = explanation_.articles[i];
    explained.id = id;
    explained.source = article.source;
    explained.title = article.title;
    explained.published = article.published;
  }

  /// All but the articles' places and clusters. Call it once.
  Explanation run() {
    corpus_.append(std::move(block_));
    const ProfileTable& profiles = fill_profiles();
    judge(profiles);
    explanation_.outcome = do_match() ? Outcome::linked : Outcome::apart;
    find_shared(profiles);
    for (const ArticleId article : {kFirst, kSecond}) describe(article, profiles);
    return std::move(explanation_);
  }

 private:
  const ProfileTable& fill_profiles() {
    profiles_.emplace(corpus_, model_, options_);
    TextComparer comparer(options_.shingle);
    profiles_->fill(0, std::vector<char>(corpus_.size(), 1), comparer);
    return *profiles_;
  }

  void judge(const ProfileTable& profiles) {
    Matcher matcher(corpus_, profiles, options_);
    matcher.load(kFirst);
    explanation_.comparable =
        is_comparable(corpus_.record(kFirst), options_) && is_comparable(corpus_.record(kSecond), options_);
    explanation_.similarity = matcher.measure(kSecond);
    Judgement& judgement = explanation_.judgement;
    judgement = matcher.judge(explanation_.similarity, kSecond);
    explanation_.figures = matcher.shared_figures(kSecond);
    if (judgement == Judgement::equal) explanation_.similarity = matcher.equal(kFirst, kSecond).similarity;
    if (judgement == Judgement::nearly_equal || judgement == Judgement::short_texts_differ) {
      explanation_.whole_similarity = matcher.whole_similarity(kSecond);
    }
    if (!do_match()) return;
    explanation_.relation = judgement == Judgement::equal ? Relation::exact : relation_of(explanation_.similarity);
  }

  [[nodiscard]] bool do_match() const { return explanation_.comparable && is_match(explanation_.judgement); }

  void find_shared(const ProfileTable& profiles) {
    const ComparedText first = profiles.text(kFirst), second = profiles.text(kSecond);
    TextComparer comparer(options_.shingle);
    comparer.load(first);
    comparer.shared_ranges(second, shared_[0], shared_[1]);
    explanation_.passages_found = shared_[0].size();

    std::vector<TokenRange> longest = shared_[0];
    const auto words = [&](const TokenRange& range) {
      return words_of(first.tokens.subspan(range.begin, range.end - range.begin));
    };
    std::sort(longest.begin(), longest.end(), [&](const TokenRange& a, const TokenRange& b) {
      return std::pair(words(b), a.begin) < std::pair(words(a), b.begin);
    });
    if (longest.size() > Explanation::kMaxPassages) longest.resize(Explanation::kMaxPassages);
    const PassagePairs pairs(first, second, options_.shingle, shared_[1]);
    for (const TokenRange& range : longest) {
      explanation_.passages.push_back({words(range), text_of(0, range), text_of(1, pairs.partner(range))});
    }
  }

  [[nodiscard]] std::string text_of(std::size_t article, const TokenRange& range) const {
    if (range.begin == range.end) return {};
    const std::vector<ByteRange>& places = places_[article];
    return texts_[article].substr(places[range.begin].begin, places[range.end - 1].end - places[range.begin].begin);
  }

  void describe(ArticleId article, const ProfileTable& profiles) {
    const ComparedText text = profiles.text(article);
    std::vector<Kind> kinds(text.tokens.size(), Kind::own);
    const auto paint = [&](const std::vector<TokenRange>& ranges, Kind kind) {
      for (const TokenRange& range : ranges) std::fill(kinds.begin() + range.begin, kinds.begin() + range.end, kind);
    };
    const std::size_t i = number(article);
    paint(shared_[i], Kind::shared);
    paint(tokens_of_shingles(text.tokens, options_.shingle, text.boilerplate), Kind::boilerplate);

    Segmentation segmentation(texts_[i]);
    for (std::size_t token = 0; token < kinds.size(); ++token) segmentation.add(places_[i][token], kinds[token]);
    ExplainedArticle& explained = explanation_.articles[i];
    explained.text = segmentation.finish();
    explained.words = words_of(text.tokens);
    explained.editorial_words = (profiles.profile(article).editorial_quarters + 2) / 4;
  }

  const Options& options_;
  const BoilerplateModel& model_;
  Sketcher sketcher_;
  SketchScratch scratch_;
  SourceTable sources_;
  SketchBlock block_;
  Corpus corpus_;
  std::optional<ProfileTable> profiles_;
  std::array<std::string, 2> texts_;
  std::array<std::vector<ByteRange>, 2> places_;  // of tokens
  std::array<std::vector<TokenRange>, 2> shared_;
  Explanation explanation_;
};

/// Two articles of a result, read again from its feed.
class ResultComparison {
 public:
  ResultComparison(const std::filesystem::path& result, const std::array<std::string, 2>& names)
      : parameters_(read_parameters(result)),
        model_(read_model(result, parameters_.options)),
        found_(find_articles(result, names)),
        reader_(parameters_.options, parameters_.fields, best_kernel()) {}

  Explanation run() {
    if (found_[0].file == found_[1].file && found_[0].line == found_[1].line) {
      throw Error(ErrorKind::usage, "both ids name the same article");
    }
    const std::vector<std::string> warnings = changes();
    Explanation explanation = compare();
    explanation.warnings = warnings;
    for (std::size_t i = 0; i < 2; ++i) {
      ExplainedArticle& article = explanation.articles[i];
      article.file = found_[i].file;
      article.line = found_[i].line;
      article.cluster = found_[i].cluster;
      article.kept = found_[i].kept;
    }
    const bool is_match = explanation.outcome == Outcome::linked;
    const bool together = found_[0].cluster && found_[0].cluster == found_[1].cluster;
    explanation.outcome = is_match ? (together ? Outcome::linked : Outcome::cut)
                                   : (together ? Outcome::linked_by_others : Outcome::apart);
    return explanation;
  }

 private:
  Explanation compare() {
    const std::array<std::string, 2> lines = read_lines_again(found_, parameters_.fields.records());
    Comparison comparison(parameters_.options, model_);
    for (std::size_t i = 0; i < 2; ++i) {
      if (!read(lines[i], found_[i])) {
        throw Error(ErrorKind::io,
                    fmt::format("{}:{}: article \"{}\" is not there any more: the feed was changed since",
                                found_[i].file, found_[i].line, found_[i].id));
      }
      comparison.add(reader_, found_[i].id);
    }
    return comparison.run();
  }

  [[nodiscard]] std::vector<std::string> changes() const {
    std::vector<std::string> warnings;
    for (const ResultArticle& article : found_) {
      const auto known = parameters_.inputs.find(article.file);
      if (known == parameters_.inputs.end() || difference(article.file, known->second).empty()) continue;
      const std::string warning =
          fmt::format("{} was changed since the result was made; what it holds now is explained", article.file);
      if (std::find(warnings.begin(), warnings.end(), warning) == warnings.end()) warnings.push_back(warning);
    }
    return warnings;
  }

  /// Whether the line is still that of the article.
  bool read(const std::string& line, const ResultArticle& article) {
    std::string padded = line;
    padded.append(kBlockPadding, '\0');
    if (line.empty() || !reader_.read(std::string_view(padded).substr(0, line.size()))) return false;
    const std::string_view id = reader_.article().id;
    padded_ = std::move(padded);
    return id == article.id ||
           (id.empty() && article.id == fmt::format("{}:{}", text_of_file_name(article.file), article.line));
  }

  ResultParameters parameters_;
  BoilerplateModel model_;
  std::array<ResultArticle, 2> found_;
  ArticleTextReader reader_;
  std::string padded_;  // the line that the reader's views point into
};

}  // namespace

Explanation explain(const std::filesystem::path& result, const std::string& first, const std::string& second) {
  return ResultComparison(result, {first, second}).run();
}

Explanation explain(const Article& first, const Article& second, const Options& options,
                    const BoilerplateModel& model) {
  validate(options);
  ArticleTextReader reader(options, FieldMap(), best_kernel());
  Comparison comparison(options, model);
  for (const Article* article : {&first, &second}) {
    reader.take(*article);
    comparison.add(reader, article->id);
  }
  return comparison.run();
}

}  // namespace wirecopy
