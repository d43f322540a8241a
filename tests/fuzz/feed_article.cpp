// Any field map and any line, with parts of it repeated. Input: role=path, a newline, the line.
#include "feed/article_parser.hpp"
#include "feed/block.hpp"
#include "feed/json_object.hpp"
#include "fuzz/driver/cost.hpp"
#include "fuzz/driver/laws.hpp"
#include "fuzz/driver/target.hpp"
#include "reference/strict_json.hpp"

namespace wirecopy::fuzz {
namespace {

FieldMap map_of(std::string_view field) {
  FieldMap map;
  const std::size_t equals = std::min(field.find('='), field.size());
  for (const Role role : kAllRoles) {
    if (field.substr(0, equals) != name(role) || equals == field.size()) continue;
    accepts([&] { map.set(role, field.substr(equals + 1)); });
  }
  return map;
}

/// A copy of the parser's result for a line.
struct Verdict {
  bool is_article = false;
  RejectReason reason{};
  std::vector<std::string> fields;
  std::optional<std::int64_t> published;
  friend bool operator==(const Verdict&, const Verdict&) = default;
};

Verdict verdict(ArticleParser& parser, std::string_view line, std::string_view padding) {
  std::string bytes(line);
  bytes.append(padding);
  Verdict verdict;
  verdict.is_article = parser.parse(std::string_view(bytes).substr(0, line.size()));
  if (!verdict.is_article) {
    verdict.reason = parser.reason();
    return verdict;
  }
  const Article& article = parser.article().article;
  for (const std::string_view field :
       {article.id, article.title, article.text, article.source, article.url, article.language}) {
    verdict.fields.emplace_back(field);
  }
  verdict.published = article.published;
  return verdict;
}

}  // namespace

std::vector<std::string> seeds() { return {}; }

void check_laws(std::string_view input) {
  const std::size_t newline = std::min(input.find('\n'), input.size());
  const FieldMap map = map_of(input.substr(0, newline));
  std::string line = expanded(input.substr(std::min(newline + 1, input.size())));
  std::replace(line.begin(), line.end(), '\n', ' ');
  const std::string zeros(kBlockPadding, '\0'), quotes(kBlockPadding, '"');

  ArticleParser parser(map);
  Verdict first;
  require_cost({}, line.size(), [&] { first = verdict(parser, line, zeros); });
  require(first == verdict(parser, line, zeros), "a parser has no memory of earlier lines");
  require(first.is_article == verdict(parser, line, quotes).is_article, "the bytes after a line do not matter");

  const bool is_json = first.is_article || first.reason == RejectReason::text_type;
  require(is_json == reference::StrictJson::is_object(line, kMaxDepth), "invalid JSON is rejected");
  for (const std::string& field : first.fields) require(reference::StrictJson::is_utf8(field), "fields are UTF-8");
  if (first.published) {
    require(*first.published > -2'300'000'000 && *first.published < 7'300'000'000, "dates are within 1900 to 2200");
  }
  JsonObject object;
  if (is_json && object.read(line)) static_cast<void>(object.text("/text"));
}

}  // namespace wirecopy::fuzz
