#include "boilerplate/model_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>
#include <wirecopy/error.hpp>

#include "base/hash.hpp"
#include "text/normal_form.hpp"

namespace wirecopy {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr ShingleMeaning kMeaning{7, 3};

BoilerplateModel small_model() {
  BoilerplateModel model;
  model.set("b.example", ShingleSet(std::vector<std::uint64_t>{9, 0x0102030405060708}));
  model.set("a.example", ShingleSet(std::vector<std::uint64_t>{5}));
  model.set_shared(ShingleSet(std::vector<std::uint64_t>{11, 10}));
  return model;
}

std::string bytes_of(std::initializer_list<std::string_view> parts) {
  std::string bytes;
  for (const std::string_view part : parts) bytes += part;
  return bytes;
}

std::string with_checksum(std::string bytes) {
  std::uint64_t checksum = Hasher(0).hash64(bytes);
  for (int byte = 0; byte < 8; ++byte, checksum >>= 8) bytes += static_cast<char>(checksum);
  return bytes;
}

std::string message_of(std::string_view bytes, const ShingleMeaning& meaning) {
  try {
    (void)decode_model(bytes, meaning, "m");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::state);
    return error.what();
  }
  return "no error";
}

TEST(ModelFile, HasTheseBytes) {
  using std::string_view_literals::operator""sv;
  std::string unicode(unicode_version());
  unicode.resize(16, '\0');
  const std::string expected = bytes_of({"wcboiler"sv,          "\2\0\0\0"sv,         "\3\0\0\0"sv,
                                         "\7\0\0\0\0\0\0\0"sv,  "\1\0\0\0"sv,         unicode,
                                         "\0\0\0\0"sv,          "\2\0\0\0\0\0\0\0"sv, "\xa\0\0\0\0\0\0\0"sv,
                                         "\xb\0\0\0\0\0\0\0"sv,  // shared boilerplate
                                         "\2\0\0\0\0\0\0\0"sv,  "\x9\0\0\0"sv,        "a.example"sv,
                                         "\1\0\0\0\0\0\0\0"sv,  "\5\0\0\0\0\0\0\0"sv, "\x9\0\0\0"sv,
                                         "b.example"sv,         "\2\0\0\0\0\0\0\0"sv, "\x9\0\0\0\0\0\0\0"sv,
                                         "\x8\7\6\5\4\3\2\1"sv});
  EXPECT_EQ(encode_model(small_model(), kMeaning), with_checksum(expected));
}

// A change of the hash behind the checksum is a change of the format.
TEST(ModelFile, HasThisChecksum) {
  std::string body = encode_model(small_model(), kMeaning);
  body.resize(body.size() - 8);
  body.replace(28, 16, 16, '\0');  // Unicode's version is that of the machine
  EXPECT_EQ(checksum_of(with_checksum(body)), "71717bd2e9d6044c");
}

TEST(ModelFile, GivesTheModelBack) {
  const BoilerplateModel model = decode_model(encode_model(small_model(), kMeaning), kMeaning, "m");
  EXPECT_THAT(model.names(), ElementsAre("a.example", "b.example"));
  EXPECT_THAT(model.of("a.example").sorted(), ElementsAre(5));
  EXPECT_THAT(model.of("b.example").sorted(), ElementsAre(9, 0x0102030405060708));
  EXPECT_THAT(model.shared().sorted(), ElementsAre(10, 11));
  EXPECT_TRUE(decode_model(encode_model({}, kMeaning), kMeaning, "m").empty());
}

TEST(ModelFile, GivesTheSameBytesWhateverTheOrderOfSources) {
  BoilerplateModel forwards, backwards;
  for (int i = 0; i < 100; ++i) {
    const std::vector<std::uint64_t> up{std::uint64_t(i), 1000, 1U << 31}, down{1U << 31, 1000, std::uint64_t(i), 1000};
    forwards.set("source" + std::to_string(i), ShingleSet(up));
    backwards.set("source" + std::to_string(99 - i), ShingleSet(std::vector<std::uint64_t>{1}));
    backwards.set("source" + std::to_string(99 - i), ShingleSet());
  }
  for (int i = 99; i >= 0; --i) {
    backwards.set("source" + std::to_string(i),
                  ShingleSet(std::vector<std::uint64_t>{1U << 31, 1000, std::uint64_t(i)}));
  }
  EXPECT_EQ(encode_model(forwards, kMeaning), encode_model(backwards, kMeaning));
}

TEST(ModelFile, RefusesDamageOfEveryByte) {
  const std::string good = encode_model(small_model(), kMeaning);
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const int change : {0x01, 0x80, 0xff}) {
      std::string damaged = good;
      damaged[at] = static_cast<char>(damaged[at] ^ change);
      EXPECT_THAT(message_of(damaged, kMeaning), HasSubstr("m: ")) << at;
    }
  }
}

TEST(ModelFile, RefusesEveryTruncationAndEveryByteBehindTheEnd) {
  const std::string good = encode_model(small_model(), kMeaning);
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_THAT(message_of(good.substr(0, size), kMeaning), HasSubstr("truncated")) << size;
  }
  EXPECT_THAT(message_of(good + '\0', kMeaning), HasSubstr("checksum"));
  EXPECT_THAT(message_of("{\"id\": 1}", kMeaning), HasSubstr("not a boilerplate model"));
}

TEST(ModelFile, RefusesAShingleThatNoSetHolds) {
  BoilerplateModel model;
  model.set_shared(ShingleSet(std::vector<std::uint64_t>{0}));
  std::string body = encode_model(model, kMeaning);
  body.resize(body.size() - 8);
  const std::size_t shingle = body.find('\1', 48 + 8);  // behind the head and the count: 0 is kept as 1
  body[shingle] = '\0';
  EXPECT_THAT(message_of(with_checksum(body), kMeaning), HasSubstr("out of order"));
}

TEST(ModelFile, RefusesBytesBehindTheVersionOfUnicode) {
  std::string body = encode_model(small_model(), kMeaning);
  body.resize(body.size() - 8);
  body[28 + 15] = 'x';
  EXPECT_THAT(message_of(with_checksum(body), kMeaning), HasSubstr("damaged"));
}

// Damage that comes with a right checksum: nothing in the file is trusted, no size allocated unseen.
TEST(ModelFile, RefusesImpossibleContentUnderARightChecksum) {
  const std::string good = encode_model(small_model(), kMeaning);
  const std::string body = good.substr(0, good.size() - 8);
  for (std::size_t at = 8; at < body.size(); ++at) {
    for (const int change : {0x01, 0x80, 0xff}) {
      std::string changed = body;
      changed[at] = static_cast<char>(changed[at] ^ change);
      try {
        const BoilerplateModel model = decode_model(with_checksum(changed), kMeaning, "m");
        EXPECT_LE(model.sources(), 2U);  // a changed name or hash is as good as any
      } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::state);
      }
    }
  }
  EXPECT_THAT(message_of(with_checksum(body + "x"), kMeaning), HasSubstr("after its end"));
}

TEST(ModelFile, NamesTheParameterThatDiffers) {
  const std::string bytes = encode_model(small_model(), kMeaning);
  EXPECT_THAT(message_of(bytes, {8, 3}), HasSubstr("was made with seed 7, and this run has 8"));
  EXPECT_THAT(message_of(bytes, {7, 5}), HasSubstr("was made with shingles of 3, and this run has 5"));

  const std::string body = bytes.substr(0, bytes.size() - 8);
  std::string other = body;
  other[28] = '9';  // the first digit of Unicode's version
  EXPECT_THAT(message_of(with_checksum(other), kMeaning), HasSubstr("was made with Unicode 9"));
  other = body;
  other[24] = 2;
  EXPECT_THAT(message_of(with_checksum(other), kMeaning), HasSubstr("was made with tokens of version 2"));
  other = body;
  other[8] = 1;
  EXPECT_THAT(message_of(with_checksum(other), kMeaning), HasSubstr("has version 1, and this program reads 2"));
}

TEST(BoilerplateModel, UnitesWhatEitherSays) {
  BoilerplateModel model = small_model(), other;
  other.set("b.example", ShingleSet(std::vector<std::uint64_t>{4, 9}));
  other.set("c.example", ShingleSet(std::vector<std::uint64_t>{1, 2}));
  other.set_shared(ShingleSet(std::vector<std::uint64_t>{11, 12}));
  model.unite(other);
  EXPECT_THAT(model.shared().sorted(), ElementsAre(10, 11, 12));
  EXPECT_THAT(model.names(), ElementsAre("a.example", "b.example", "c.example"));
  EXPECT_THAT(model.of("a.example").sorted(), ElementsAre(5));
  EXPECT_THAT(model.of("b.example").sorted(), ElementsAre(4, 9, 0x0102030405060708));
  EXPECT_THAT(model.of("c.example").sorted(), ElementsAre(1, 2));
  other.unite(model);
  EXPECT_EQ(encode_model(other, kMeaning), encode_model(model, kMeaning));
}

}  // namespace
}  // namespace wirecopy
