#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>
#include <wirecopy/signature.hpp>

#include "base/kernel.hpp"
#include "sketch/minhash.hpp"
#include "sketch/simhash.hpp"
#include "text/shingler.hpp"
#include "text/tokenizer.hpp"

namespace wirecopy {
namespace {

Options options_of(Method method) {
  Options options;
  options.method = method;
  return options;
}

std::vector<std::uint64_t> shingles_of(std::string_view text, const Options& options) {
  TokenizerScratch scratch;
  std::vector<Token> tokens;
  Tokenizer(options.seed, Kernel::scalar).tokenize(text, scratch, tokens);
  std::vector<std::uint64_t> shingles;
  shingle(tokens, options.shingle, shingles);
  return shingles;
}

const std::vector<std::string_view> kTexts{"the rain in the north fell all day", "", "<p>the rain</p> in the north",
                                           "überall fiel Regen, den ganzen Tag"};

TEST(Signer, MinHashIsThatOfTheShingles) {
  const Options options = options_of(Method::minhash);
  const Signer signer(options);
  ASSERT_EQ(signer.words(), signer.bands() * signer.rows());
  std::vector<std::uint32_t> made(kTexts.size() * signer.words());
  signer.sign(kTexts, made);

  const MinHasher hasher(static_cast<unsigned>(signer.words()), options.seed);
  std::vector<std::uint32_t> expected(signer.words());
  for (std::size_t i = 0; i < kTexts.size(); ++i) {
    hasher.sign(shingles_of(kTexts[i], options), expected);
    const auto begin = made.begin() + static_cast<std::ptrdiff_t>(i * signer.words());
    EXPECT_TRUE(std::equal(expected.begin(), expected.end(), begin)) << kTexts[i];
  }
  EXPECT_EQ(made[signer.words()], MinHasher::kEmpty);
}

TEST(Signer, SimHashIsThatOfTheShingles) {
  const Options options = options_of(Method::simhash);
  const Signer signer(options);
  ASSERT_EQ(signer.words(), 2U);
  std::vector<std::uint32_t> made(kTexts.size() * 2);
  signer.sign(kTexts, made);
  for (std::size_t i = 0; i < kTexts.size(); ++i) {
    const std::uint64_t hash = made[2 * i] | static_cast<std::uint64_t>(made[2 * i + 1]) << 32;
    EXPECT_EQ(hash, simhash(shingles_of(kTexts[i], options))) << kTexts[i];
  }
}

ErrorKind kind_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.kind();
  }
  ADD_FAILURE() << "nothing was thrown";
  return ErrorKind::io;
}

TEST(Signer, RefusesWhatMakesNoSense) {
  EXPECT_EQ(kind_of([] { Signer(options_of(Method::sample)); }), ErrorKind::usage);
  const Signer signer(options_of(Method::minhash));
  std::vector<std::uint32_t> small(signer.words());
  EXPECT_EQ(kind_of([&] { signer.sign(kTexts, small); }), ErrorKind::usage);
}

TEST(Signer, Stops) {
  const Signer signer(options_of(Method::simhash));
  const std::vector<std::string_view> texts(10'000, kTexts.front());
  std::vector<std::uint32_t> room(texts.size() * 2);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(kind_of([&] { signer.sign(texts, room, stop.get_token()); }), ErrorKind::cancelled);
}

TEST(Signer, RefusesTextsThatAreTooLong) {
  const Signer signer(options_of(Method::simhash));
  const std::string_view texts[] = {kTexts[0], {kTexts[0].data(), (std::size_t{1} << 32) + 8}};
  std::vector<std::uint32_t> made(2 * signer.words());
  try {
    signer.sign(texts, made);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
  }
}

}  // namespace
}  // namespace wirecopy
