#include "spill/sketch_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>
#include <wirecopy/error.hpp>

#include "spill/sketch_copy.hpp"
#include "spill/sketch_writer.hpp"
#include "unit/base/temporary_directory.hpp"

namespace wirecopy {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

ArticleRecord record(std::uint32_t first_token, std::uint32_t tokens) {
  ArticleRecord made;
  made.first_token = first_token;
  made.text_tokens = tokens;
  made.first_byte = 0;
  made.id_bytes = 2;
  made.source = SourceId{0};
  return made;
}

SketchBlock block_of(Token token) {
  SketchBlock block;
  block.records = {record(0, 2), record(2, 1)};
  block.tokens = {token, token + 1, token + 2};
  block.strings = "id";
  block.sources = {"a.example", "b.example"};
  block.samples = {7, 8, 9};
  return block;
}

class SketchFileTest : public testing::Test {
 protected:
  [[nodiscard]] SketchParameters parameters() const {
    SketchParameters made;
    made.max_line = 1000;
    made.inputs = {{"one.jsonl"}, {"two.jsonl"}};
    return made;
  }

  [[nodiscard]] InputRecord input(std::size_t which, std::uint64_t size) const {
    InputRecord made;
    made.input = parameters().inputs[which];
    made.identity.regular = true;
    made.identity.size = 3;
    made.identity.windows[5] = 4;
    made.size = size;
    return made;
  }

  static FeedCounts counts(std::uint64_t articles, std::uint64_t rejected) {
    FeedCounts made;
    made.articles = articles;
    made.rejected = rejected;
    made.reasons[0] = rejected;
    return made;
  }

  /// Three chunks of two inputs, and the last chunk.
  void write_all_chunks(SketchWriter& writer) const {
    const std::vector<InputRecord> first{input(0, 10)}, second{input(0, 20), input(1, 5)}, last{input(1, 9)};
    writer.append(view_of(block_of(1)), counts(2, 0), "", {0, 10, 3}, true, first);
    writer.append(view_of(block_of(10)), counts(2, 1), "reject\n", {1, 5, 2}, true, second);
    writer.append(view_of(block_of(20)), counts(2, 0), "", {1, 9, 4}, false, last);
    writer.finish(last);
  }

  [[nodiscard]] std::string content() const {
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void set_content(const std::string& bytes) const {
    std::ofstream(path_, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  }

  struct Read {
    std::vector<Token> tokens;
    std::string rejects;
    SketchTotals totals;
    bool is_finished = false;
    bool is_whole = false;
  };
  [[nodiscard]] Read read() const {
    Read all;
    SketchFile file(path_);
    for (SketchChunk chunk; file.next(chunk, SketchFile::Check::checksums);) {
      all.tokens.insert(all.tokens.end(), chunk.sketch.tokens.begin(), chunk.sketch.tokens.end());
      all.rejects += chunk.rejects;
      add_totals(all.totals, chunk);
      all.is_finished = chunk.is_last;
    }
    all.is_whole = file.is_at_end();
    return all;
  }

  TemporaryDirectory directory_;
  std::string path_ = directory_.path() / "sketch";
};

TEST_F(SketchFileTest, ReturnsWhatWasWritten) {
  {
    SketchWriter writer(path_, parameters());
    write_all_chunks(writer);
  }
  const Read all = read();
  EXPECT_EQ(all.tokens, (std::vector<Token>{1, 2, 3, 10, 11, 12, 20, 21, 22}));
  EXPECT_EQ(all.rejects, "reject\n");
  EXPECT_EQ(all.totals.counts.articles, 6U);
  EXPECT_EQ(all.totals.counts.rejected, 1U);
  EXPECT_TRUE(all.is_finished);
  EXPECT_TRUE(all.is_whole);
  ASSERT_EQ(all.totals.end.records.size(), 2U);
  EXPECT_EQ(all.totals.end.records[0].size, 20U);
  EXPECT_EQ(all.totals.end.records[0].identity, input(0, 20).identity);
  EXPECT_EQ(all.totals.end.records[1].size, 9U);
}

// A writer that is stopped at the beginning leaves a part of the header, or nothing.
TEST_F(SketchFileTest, CannotResumeFromATornHeader) {
  EXPECT_FALSE(has_complete_header(path_));
  { SketchWriter writer(path_, parameters()); }
  ASSERT_TRUE(has_complete_header(path_));
  for (std::uintmax_t size = std::filesystem::file_size(path_); size-- > 0;) {
    std::filesystem::resize_file(path_, size);
    EXPECT_FALSE(has_complete_header(path_)) << size;
  }
}

TEST_F(SketchFileTest, RoundTripsOptionsAndFields) {
  SketchParameters given = parameters();
  given.options.threshold = 0.625;
  given.options.recall = 0.9;
  given.options.method = Method::minhash;
  given.options.seed = 99;
  given.options.title = true;
  given.options.shingle = 5;
  given.fields.set(Role::text, "/a/b");
  SketchWriter(path_, given).finish({});
  const SketchFile file(path_);
  const Options options = read_options(file.parameters());
  EXPECT_EQ(options.threshold, 0.625);
  EXPECT_EQ(options.recall, 0.9);
  EXPECT_EQ(options.method, Method::minhash);
  EXPECT_EQ(options.seed, 99U);
  EXPECT_TRUE(options.title);
  EXPECT_EQ(options.shingle, 5U);
  EXPECT_EQ(file.inputs(), given.inputs);
  ASSERT_EQ(read_fields(file.parameters()).candidates(Role::text).size(), 1U);
  EXPECT_EQ(read_fields(file.parameters()).candidates(Role::text)[0].name, "/a/b");
  EXPECT_EQ(read_fields(file.parameters()).candidates(Role::id).size(), FieldMap().candidates(Role::id).size());
}

TEST_F(SketchFileTest, AllowsAnyByteInNames) {
  SketchParameters given = parameters();
  given.inputs = {{"two\nlines"}, {"a\ninput b"}, {"\n"}, {"caf\xe9"}, {"input x\n"}};
  given.fields.set(Role::text, "a\\n\nfield-id b");
  SketchWriter(path_, given).finish({});
  const SketchFile file(path_);
  EXPECT_EQ(file.inputs(), given.inputs);
  EXPECT_EQ(file.parameters(), given.describe());
  EXPECT_EQ(read_fields(file.parameters()).candidates(Role::text)[0].name, "a\\n\nfield-id b");
  EXPECT_EQ(read_fields(file.parameters()).candidates(Role::id).size(), FieldMap().candidates(Role::id).size());
  EXPECT_TRUE(SketchWriter::reopen(path_, given).is_finished());
}

TEST_F(SketchFileTest, ACopyDoesNotChangeWithItsFile) {
  {
    SketchWriter writer(path_, parameters());
    write_all_chunks(writer);
  }
  const FileDescriptor copy = copy_sketch_file(path_, directory_.path(), {});
  SketchFile file(copy.get(), path_);
  ASSERT_EQ(::truncate(path_.c_str(), 0), 0);
  std::size_t tokens = 0;
  for (SketchChunk chunk; file.next(chunk, SketchFile::Check::checksums);) tokens += chunk.sketch.tokens.size();
  EXPECT_EQ(tokens, 9U);
  EXPECT_TRUE(file.is_at_end());
}

TEST_F(SketchFileTest, ContinuesAfterTheLastResumableChunk) {
  SketchWriter(path_, parameters()).finish({});
  const std::size_t head = content().size();
  {
    SketchWriter writer(path_, parameters());
    write_all_chunks(writer);
  }
  const std::string whole = content();
  for (std::size_t size = whole.size() - 1; size > 0; size -= std::min<std::size_t>(size, 61)) {
    ASSERT_EQ(::truncate(path_.c_str(), static_cast<off_t>(size)), 0);
    try {
      SketchWriter writer = SketchWriter::reopen(path_, parameters());
      EXPECT_FALSE(writer.is_finished());
      const FeedPosition at = writer.totals().end.position;
      const std::uint64_t articles = writer.totals().counts.articles;
      EXPECT_TRUE((at.offset == 0 && articles == 0) || (at.offset == 10 && articles == 2) ||
                  (at.offset == 5 && articles == 4))
          << at.offset;
      EXPECT_LE(writer.bytes(), size);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::state) << error.what();
      EXPECT_LT(size, head);
    }
  }
  set_content(whole);
  EXPECT_TRUE(SketchWriter::reopen(path_, parameters()).is_finished());
}

TEST_F(SketchFileTest, NoticesDamageAtAnyByte) {
  {
    SketchWriter writer(path_, parameters());
    write_all_chunks(writer);
  }
  const std::string whole = content();
  std::uint64_t unnoticed = 0;
  std::fstream file(path_, std::ios::binary | std::ios::in | std::ios::out);
  const auto put = [&](std::size_t at, char byte) { file.seekp(static_cast<std::streamoff>(at)).put(byte).flush(); };
  for (std::size_t at = 0; at < whole.size(); ++at) {
    put(at, static_cast<char>(whole[at] ^ 0x10));
    try {
      const Read all = read();
      if (all.is_whole && all.is_finished) ++unnoticed;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::state) << error.what();
    }
    put(at, whole[at]);
  }
  EXPECT_LT(unnoticed, 8U) << "only the padding of the header to a multiple of eight bytes may change";
}

TEST_F(SketchFileTest, NamesParametersThatDiffer) {
  { SketchWriter writer(path_, parameters()); }
  SketchParameters other = parameters();
  other.options.threshold = 0.75;
  try {
    static_cast<void>(SketchWriter::reopen(path_, other));
    FAIL() << "another threshold was accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::state);
    EXPECT_THAT(error.what(), HasSubstr("was made with threshold 0.5, not 0.75"));
  }
  other = parameters();
  other.inputs[1].name = "three.jsonl";
  try {
    static_cast<void>(SketchWriter::reopen(path_, other));
    FAIL() << "another input was accepted";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("was made with input two.jsonl, not three.jsonl"));
  }
}

TEST_F(SketchFileTest, AllowsOnlyOneWriterAtATime) {
  const SketchWriter first(path_, parameters());
  try {
    const SketchWriter second(path_, parameters());
    FAIL() << "two writers";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_THAT(error.what(), StartsWith(path_));
  }
}

TEST_F(SketchFileTest, RejectsOtherFiles) {
  for (const std::string& bytes : {std::string(), std::string("{}\n"), std::string(4096, 'x'), std::string(64, '\0')}) {
    set_content(bytes);
    EXPECT_THROW(SketchFile file(path_), Error) << bytes.size();
  }
}

}  // namespace
}  // namespace wirecopy
