#include "evaluate/labels.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <system_error>

#include "evaluate/label_file.hpp"

namespace wirecopy::evaluate {
namespace {

constexpr std::string_view kArticlesFile = "articles.jsonl";

/// The number of the article with this id.
std::uint32_t article_of(const LabelFile& file, const LabelValue& id, std::string_view key, NameTable& ids) {
  if (id.is_absent()) file.fail(fmt::format("no {}", key));
  if (!id.is_name()) file.fail(fmt::format("{} is neither text nor a number", key));
  return ids.intern(id.text);
}

/// The entry for `article`; grows the vector if necessary.
std::uint32_t& entry_for(std::vector<std::uint32_t>& groups, std::uint32_t article, std::uint32_t fallback) {
  if (article >= groups.size()) groups.resize(article + 1, fallback);
  return groups[article];
}

void set_group(Grouping& grouping, std::uint32_t article, std::string_view group) {
  std::uint32_t& entry = entry_for(grouping.group_of, article, kUnnamed);
  const bool is_new = entry == kUnnamed;
  ++(is_new ? grouping.named : grouping.repeated_ids);
  if (!group.empty()) {
    entry = grouping.groups.intern(group);
  } else if (is_new) {
    entry = kAlone;
  }
}

/// The name of the group in a line; empty if there is none.
std::string_view group_in(const LabelFile& file, const LabelValue& group, std::string_view key) {
  if (group.is_absent()) return {};
  if (!group.is_name()) file.fail(fmt::format("{} is neither text nor a number", key));
  return group.text;
}

void read_json_cluster(LabelFile& file, NameTable& ids, Grouping& clusters) {
  constexpr std::array<std::string_view, 2> kKeys{"id", "cluster"};
  std::array<LabelValue, 2> values;
  file.parse(kKeys, values);
  set_group(clusters, article_of(file, values[0], "id", ids), group_in(file, values[1], "cluster"));
}

void read_tab_separated_cluster(const LabelFile& file, NameTable& ids, Grouping& clusters) {
  const std::string_view line = file.line();
  const std::size_t tab = line.find('\t');
  if (tab == 0) file.fail("no id");
  set_group(clusters, ids.intern(line.substr(0, tab)), tab == line.npos ? std::string_view() : line.substr(tab + 1));
}

PairLabel label_of(const LabelFile& file, const LabelValue& value) {
  for (const PairLabel label : {PairLabel::copy, PairLabel::partial, PairLabel::different}) {
    if (value.kind == LabelValue::Kind::text && value.text == name(label)) return label;
  }
  file.fail("label must be copy, partial or different");
}

double weight_of(const LabelFile& file, const LabelValue& value) {
  if (value.is_absent()) return 1;
  if (value.kind != LabelValue::Kind::number || !(value.number >= 0) || std::isinf(value.number)) {
    file.fail("weight must be a number, 0 or more");
  }
  return value.number;
}

}  // namespace

Grouping read_clusters(const std::filesystem::path& result, NameTable& ids) {
  std::error_code ignored;
  LabelFile file(std::filesystem::is_directory(result, ignored) ? result / kArticlesFile : result);
  Grouping clusters;
  while (file.next()) {
    if (file.is_json()) {
      read_json_cluster(file, ids, clusters);
    } else {
      read_tab_separated_cluster(file, ids, clusters);
    }
  }
  return clusters;
}

Truth read_truth(const std::filesystem::path& path, NameTable& ids) {
  constexpr std::array<std::string_view, 3> kKeys{"id", "story", "edit"};
  LabelFile file(path);
  Truth truth;
  std::array<LabelValue, 3> values;
  while (file.next()) {
    file.parse(kKeys, values);
    const auto& [id, story, edit] = values;
    if (story.kind == LabelValue::Kind::missing) file.fail("no story");
    const std::uint32_t article = article_of(file, id, "id", ids);
    set_group(truth.stories, article, group_in(file, story, "story"));
    const std::string_view edited = group_in(file, edit, "edit");
    if (!edited.empty()) entry_for(truth.edit_of, article, kAlone) = truth.edits.intern(edited);
  }
  return truth;
}

std::string_view name(PairLabel label) {
  constexpr std::array<std::string_view, 3> kNames{"copy", "partial", "different"};
  return kNames[static_cast<std::size_t>(label)];
}

std::vector<LabelledPair> read_pairs(const std::filesystem::path& path, NameTable& ids) {
  constexpr std::array<std::string_view, 5> kKeys{"a", "b", "label", "weight", "stratum"};
  LabelFile file(path);
  std::vector<LabelledPair> pairs;
  std::array<LabelValue, 5> values;
  while (file.next()) {
    file.parse(kKeys, values);
    const auto& [a, b, label, weight, stratum] = values;
    LabelledPair& pair = pairs.emplace_back();
    pair.a = article_of(file, a, "a", ids);
    pair.b = article_of(file, b, "b", ids);
    if (pair.a == pair.b) file.fail("a and b are the same article");
    pair.label = label_of(file, label);
    pair.weight = weight_of(file, weight);
    pair.stratum = stratum.text;
  }
  return pairs;
}

}  // namespace wirecopy::evaluate
