// Any bytes as a boilerplate model, as they are and with a checksum that matches.
#include "base/hash.hpp"
#include "boilerplate/model_file.hpp"
#include "fuzz/driver/cost.hpp"
#include "fuzz/driver/laws.hpp"
#include "fuzz/driver/target.hpp"

namespace wirecopy::fuzz {
namespace {

constexpr ShingleMeaning kMeaning{7, 3};

/// The model whose last eight bytes are replaced by the checksum of what is before.
std::string sealed(std::string_view bytes) {
  std::string model(bytes.substr(0, bytes.size() - std::min<std::size_t>(bytes.size(), 8)));
  std::uint64_t checksum = Hasher(0).hash64(model);
  for (int byte = 0; byte < 8; ++byte, checksum >>= 8) model += static_cast<char>(checksum);
  return model;
}

/// Sources with shingles, as the bytes say.
BoilerplateModel model_of(std::string_view input) {
  BoilerplateModel model;
  Choices choices(input);
  while (!choices.ended()) {
    std::vector<std::uint64_t> shingles(1 + choices.byte() % 8);
    for (std::uint64_t& shingle : shingles) shingle = choices.number(2);
    const std::string source(choices.bytes(choices.byte() % 16));
    source.empty() ? model.set_shared(ShingleSet(shingles)) : model.set(source, ShingleSet(shingles));
  }
  return model;
}

}  // namespace

std::vector<std::string> seeds() {
  return {encode_model({}, kMeaning), encode_model(model_of("\2\0\7\0\7\0\1\3one\3\0\1\1\1\2\1\1\5other"), kMeaning)};
}

void check_laws(std::string_view input) {
  for (const std::string& bytes : {std::string(input), sealed(input)}) {
    accepts([&] {
      require_cost({}, bytes.size(), [&] {
        require(encode_model(decode_model(bytes, kMeaning, "model"), kMeaning) == bytes, "a model has one encoding");
      });
    });
  }
  const std::string encoded = encode_model(model_of(input), kMeaning);
  require(encode_model(decode_model(encoded, kMeaning, "model"), kMeaning) == encoded, "what was encoded is decoded");
}

}  // namespace wirecopy::fuzz
