// Builds small corpora for tests without the text and feed modules: an article is a string of numbers, each a token.
#pragma once

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "corpus/corpus.hpp"
#include "text/shingler.hpp"

namespace wirecopy::test {

struct MadeArticle {
  std::string id;
  std::string title;  ///< numbers, such as "1 2 3"
  std::string text;
  std::int64_t published = kNoDate;
  std::string source = "outlet";
};

inline std::vector<Token> made_tokens(const std::string& numbers) {
  std::vector<Token> tokens;
  std::istringstream in(numbers);
  for (std::uint64_t n; in >> n;) tokens.push_back(make_token(mix64(n), TokenKind::word));
  return tokens;
}

/// "from from+1 ... to-1"
inline std::string count_up(int from, int to) {
  std::string numbers;
  for (int n = from; n < to; ++n) numbers += std::to_string(n) + ' ';
  return numbers;
}

/// Articles whose samples are one in `rate` of the shingles of three words of their texts, chosen by hash value.
inline Corpus made_corpus(const std::vector<MadeArticle>& articles, double rate = 1) {
  const Hasher hasher(1);
  SketchBlock block;
  for (const MadeArticle& article : articles) {
    const std::vector<Token> title = made_tokens(article.title), text = made_tokens(article.text);
    ArticleRecord record;
    record.ordinal = block.records.size();
    record.published = article.published;
    record.first_token = static_cast<std::uint32_t>(block.tokens.size());
    record.title_tokens = static_cast<std::uint32_t>(title.size());
    record.text_tokens = static_cast<std::uint32_t>(text.size());
    block.tokens.insert(block.tokens.end(), title.begin(), title.end());
    block.tokens.insert(block.tokens.end(), text.begin(), text.end());
    record.content = hasher.digest(article.title + "|" + article.text);
    record.identity = hasher.hash64(article.title + "|" + article.text + "|" + article.id);
    record.first_byte = static_cast<std::uint32_t>(block.strings.size());
    record.id_bytes = static_cast<std::uint32_t>(article.id.size());
    block.strings += article.id;
    record.place.line = block.records.size() + 1;
    record.source = SourceId{static_cast<std::uint32_t>(block.sources.size())};
    block.sources.push_back(article.source);
    record.first_sample = static_cast<std::uint32_t>(block.samples.size());
    shingle(text, 3, block.samples);
    const auto is_left_out = [rate](std::uint64_t each) { return static_cast<double>(each) * rate > 0x1p64; };
    block.samples.erase(std::remove_if(block.samples.begin() + record.first_sample, block.samples.end(), is_left_out),
                        block.samples.end());
    record.samples = static_cast<std::uint32_t>(block.samples.size() - record.first_sample);
    block.records.push_back(record);
  }
  Corpus corpus;
  corpus.append(std::move(block));
  return corpus;
}

}  // namespace wirecopy::test
