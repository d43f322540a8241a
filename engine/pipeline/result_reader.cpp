#include "pipeline/result_reader.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string_view>
#include <utility>
#include <wirecopy/error.hpp>

#include "boilerplate/model_file.hpp"
#include "feed/block_reader.hpp"
#include "feed/json_object.hpp"

namespace wirecopy {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostPlaces = 5;
constexpr std::size_t kMaxLine = std::size_t{1} << 30;  // the largest that a run can have accepted

[[noreturn]] void damaged(const fs::path& path, std::string_view what) {
  throw Error(ErrorKind::state, fmt::format("{}: {}", path.native(), what));
}

std::string place_of(const ResultArticle& article) { return fmt::format("{}:{}", article.file, article.line); }

ResultArticle article_of(const JsonObject& line, std::string_view id, const fs::path& path) {
  const auto file = line.text("/file");
  const auto number = line.natural("/line");
  const auto kept = line.truth("/kept");
  if (!file || !number || !kept) damaged(path, "a line does not say where its article stands");
  ResultArticle article{std::string(id), std::string(*file), *number, std::nullopt, *kept};
  if (const auto cluster = line.text("/cluster")) article.cluster = std::string(*cluster);
  return article;
}

/// The articles that a name may mean.
struct Search {
  std::string name;
  std::vector<ResultArticle> by_id;  // kMostPlaces at most
  std::size_t with_id = 0;
  std::optional<ResultArticle> by_place;

  void look_at(const JsonObject& line, std::string_view id, std::string_view file, std::uint64_t number,
               const fs::path& path) {
    if (id == name) {
      if (++with_id <= kMostPlaces) by_id.push_back(article_of(line, id, path));
    } else if (!by_place && name.starts_with(file) && name == fmt::format("{}:{}", file, number)) {
      by_place = article_of(line, id, path);
    }
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

Method method_named(std::string_view text, const fs::path& path) {
  for (const Method method : {Method::sample, Method::minhash, Method::simhash, Method::exact}) {
    if (text == name(method)) return method;
  }
  damaged(path, fmt::format("unknown method \"{}\"", text));
}

/// The lines of these numbers, by rising number; a line that is missing, or was none that can be read, stays empty.
std::vector<std::string> lines_of(const std::string& file, const std::vector<std::uint64_t>& numbers) {
  std::error_code failure;
  if (!fs::is_regular_file(file, failure)) {
    throw Error(ErrorKind::io, fmt::format("{}: {}; the feed that the result was made from is read again, by the names "
                                           "that the run was given",
                                           file, fs::exists(file, failure) ? "cannot be read twice" : "no such file"));
  }
  BlockReader::Options options;
  options.max_line = kMaxLine;
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

ResultParameters read_parameters(const fs::path& result) {
  const fs::path path = result / "summary.json";
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ErrorKind::usage, fmt::format("{} is no result: it has no summary.json", result.native()));
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  JsonObject summary;
  if (!summary.read(bytes)) damaged(path, "not a JSON object");

  const auto method = summary.text("/parameters/method");
  const auto threshold = summary.number("/parameters/threshold");
  const auto shingle = summary.natural("/parameters/shingle");
  const auto seed = summary.natural("/parameters/seed");
  const auto title = summary.truth("/parameters/title");
  const auto boilerplate = summary.text("/parameters/boilerplate");
  if (!method || !threshold || !shingle || !seed || !title || !boilerplate) damaged(path, "parameters are missing");

  ResultParameters parameters;
  Options& options = parameters.options;
  options.method = method_named(*method, path);
  options.threshold = *threshold;
  options.shingle = static_cast<unsigned>(std::min<std::uint64_t>(*shingle, UINT32_MAX));
  options.seed = *seed;
  options.title = *title;
  options.boilerplate = *boilerplate != "off";
  for (const Role role : kAllRoles) {
    const auto field = summary.text(fmt::format("/parameters/fields/{}", name(role)));
    if (field) parameters.fields.set(role, *field);
  }
  for (const Keep keep : {Keep::first, Keep::earliest, Keep::credited}) {
    if (summary.text("/parameters/keep") == name(keep)) options.keep = keep;
  }
  validate(options);
  if (method == name(Method::minhash)) options.recall = summary.number("/parameters/recall").value_or(options.recall);
  if (method == name(Method::simhash)) {
    options.distance = static_cast<unsigned>(summary.natural("/parameters/distance").value_or(options.distance));
  }
  summary.for_each("/inputs", [&] { parameters.input_names.emplace_back(summary.text("").value_or("")); });
  for (std::size_t i = 0; summary.text(fmt::format("/run/inputs/{}/file", i)); ++i) {
    const std::string at = fmt::format("/run/inputs/{}", i);
    const auto size = summary.natural(at + "/size"), modified = summary.natural(at + "/modified_ns");
    if (size && modified) {
      parameters.inputs[std::string(*summary.text(at + "/file"))] = {*size, static_cast<std::int64_t>(*modified)};
    }
  }
  return parameters;
}

InputState state_of(const std::string& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return {};
  return {static_cast<std::uint64_t>(status.st_size),
          std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec};
}

BoilerplateModel read_model(const fs::path& result, const Options& options) {
  if (!options.boilerplate) return {};
  return load_model(result / "boilerplate.model", {options.seed, options.shingle});
}

std::array<ResultArticle, 2> find_articles(const fs::path& result, const std::array<std::string, 2>& names) {
  const fs::path path = result / "articles.jsonl";
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ErrorKind::io, path.native() + ": cannot open");
  std::array<Search, 2> searches;
  for (std::size_t i = 0; i < names.size(); ++i) searches[i].name = names[i];
  JsonObject object;
  for (std::string line; std::getline(file, line);) {
    if (!object.read(line)) damaged(path, "a line is no JSON object");
    const auto id = object.text("/id"), name = object.text("/file");
    const auto number = object.natural("/line");
    if (!id || !name || !number) damaged(path, "a line does not say where its article stands");
    for (Search& search : searches) search.look_at(object, *id, *name, *number, path);
  }
  if (file.bad()) throw Error(ErrorKind::io, path.native() + ": cannot read");
  return {searches[0].result(result), searches[1].result(result)};
}

std::array<std::string, 2> read_lines_again(const std::array<ResultArticle, 2>& articles) {
  std::array<std::string, 2> lines;
  for (const ResultArticle& article : articles) {
    if (article.file != "-") continue;
    throw Error(ErrorKind::usage, "the feed came from standard input, which cannot be read again");
  }
  if (articles[0].file == articles[1].file) {
    const std::size_t first = articles[0].line <= articles[1].line ? 0 : 1;
    std::vector<std::string> both = lines_of(articles[0].file, {articles[first].line, articles[1 - first].line});
    lines[first] = std::move(both[0]);
    lines[1 - first] = std::move(both[1]);
  } else {
    for (std::size_t i = 0; i < 2; ++i) lines[i] = lines_of(articles[i].file, {articles[i].line}).front();
  }
  return lines;
}

}  // namespace wirecopy
