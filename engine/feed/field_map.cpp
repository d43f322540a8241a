#include "feed/field_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <wirecopy/error.hpp>

namespace wirecopy {

namespace {

// Known field names, in order of preference; a slash leads one level into an object.
constexpr std::string_view kTextNames[] = {"maintext",     "article_text", "articleBody", "body_text",
                                           "bodyText",     "full_text",    "text",        "body",
                                           "content_text", "content",      "raw_content", "description"};
constexpr std::string_view kTitleNames[] = {"title", "headline", "webTitle", "title_page", "name"};
constexpr std::string_view kIdNames[] = {"id", "uuid", "uri", "article_id", "guid", "_id", "doc_id", "@id"};
constexpr std::string_view kDateNames[] = {
    "date_publish",   "datePublished",  "published", "published_at", "publishedAt", "publish_date", "dateTimePub",
    "versioncreated", "versionCreated", "pubDate",   "created",      "date",        "timestamp",    "crawled"};
constexpr std::string_view kSourceNames[] = {"source_domain", "domain",          "hostname",
                                             "/thread/site",  "/source/uri",     "/source/name",
                                             "source",        "/publisher/name", "site_name"};
constexpr std::string_view kUrlNames[] = {"url", "link", "webUrl", "web_url", "canonical_url", "permalink", "href"};
constexpr std::string_view kLanguageNames[] = {"language", "lang", "inLanguage"};

std::vector<FieldPath> default_paths(std::span<const std::string_view> names) {
  std::vector<FieldPath> paths;
  for (const std::string_view path : names) {
    paths.push_back(parse_field_path(path));
    if (path.starts_with('/')) paths.back().name.erase(0, 1);  // shown as "source/name"
  }
  return paths;
}

[[noreturn]] void bad_path(std::string_view text, std::string_view why) {
  throw Error(ErrorKind::usage, fmt::format("field path '{}': {}", text, why));
}

std::string unescape_pointer_step(std::string_view step, std::string_view whole) {
  std::string key;
  for (std::size_t at = 0; at < step.size(); ++at) {
    if (step[at] != '~') {
      key += step[at];
      continue;
    }
    if (++at == step.size() || (step[at] != '0' && step[at] != '1')) bad_path(whole, "'~' must be followed by 0 or 1");
    key += step[at] == '0' ? '~' : '/';
  }
  return key;
}

std::vector<PathStep> pointer_steps(std::string_view text) {
  std::vector<PathStep> steps;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('/', at + 1), text.size());
    steps.push_back({PathStep::Kind::key, unescape_pointer_step(text.substr(at + 1, end - at - 1), text)});
    at = end;
  }
  return steps;
}

std::vector<PathStep> dotted_steps(std::string_view text) {
  std::vector<PathStep> steps;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('.', at), text.size());
    std::string_view key = text.substr(at, end - at);
    std::size_t lists = 0;
    for (; key.ends_with("[]"); ++lists) key.remove_suffix(2);
    if (key.empty()) bad_path(text, "a name is empty");
    steps.push_back({PathStep::Kind::key, std::string(key)});
    steps.insert(steps.end(), lists, PathStep{PathStep::Kind::elements, {}});
    at = end + 1;
  }
  return steps;
}

std::string share(std::string_view name, std::uint64_t count, bool with_count) {
  return with_count ? fmt::format("{} ({})", name, count) : std::string(name);
}

bool mostly(std::uint64_t part, std::uint64_t whole) { return part * 2 > whole; }

}  // namespace

std::string_view name(Role role) {
  static constexpr std::array<std::string_view, kRoles> kNames{"id",  "title",     "text",    "source",
                                                               "url", "published", "language"};
  return kNames[static_cast<std::size_t>(role)];
}

FieldPath parse_field_path(std::string_view text) {
  if (text.empty()) bad_path(text, "is empty");
  return {std::string(text), text.starts_with('/') ? pointer_steps(text) : dotted_steps(text)};
}

std::vector<std::string> keys_of_pointer(std::string_view pointer) {
  std::vector<std::string> keys;
  if (pointer.empty()) return keys;
  if (!pointer.starts_with('/')) {
    throw Error(ErrorKind::usage, fmt::format("'{}' is not a JSON pointer, such as /articles", pointer));
  }
  for (PathStep& step : pointer_steps(pointer)) keys.push_back(std::move(step.key));
  return keys;
}

FieldMap::FieldMap()
    : candidates_{default_paths(kIdNames),      default_paths(kTitleNames), default_paths(kTextNames),
                  default_paths(kSourceNames),  default_paths(kUrlNames),   default_paths(kDateNames),
                  default_paths(kLanguageNames)} {}

void FieldMap::set(Role role, std::string_view path) {
  candidates_[static_cast<std::size_t>(role)] = {parse_field_path(path)};
}

void FieldMap::set_records(std::string_view pointer) {
  (void)keys_of_pointer(pointer);
  records_ = pointer;
}

void FieldUsage::add(const std::array<std::int8_t, kRoles>& used, bool text_cut) {
  ++articles_;
  cut_texts_ += text_cut ? 1 : 0;
  for (std::size_t role = 0; role < kRoles; ++role) {
    if (used[role] >= 0) {
      ++counts_[role][static_cast<std::size_t>(used[role])];
    } else if (used[role] == kOther) {
      ++derived_[role];
    }
  }
}

void FieldUsage::merge(const FieldUsage& other) {
  articles_ += other.articles_;
  cut_texts_ += other.cut_texts_;
  for (std::size_t role = 0; role < kRoles; ++role) {
    derived_[role] += other.derived_[role];
    for (std::size_t at = 0; at < counts_[role].size(); ++at) counts_[role][at] += other.counts_[role][at];
  }
}

bool FieldUsage::has_any(Role role, const FieldMap& map) const {
  for (std::size_t at = 0; at < map.candidates(role).size(); ++at) {
    if (count(role, at) != 0) return true;
  }
  return false;
}

std::string FieldUsage::describe(const FieldMap& map) const {
  std::string line;
  for (const Role role :
       {Role::text, Role::title, Role::id, Role::source, Role::url, Role::published, Role::language}) {
    std::string fields;
    const auto mention = [&](std::string_view field, std::uint64_t times) {
      if (times != 0) fields += (fields.empty() ? "" : " or ") + share(field, times, times != articles_);
    };
    const std::vector<FieldPath>& paths = map.candidates(role);
    for (std::size_t at = 0; at < paths.size(); ++at) mention(paths[at].name, count(role, at));
    mention(role == Role::source ? "host of url"
            : role == Role::url  ? "source"
                                 : "url",
            derived_[static_cast<std::size_t>(role)]);
    if (!fields.empty()) line += fmt::format("{}{} <- {}", line.empty() ? "" : ", ", name(role), fields);
  }
  return line;
}

std::vector<std::string> FieldUsage::warnings(const FieldMap& map) const {
  std::vector<std::string> lines;
  if (articles_ == 0) return lines;
  const std::vector<FieldPath>& paths = map.candidates(Role::text);
  for (std::size_t at = 0; at < paths.size(); ++at) {
    if (paths[at].name == "description" && count(Role::text, at) != 0) {
      lines.push_back(fmt::format("{} of {} articles have no text other than a description, which is often truncated",
                                  count(Role::text, at), articles_));
    }
  }
  if (!has_any(Role::text, map)) lines.emplace_back("no article has a text");
  if (mostly(cut_texts_, articles_)) {
    lines.push_back(
        fmt::format("{} of {} texts end in \"[+... chars]\": their provider truncated them", cut_texts_, articles_));
  }
  return lines;
}

}  // namespace wirecopy
