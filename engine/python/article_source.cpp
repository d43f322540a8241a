#include "python/article_source.hpp"

#include "python/arrow_reader.hpp"
#include "python/running.hpp"

namespace wirecopy::python {
namespace {

void use_block(ArticleBlock& block, const std::function<void(ArticleBlock&)>& use) {
  if (block.articles.empty() && block.rejects.empty()) return;
  without_gil([&] { use(block); });
  block.clear();
  check_signals();
}

void each_dict_block(nb::handle articles, DictReader& reader, std::size_t max_articles,
                     const std::function<void(ArticleBlock&)>& use) {
  ArticleBlock block;
  std::uint64_t row = 0;
  for (const nb::handle article : nb::iter(articles)) {
    reader.read(article, row++, block);
    if (block.is_full(max_articles)) use_block(block, use);
  }
  use_block(block, use);
}

void each_arrow_block(nb::handle articles, const FieldMap& fields, std::size_t max_articles,
                      const std::function<void(ArticleBlock&)>& use) {
  ArrowBatches batches(articles);
  const ArrowArticleReader reader(batches.schema(), fields);
  ArticleBlock block;
  std::uint64_t row = 0;
  while (const ArrowOwner<ArrowArray> batch = without_gil([&] { return batches.next(); })) {
    reader.check(*batch);
    for (std::int64_t i = 0; i < (*batch).length; ++i) {
      reader.read(*batch, i, row++, block);
      if (block.is_full(max_articles)) use_block(block, use);
    }
    use_block(block, use);  // the block views into the batch
  }
}

}  // namespace

void each_block(nb::handle articles, DictReader& dicts, const FieldMap& fields, std::size_t max_articles,
                const std::function<void(ArticleBlock&)>& use) {
  if (is_arrow(articles)) return each_arrow_block(articles, fields, max_articles, use);
  each_dict_block(articles, dicts, max_articles, use);
}

}  // namespace wirecopy::python
