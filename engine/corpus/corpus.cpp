#include "corpus/corpus.hpp"

#include <algorithm>
#include <utility>
#include <wirecopy/error.hpp>

#include "base/file_descriptor.hpp"

namespace wirecopy {
void SketchBlock::clear() {
  records.clear(), tokens.clear(), strings.clear(), sources.clear(), samples.clear(), signatures.clear();
}

std::uint64_t SketchBlock::bytes() const {
  return records.size() * sizeof(ArticleRecord) + tokens.size() * sizeof(Token) + strings.size() +
         samples.size() * sizeof(std::uint64_t) + signatures.size() * sizeof(std::uint32_t);
}

SketchView view_of(const SketchBlock& block) {
  return {block.records,
          block.tokens,
          block.strings,
          {block.sources.begin(), block.sources.end()},
          block.samples,
          block.signatures,
          {}};
}

void Corpus::append(SketchBlock&& block) {
  block.tokens.shrink_to_fit();
  block.strings.shrink_to_fit();
  block.samples.shrink_to_fit();
  block.signatures.shrink_to_fit();
  owned_.push_back(std::move(block));
  add(view_of(owned_.back()));
  owned_.back().records = {};
  owned_.back().sources = {};
}

void Corpus::append(const SketchView& block, std::uint32_t first_input) {
  const std::size_t first = records_.size();
  add(block);
  for (std::size_t i = first; i < records_.size(); ++i) {
    records_[i].ordinal = i;
    records_[i].place.input += first_input;
  }
}

void Corpus::add(const SketchView& block) {
  if (records_.size() + block.records.size() >= number(kNoArticle)) {
    throw Error(ErrorKind::resources, "more than 4,294,967,294 articles in one run");
  }
  std::vector<SourceId> global;
  global.reserve(block.sources.size());
  for (const std::string_view source : block.sources) global.push_back(intern_source(source));

  if (!block.records.empty()) signature_words_ = block.signatures.size() / block.records.size();
  std::uint32_t index = 0;
  for (ArticleRecord record : block.records) {
    record.block = static_cast<std::uint32_t>(blocks_.size());
    record.index_in_block = index++;
    record.source = global[number(record.source)];
    records_.push_back(record);
  }
  blocks_.push_back({block.tokens, block.strings, block.samples, block.signatures, block.file});
  is_mapped_ |= block.file.descriptor >= 0;
}

void Corpus::clear() {
  records_.clear();
  blocks_.clear();
  owned_.clear();
  sources_.clear();
  source_ids_.clear();
  is_mapped_ = false;
}

void Corpus::sort_by_ordinal() {
  std::sort(records_.begin(), records_.end(),
            [](const ArticleRecord& a, const ArticleRecord& b) { return a.ordinal < b.ordinal; });
}

SourceId Corpus::intern_source(std::string_view name) {
  const auto [found, is_new] =
      source_ids_.try_emplace(std::string(name), SourceId{static_cast<std::uint32_t>(sources_.size())});
  if (is_new) sources_.emplace_back(name);
  return found->second;
}

std::string_view Corpus::id(ArticleId article) const {
  const ArticleRecord& r = record(article);
  return blocks_[r.block].strings.substr(r.first_byte, r.id_bytes);
}

std::string_view Corpus::title(ArticleId article) const {
  const ArticleRecord& r = record(article);
  return blocks_[r.block].strings.substr(r.first_byte + r.id_bytes, r.title_bytes);
}

std::string_view Corpus::source(ArticleId article) const { return sources_[number(record(article).source)]; }

std::span<const std::uint32_t> Corpus::signature(ArticleId article) const {
  const ArticleRecord& r = record(article);
  return blocks_[r.block].signatures.subspan(r.index_in_block * signature_words_, signature_words_);
}

void Corpus::copy_tokens(ArticleId article, std::span<Token> to) const {
  const std::span<const Token> from = tokens(article);
  const MappedFile& file = blocks_[record(article).block].file;
  if (file.descriptor < 0) {
    std::copy(from.begin(), from.end(), to.begin());
    return;
  }
  const auto offset = static_cast<std::uint64_t>(reinterpret_cast<const char*>(from.data()) - file.begin);
  read_exactly(file.descriptor, {reinterpret_cast<char*>(to.data()), to.size_bytes()}, offset, file.name);
}

std::size_t Corpus::memory_bytes() const {
  std::size_t bytes = records_.capacity() * sizeof(ArticleRecord);
  for (const SketchBlock& block : owned_) {
    bytes += block.tokens.capacity() * sizeof(Token) + block.strings.capacity() +
             block.samples.capacity() * sizeof(std::uint64_t) + block.signatures.capacity() * sizeof(std::uint32_t);
  }
  return bytes;
}

}  // namespace wirecopy
