// A result directory, read for what its own commands need of it.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>
#include <wirecopy/options.hpp>

#include "boilerplate/model.hpp"
#include "feed/field_map.hpp"

namespace wirecopy {

/// A regular file that was read, as it was then.
struct ReadInput {
  std::uint64_t size = 0;
  std::string digest;    ///< of its FileIdentity, as hexadecimal digits
  std::string articles;  ///< article_digests() of it, likewise
};

/// How a file differs from the one that was read (feed/file_identity.hpp), for a message; empty if it does not. Throws
/// Error(io) where it is gone or cannot be read.
[[nodiscard]] std::string difference(const std::string& file, const ReadInput& before);

/// What summary.json says of how the result came about.
struct ResultParameters {
  Options options;  ///< method and what belongs to it, threshold, shingle, seed, title, boilerplate, within, keep (an
                    ///< order of sources apart); the others by default
  FieldMap fields;
  std::vector<std::string> input_names;     ///< all that was read, in order
  std::map<std::string, ReadInput> inputs;  ///< regular files that were read, by name
};

/// What articles.jsonl says of an article.
struct ResultArticle {
  std::string id;
  std::string file;
  std::uint64_t line = 0;
  std::optional<std::string> cluster;
  bool kept = true;
};

/// The bytes of summary.json. Throws Error(usage) where `result` holds none, Error(io).
[[nodiscard]] std::string read_summary(const std::filesystem::path& result);

/// Throws as read_summary(), and Error(state) where it cannot be understood.
[[nodiscard]] ResultParameters read_parameters(const std::filesystem::path& result);

/// The boilerplate that the run ignored; none if it ignored none. Throws as load_model().
[[nodiscard]] BoilerplateModel read_model(const std::filesystem::path& result, const Options& options);

/// Finds two articles by id or, for ids that no article has, by "file:line". Throws Error(usage) for a name that fits
/// no article or several (naming their places), Error(state) for damaged lines, Error(io).
[[nodiscard]] std::array<ResultArticle, 2> find_articles(const std::filesystem::path& result,
                                                         const std::array<std::string, 2>& names);

/// Reads the lines of articles from the feed again, of which `records` is FieldMap::records(), without line ends and
/// followed by kBlockPadding zero bytes that do not count. Throws Error(usage) for standard input, Error(io) where a
/// file is gone, is too short or cannot be read.
[[nodiscard]] std::array<std::string, 2> read_lines_again(const std::array<ResultArticle, 2>& articles,
                                                          const std::string& records);

}  // namespace wirecopy
