#include "pipeline/block_texts.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "pipeline/article_text.hpp"

namespace wirecopy {
namespace {

/// White space folded, at most `characters` code points.
std::string folded(std::string_view text, std::size_t characters) {
  std::string out;
  std::size_t count = 0;
  bool is_space_due = false;
  for (const char c : text) {
    const bool is_space = c == ' ' || (c >= '\t' && c <= '\r');
    const bool is_continuation = (static_cast<unsigned char>(c) & 0xc0) == 0x80;
    if (is_space) {
      is_space_due = !out.empty();
      continue;
    }
    if (!is_continuation && (count += 1U + is_space_due) > characters) break;
    if (is_space_due) out += ' ';
    is_space_due = false;
    out += c;
  }
  return out;
}

}  // namespace

/// Cuts the stream of copied lines into lines again, and cuts the blocks out of them.
class BlockTexts::Lines : public ByteSink {
 public:
  Lines(const Corpus& corpus, const Options& options, const FieldMap& fields, const BlockLimits& limits,
        std::vector<BoilerplateBlock*> blocks, Kernel kernel)
      : corpus_(corpus),
        options_(options),
        limits_(limits),
        reader_(options, fields, kernel),
        by_example_(std::move(blocks)) {
    std::stable_sort(by_example_.begin(), by_example_.end(), [](const BoilerplateBlock* a, const BoilerplateBlock* b) {
      return a->example < b->example;  // articles are numbered in the order of the feed
    });
    for (const BoilerplateBlock* block : by_example_) {
      if (examples_.empty() || examples_.back() != block->example) examples_.push_back(block->example);
    }
  }

  [[nodiscard]] std::span<const ArticleId> examples() const { return examples_; }

  void write(std::string_view bytes) override {
    while (!bytes.empty()) {
      if (is_newline_due_ && bytes.front() == '\n') bytes.remove_prefix(1);
      is_newline_due_ = false;
      if (next_ == examples_.size()) return;
      const std::size_t length = corpus_.record(examples_[next_]).place.length;
      const std::string_view taken = bytes.substr(0, length - line_.size());
      line_ += taken;
      bytes.remove_prefix(taken.size());
      if (line_.size() == length) end_line();
    }
  }

 private:
  void end_line() {
    is_newline_due_ = !line_.ends_with('\n');  // the copier adds one to the last line of an input
    while (line_.ends_with('\n') || line_.ends_with('\r')) line_.pop_back();
    const std::size_t size = line_.size();
    line_.append(kBlockPadding, '\0');
    if (reader_.read(std::string_view(line_).substr(0, size))) cut_blocks(examples_[next_]);
    line_.clear();
    ++next_;
  }

  void cut_blocks(ArticleId example) {
    const auto total = static_cast<std::uint32_t>(corpus_.compared_tokens(example, options_.title).size());
    while (at_ < by_example_.size() && by_example_[at_]->example < example) ++at_;
    for (; at_ < by_example_.size() && by_example_[at_]->example == example; ++at_) {
      BoilerplateBlock& block = *by_example_[at_];
      block.text = folded(reader_.passage(block.tokens, total, 8 * limits_.characters), limits_.characters);
    }
  }

  const Corpus& corpus_;
  const Options& options_;
  BlockLimits limits_;
  ArticleTextReader reader_;
  std::vector<BoilerplateBlock*> by_example_;
  std::vector<ArticleId> examples_;
  std::size_t at_ = 0;    // in by_example_
  std::size_t next_ = 0;  // in examples_
  std::string line_;
  bool is_newline_due_ = false;
};

BlockTexts::BlockTexts(const Corpus& corpus, const Options& options, const FieldMap& fields, const BlockLimits& limits,
                       std::vector<BoilerplateBlock*> blocks, Kernel kernel)
    : lines_(std::make_unique<Lines>(corpus, options, fields, limits, std::move(blocks), kernel)) {}
BlockTexts::~BlockTexts() = default;

std::span<const ArticleId> BlockTexts::examples() const { return lines_->examples(); }
ByteSink& BlockTexts::sink() { return *lines_; }

}  // namespace wirecopy
