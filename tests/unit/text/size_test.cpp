// The maximum size of texts, and how much folding may enlarge them.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>
#include <wirecopy/article.hpp>
#include <wirecopy/error.hpp>

#include "text/tokenizer.hpp"
#include "text/utf8.hpp"

namespace wirecopy {
namespace {

// segmenter.cpp relies on this: folded texts of kMaxTextBytes must fit into the 30 bits of a Segment's position.
TEST(Size, NoCodePointFoldsIntoMoreThanElevenTimesItsSize) {
  SegmenterScratch scratch;
  const ReadBlocks kernel = block_kernel(Kernel::scalar);
  std::size_t worst_bytes = 0, worst_parts = 0;
  for (char32_t code_point = 1; code_point < 0x110000; ++code_point) {
    if (code_point >= 0xD800 && code_point < 0xE000) continue;
    std::string text;
    append_utf8(code_point, text);
    Segmenter segmenter(text, kernel, scratch);
    ASSERT_FALSE(segmenter.advance());
    std::size_t folded = scratch.segments[segmenter.count()] >> 2;
    while (folded > 0 && scratch.folded[folded - 1] == '\0') --folded;  // the separators after the end of a text
    worst_bytes = std::max(worst_bytes, (folded + text.size() - 1) / text.size());
    const auto parts = static_cast<std::size_t>(
        std::count_if(scratch.folded.begin(), scratch.folded.begin() + static_cast<std::ptrdiff_t>(folded),
                      [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }));
    worst_parts = std::max(worst_parts, (parts + text.size() - 1) / text.size());
  }
  EXPECT_EQ(worst_bytes, 11U);  // U+FDFA
  EXPECT_EQ(worst_parts, 6U);   // a code point gives at most as many tokens as it has parts
}

// A text that is too long is never read, so it need not exist.
TEST(Size, TextsAboveTheLimitAreRejected) {
  const Tokenizer tokenizer(1);
  TokenizerScratch scratch;
  std::vector<Token> tokens;
  const std::string longest(kMaxTextBytes, ' ');
  EXPECT_NO_THROW(tokenizer.tokenize(longest, scratch, tokens));
  for (const std::size_t size : {kMaxTextBytes + 1, std::size_t{1} << 32, (std::size_t{1} << 32) + 5}) {
    const std::string_view unread(longest.data(), size);
    try {
      Segmenter(unread, block_kernel(Kernel::scalar), scratch.segmenter);
      ADD_FAILURE() << size;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage);
      EXPECT_NE(std::string_view(error.what()).find(std::to_string(size)), std::string_view::npos);
    }
  }
  EXPECT_TRUE(tokens.empty());
}

}  // namespace
}  // namespace wirecopy
