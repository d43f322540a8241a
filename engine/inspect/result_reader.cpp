#include "inspect/result_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <wirecopy/error.hpp>

#include "base/file_name_text.hpp"
#include "base/line_file.hpp"
#include "base/names.hpp"
#include "boilerplate/model_file.hpp"
#include "feed/block_reader.hpp"
#include "feed/file_identity.hpp"
#include "feed/json_object.hpp"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxPlaces = 5;

[[noreturn]] void damaged(const fs::path& path, std::string_view what) {
  throw Error(ErrorKind::state, fmt::format("{}: {}", path.native(), what));
}

std::string place_of(const ResultArticle& article) { return fmt::format("{}:{}", article.file, article.line); }

ResultArticle article_of(const JsonObject& line, std::string_view id, const fs::path& path) {
  const auto file = line.text("/file");
  const auto number = line.natural("/line");
  const auto kept = line.truth("/kept");
  if (!file || !number || !kept) damaged(path, "a line does not give the position of its article");
  ResultArticle article{std::string(id), file_name_of_text(*file), *number, std::nullopt, *kept};
  if (const auto cluster = line.text("/cluster")) article.cluster = std::string(*cluster);
  return article;
}

/// The articles that a name may mean.
struct Search {
  explicit Search(const std::string& given) : name(given), as_text(text_of_file_name(given)) {}

  std::string name;
  std::string as_text;               // where a name of a file in it was given as it is, not as results write it
  std::vector<ResultArticle> by_id;  // kMaxPlaces at most
  std::size_t with_id = 0;
  std::optional<ResultArticle> by_place;

  void look_at(const JsonObject& line, std::string_view id, std::string_view file, std::uint64_t number,
               const fs::path& path) {
    if (id == name || id == as_text) {
      if (++with_id <= kMaxPlaces) by_id.push_back(article_of(line, id, path));
    } else if (!by_place && (is_place(name, file, number) || is_place(as_text, file, number))) {
      by_place = article_of(line, id, path);
    }
  }

  static bool is_place(std::string_view text, std::string_view file, std::uint64_t number) {
    return text.starts_with(file) && text == fmt::format("{}:{}", file, number);
  }

  [[nodiscard]] ResultArticle result(const fs::path& directory) const {
    if (with_id == 1) return by_id.front();
    if (with_id == 0 && by_place) return *by_place;
    if (with_id == 0) {
      throw Error(ErrorKind::usage, fmt::format("{}: no article has the id \"{}\"", directory.native(), name));
    }
    std::string places;
    for (const ResultArticle& article : by_id) places += (places.empty() ? "" : ", ") + place_of(article);
    throw Error(ErrorKind::usage,
                fmt::format("{}: {} articles have the id \"{}\"; name one by its file and line: {}{}",
                            directory.native(), with_id, name, places, with_id > by_id.size() ? ", ..." : ""));
  }
};

/// The lines of these numbers, by ascending number; a line that is missing, or was none that can be read, stays empty.
std::vector<std::string> lines_of(const std::string& file, const std::vector<std::uint64_t>& numbers,
                                  const std::string& records) {
  std::error_code failure;
  if (!fs::is_regular_file(file, failure)) {
    throw Error(ErrorKind::io, fmt::format("{}: {}; the feed that the result was made from is read again, by the names "
                                           "that the run was given",
                                           file, fs::exists(file, failure) ? "cannot be read twice" : "no such file"));
  }
  BlockReader::Options options;
  options.max_line = kMaxLineLimit;
  options.records = records;
  BlockReader reader({Input{file}}, options);
  std::vector<std::string> lines(numbers.size());
  std::size_t next = 0;
  for (Block block; next < numbers.size() && reader.next(block);) {
    if (block.kind != Block::Kind::lines) continue;
    if (numbers[next] >= block.first_line + block.line_count) continue;
    LineCursor cursor(block);
    for (Line line; next < numbers.size() && cursor.next(line);) {
      while (next < numbers.size() && line.number == numbers[next]) lines[next++] = line.bytes;
    }
  }
  return lines;
}

}  // namespace

std::string read_summary(const fs::path& result) {
  const fs::path path = result / "summary.json";
  std::error_code ignored;
  if (fs::exists(path, ignored)) return read_whole_file(path);
  throw Error(ErrorKind::usage, fmt::format("{} is not a result directory: it has no summary.json", result.native()));
}

ResultParameters read_parameters(const fs::path& result) {
  const fs::path path = result / "summary.json";
  JsonObject summary;
  if (!summary.read(read_summary(result))) damaged(path, "not a JSON object");

  const auto method = summary.text("/parameters/method");
  const auto threshold = summary.number("/parameters/threshold");
  const auto shingle = summary.natural("/parameters/shingle");
  const auto seed = summary.natural("/parameters/seed");
  const auto title = summary.truth("/parameters/title");
  const auto boilerplate = summary.text("/parameters/boilerplate");
  if (!method || !threshold || !shingle || !seed || !title || !boilerplate) damaged(path, "parameters are missing");

  ResultParameters parameters;
  Options& options = parameters.options;
  const auto known_method = method_named(*method);
  if (!known_method) damaged(path, fmt::format("unknown method \"{}\"", *method));
  options.method = *known_method;
  options.threshold = *threshold;
  options.shingle = static_cast<unsigned>(std::min<std::uint64_t>(*shingle, UINT32_MAX));
  options.seed = *seed;
  options.title = *title;
  options.boilerplate = *boilerplate != "off";
  options.within = static_cast<std::int64_t>(summary.natural("/parameters/within").value_or(0));
  for (const Role role : kAllRoles) {
    const auto field = summary.text(fmt::format("/parameters/fields/{}", name(role)));
    if (field) parameters.fields.set(role, *field);
  }
  parameters.fields.set_records(summary.text("/parameters/records").value_or(""));
  const auto keep = keep_named(summary.text("/parameters/keep").value_or(""));
  if (keep && *keep != Keep::source_order) options.keep = *keep;  // a summary does not record the preferred sources
  validate(options);
  if (method == name(Method::minhash)) options.recall = summary.number("/parameters/recall").value_or(options.recall);
  if (method == name(Method::simhash)) {
    options.distance = static_cast<unsigned>(summary.natural("/parameters/distance").value_or(options.distance));
  }
  summary.for_each("/inputs",
                   [&] { parameters.input_names.push_back(file_name_of_text(summary.text("").value_or(""))); });
  summary.for_each("/run/inputs", [&] {
    const auto name = summary.text("/file"), digest = summary.text("/digest"), articles = summary.text("/articles");
    const auto size = summary.natural("/size");
    if (!name || !size || !digest || !articles) return;
    parameters.inputs[file_name_of_text(*name)] = {*size, std::string(*digest), std::string(*articles)};
  });
  return parameters;
}

std::string difference(const std::string& file, const ReadInput& before) {
  const FileIdentity now = identity_of(file);
  if (!now.regular) return "it is no regular file";
  if (now.size != before.size) return fmt::format("it has {} bytes, not {}", now.size, before.size);
  const Digest digest = now.digest();
  const bool is_same = fmt::format("{:016x}{:016x}", digest.high, digest.low) == before.digest;
  return is_same ? std::string() : "its bytes are not the same";
}

BoilerplateModel read_model(const fs::path& result, const Options& options) {
  if (!options.boilerplate) return {};
  return load_model(result / "boilerplate.model", shingle_meaning(options));
}

std::array<ResultArticle, 2> find_articles(const fs::path& result, const std::array<std::string, 2>& names) {
  const fs::path path = result / "articles.jsonl";
  LineFile file(path);
  std::array<Search, 2> searches{Search(names[0]), Search(names[1])};
  JsonObject object;
  for (std::string line; file.next(line);) {
    if (!object.read(line)) damaged(path, "a line is no JSON object");
    const auto id = object.text("/id"), name = object.text("/file");
    const auto number = object.natural("/line");
    if (!id || !name || !number) damaged(path, "a line does not give the position of its article");
    for (Search& search : searches) search.look_at(object, *id, *name, *number, path);
  }
  return {searches[0].result(result), searches[1].result(result)};
}

std::array<std::string, 2> read_lines_again(const std::array<ResultArticle, 2>& articles, const std::string& records) {
  std::array<std::string, 2> lines;
  for (const ResultArticle& article : articles) {
    if (article.file != "-") continue;
    throw Error(ErrorKind::usage, "the feed came from standard input, which cannot be read again");
  }
  if (articles[0].file == articles[1].file) {
    const std::size_t first = articles[0].line <= articles[1].line ? 0 : 1;
    std::vector<std::string> both =
        lines_of(articles[0].file, {articles[first].line, articles[1 - first].line}, records);
    lines[first] = std::move(both[0]);
    lines[1 - first] = std::move(both[1]);
  } else {
    for (std::size_t i = 0; i < 2; ++i) lines[i] = lines_of(articles[i].file, {articles[i].line}, records).front();
  }
  return lines;
}

}  // namespace wirecopy
