// A boilerplate model as bytes, so that what was learned from one feed serves the next (format in FORMAT.md).
//
//   const ShingleMeaning meaning = shingle_meaning(options);
//   BoilerplateModel model = load_model("model", meaning);
//   const std::string bytes = encode_model(model, meaning);
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <wirecopy/options.hpp>

#include "boilerplate/model.hpp"

namespace wirecopy {

/// All that decides which text a shingle hash represents, apart from the tokeniser itself, whose version and that of
/// Unicode are in the file as well.
struct ShingleMeaning {
  std::uint64_t seed = 1;
  unsigned words = 3;  ///< length of a shingle
  friend bool operator==(const ShingleMeaning&, const ShingleMeaning&) = default;
};
[[nodiscard]] inline ShingleMeaning shingle_meaning(const Options& options) { return {options.seed, options.shingle}; }

/// The bytes of a model: the same for equal models, on every machine.
[[nodiscard]] std::string encode_model(const BoilerplateModel& model, const ShingleMeaning& meaning);

/// Reads them back. Throws Error(state), beginning with `name`, for anything that encode_model() did not write: another
/// file, another version, other parameters (naming the difference), damage, truncation, bytes after the end.
[[nodiscard]] BoilerplateModel decode_model(std::string_view bytes, const ShingleMeaning& meaning,
                                            const std::string& name);

/// The same from a file. Throws Error(io) where it cannot be read.
[[nodiscard]] BoilerplateModel load_model(const std::filesystem::path& path, const ShingleMeaning& meaning);

/// 16 hexadecimal digits that name a model in a summary: its checksum.
[[nodiscard]] std::string checksum_of(std::string_view encoded);

}  // namespace wirecopy
