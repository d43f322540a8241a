#include "pipeline/sketcher.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <wirecopy/error.hpp>

#include "feed/date.hpp"
#include "lsh/banding.hpp"
#include "provenance/credit.hpp"
#include "provenance/lead_in.hpp"
#include "sketch/simhash.hpp"
#include "text/shingler.hpp"

namespace wirecopy {
namespace {

using Clock = std::chrono::steady_clock;

unsigned permutations(const Options& options) {
  if (options.method != Method::minhash) return 1;
  const Banding banding = choose_banding(jaccard_at(options.threshold), options.recall);
  return banding.bands * banding.rows;
}

std::size_t words_of_signature(const Options& options) {
  switch (options.method) {
    case Method::minhash:
      return permutations(options);
    case Method::simhash:
      return 2;
    default:
      return 0;
  }
}

// Shingles that two texts of 50 words share: a few are lost at the ends of the shared passages.
double shared_shingles(const Options& options, double share) { return 50 * share - 2.0 * options.shingle; }

double shared_at_threshold(const Options& options) {
  return std::max(1.0, shared_shingles(options, options.threshold));
}

double sample_rate(const Options& options) {
  constexpr double kRateOfKinship = 8;  // enough to tell stories apart (see boilerplate/learner.hpp)
  if (options.method != Method::sample) return kRateOfKinship;
  return choose_sample_rate(shared_at_threshold(options), options.recall);
}

void check_size(std::string_view string, const char* what) {
  if (string.size() <= kMaxTextBytes) return;
  throw Error(ErrorKind::usage, fmt::format("the {} of an article has {} bytes: {} (64 MiB) are the most", what,
                                            string.size(), kMaxTextBytes));
}

double seconds(Clock::duration duration) { return std::chrono::duration<double>(duration).count(); }

}  // namespace

void check_sizes(const Article& article) {
  check_size(article.id, "id");
  check_size(article.title, "title");
  check_size(article.text, "text");
  check_size(article.source, "source");
  check_size(article.url, "url");
}

void SketchScratch::report(StageTimes& times) {
  times.add("tokenize", seconds(tokenize_time));
  times.add("signature", seconds(sign_time));
  tokenize_time = sign_time = {};
}

SourceId SourceTable::intern(std::string_view source, SketchBlock& block) {
  key_ = source;
  const auto [found, is_new] = ids_.try_emplace(key_, SourceId{static_cast<std::uint32_t>(block.sources.size())});
  if (is_new) block.sources.push_back(key_);
  return found->second;
}

Sketcher::Sketcher(const Options& options, Kernel kernel)
    : options_(options),
      kernel_(kernel),
      hasher_(options.seed),
      tokenizer_(options.seed, kernel),
      sample_(sample_rate(options)),
      minhasher_(permutations(options), options.seed, kernel),
      signature_words_(words_of_signature(options)) {}

void Sketcher::sketch(const Article& article, std::string_view id, const LinePosition& place, std::uint64_t ordinal,
                      SketchBlock& block, SourceTable& sources, SketchScratch& scratch) const {
  check_sizes(article);
  ArticleRecord record;
  record.place = place;
  record.ordinal = ordinal;
  record.published = article.published && is_date(*article.published) ? *article.published : kNoDate;
  record.source = sources.intern(article.source, block);
  record.first_byte = static_cast<std::uint32_t>(block.strings.size());
  record.id_bytes = static_cast<std::uint32_t>(id.size());
  record.title_bytes = static_cast<std::uint32_t>(article.title.size());
  block.strings.append(id).append(article.title);

  const auto start = Clock::now();
  record.agency = credited_agency(article.text);
  record.version = find_version(article.title);
  tokenize(article, record, block, scratch);
  const auto tokenized = Clock::now();
  record.content = digest_content(record, block);
  const Digest identified[] = {record.content, hasher_.digest(id)};
  record.identity = hasher_.hash64(identified, sizeof identified);
  sign(record, block, scratch);
  scratch.tokenize_time += tokenized - start;
  scratch.sign_time += Clock::now() - tokenized;
  block.records.push_back(record);
}

void Sketcher::tokenize(const Article& article, ArticleRecord& record, SketchBlock& block,
                        SketchScratch& scratch) const {
  record.first_token = static_cast<std::uint32_t>(block.tokens.size());
  tokenizer_.tokenize(article.title, scratch.tokenizer, block.tokens);
  record.title_tokens = static_cast<std::uint32_t>(block.tokens.size() - record.first_token);
  tokenizer_.tokenize(article.text.substr(lead_in(article.text)), scratch.tokenizer, block.tokens);
  record.text_tokens = static_cast<std::uint32_t>(block.tokens.size() - record.first_token - record.title_tokens);
}

Digest Sketcher::digest_content(const ArticleRecord& record, const SketchBlock& block) const {
  const std::size_t count = record.title_tokens + record.text_tokens;
  Digest digest = hasher_.digest(block.tokens.data() + record.first_token, count * sizeof(Token));
  digest.high ^= mix64(record.title_tokens);  // where the title ends is content too
  return digest;
}

void Sketcher::sign(ArticleRecord& record, SketchBlock& block, SketchScratch& scratch) const {
  if (options_.method == Method::exact) return;
  const std::uint32_t skipped = options_.title ? 0 : record.title_tokens;
  const std::span<const Token> tokens = std::span(block.tokens).subspan(record.first_token + skipped);
  scratch.shingles.clear();
  shingle(tokens, options_.shingle, scratch.shingles);

  record.first_sample = static_cast<std::uint32_t>(block.samples.size());
  sample_.take(scratch.shingles, block.samples);
  record.samples = static_cast<std::uint32_t>(block.samples.size() - record.first_sample);
  if (signature_words_ == 0) return;

  const std::size_t at = block.signatures.size();
  block.signatures.resize(at + signature_words_);
  const std::span<std::uint32_t> signature = std::span(block.signatures).subspan(at);
  if (options_.method == Method::minhash) {
    minhasher_.sign(scratch.shingles, signature);
  } else {
    const std::uint64_t hash = simhash(scratch.shingles, kernel_);
    signature[0] = static_cast<std::uint32_t>(hash);
    signature[1] = static_cast<std::uint32_t>(hash >> 32);
  }
}

SampleRule sample_rule(const Options& options) {
  return {options.shingle, options.title, ExcerptSample(sample_rate(options))};
}

double sample_probability(const Options& options, double share) {
  const double shared = std::max(0.0, shared_shingles(options, share));
  return 1 - std::pow(1 - 1 / sample_rate(options), shared);
}

}  // namespace wirecopy
