#include "report/read_text.hpp"

#include <algorithm>
#include <string_view>

#include "feed/block.hpp"
#include "text/alignment.hpp"
#include "text/shingler.hpp"

namespace wirecopy {
namespace {

constexpr std::size_t kMaxUrl = 300;
constexpr std::size_t kMaxAdded = 900, kHead = 500, kTail = 250;  // bytes shown of an added passage

bool is_link(std::string_view url) {
  return url.size() <= kMaxUrl && (url.starts_with("https://") || url.starts_with("http://"));
}

std::uint32_t words_of(std::span<const Token> tokens) {
  std::uint32_t quarters = 0;
  for (const Token token : tokens) quarters += quarter_words(kind_of(token));
  return (quarters + 2) / 4;
}

/// Length in UTF-16 code units of well-formed UTF-8.
std::size_t utf16_length(std::string_view text) {
  std::size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xc0) != 0x80 ? 1 : 0;
    units += byte >= 0xf0 ? 1 : 0;
  }
  return units;
}

std::string_view piece(const ReadText& text, std::size_t begin, std::size_t end) {
  const std::size_t from = begin < text.begins.size() ? text.begins[begin] : text.text.size();
  const std::size_t to = end < text.begins.size() ? text.begins[end] : text.text.size();
  return std::string_view(text.text).substr(from, to - from);
}

bool is_number(std::string_view token) { return !token.empty() && token.front() >= '0' && token.front() <= '9'; }

/// The nearest start of a character at or before `at`.
std::size_t character_before(std::string_view text, std::size_t at) {
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) --at;
  return at;
}

/// Drops equal runs of a word or two between differences that are at least as long: a shared "to the" carries no
/// information.
std::vector<AlignedRun> without_specks(const std::vector<AlignedRun>& runs, const ReadText& first,
                                       const ReadText& second) {
  constexpr std::uint32_t kSpeckWords = 2;
  std::vector<AlignedRun> kept;
  std::size_t i = 0, j = 0;  // after the last run that is kept
  for (std::size_t at = 0; at < runs.size(); ++at) {
    const AlignedRun& run = runs[at];
    const std::size_t next_first = at + 1 < runs.size() ? runs[at + 1].first : first.tokens.size();
    const std::size_t next_second = at + 1 < runs.size() ? runs[at + 1].second : second.tokens.size();
    const std::size_t before = std::max(run.first - i, run.second - j);
    const std::size_t after = std::max(next_first - run.first, next_second - run.second) - run.length;
    const bool is_short = words_of(std::span(first.tokens).subspan(run.first, run.length)) <= kSpeckWords;
    if (is_short && before >= run.length && after >= run.length) continue;
    kept.push_back(run);
    i = run.first + run.length, j = run.second + run.length;
  }
  return kept;
}

/// Writes edits; merges consecutive edits of the same kind.
class EditWriter {
 public:
  EditWriter(JsonWriter& json, const ReadText& first, const ReadText& second)
      : json_(json), first_(first), second_(second) {
    json_.begin_array();
  }

  void write() {
    std::size_t i = 0, j = 0;
    for (const AlignedRun& run : without_specks(align(first_.tokens, second_.tokens), first_, second_)) {
      differ(i, run.first, j, run.second);
      for (i = run.first, j = run.second; i < run.first + run.length; ++i, ++j) match(i, j);
    }
    differ(i, first_.tokens.size(), j, second_.tokens.size());
    flush();
    json_.end_array();
  }

 private:
  void match(std::size_t i, std::size_t j) {
    const bool is_equal = piece(first_, i, i + 1) == piece(second_, j, j + 1);
    take(is_equal ? Edit::equal : Edit::respelt, i, i + 1, j, j + 1);
  }

  void differ(std::size_t i, std::size_t i_end, std::size_t j, std::size_t j_end) {
    if (i_end - i == j_end - j) {
      for (; i < i_end && is_number(piece(first_, i, i + 1)) && is_number(piece(second_, j, j + 1)); ++i, ++j) {
        take(Edit::number, i, i + 1, j, j + 1);
      }
    }
    for (; i < i_end; ++i) take(Edit::cut, i, i + 1, j, j);
    for (; j < j_end; ++j) take(Edit::added, i, i, j, j + 1);
  }

  void take(Edit edit, std::size_t i, std::size_t i_end, std::size_t j, std::size_t j_end) {
    unsigned code = static_cast<unsigned>(edit);
    if (i < i_end && first_.boilerplate[i] != 0) code |= kFirstIgnores;
    if (j < j_end && second_.boilerplate[j] != 0) code |= kSecondIgnores;
    if (code != code_) {
      flush();
      code_ = code, i_ = i, j_ = j;
    }
    i_end_ = i_end, j_end_ = j_end;
  }

  void flush() {
    if (code_ == kNone) return;
    const auto edit = static_cast<Edit>(code_ % kFirstIgnores);
    const std::string_view cut = piece(first_, i_, i_end_), added = piece(second_, j_, j_end_);
    if (edit == Edit::added) {
      write_added(added);
    } else {
      json_.value(code_).value(utf16_length(cut));
      if (edit == Edit::respelt || edit == Edit::number) json_.value(added);
    }
    code_ = kNone;
  }

  void write_added(std::string_view added) {
    if (added.size() <= kMaxAdded) {
      json_.value(code_).value(added);
      return;
    }
    const std::size_t head = character_before(added, kHead), tail = character_before(added, added.size() - kTail);
    const double share = static_cast<double>(tail - head) / static_cast<double>(added.size());
    const auto words = words_of(std::span(second_.tokens).subspan(j_, j_end_ - j_));
    json_.value(code_).value(added.substr(0, head));
    json_.value(static_cast<unsigned>(Edit::left_out)).value(static_cast<std::uint64_t>(share * words));
    json_.value(code_).value(added.substr(tail));
  }

  static constexpr unsigned kNone = ~0U;

  JsonWriter& json_;
  const ReadText& first_;
  const ReadText& second_;
  unsigned code_ = kNone;
  std::size_t i_ = 0, i_end_ = 0, j_ = 0, j_end_ = 0;
};

}  // namespace

ReadText TextReader::read(ArticleId article, const std::string& line) {
  padded_ = line;
  padded_.append(kBlockPadding, '\0');
  ReadText read;
  if (!reader_.read(std::string_view(padded_).substr(0, line.size()))) return read;
  read.language = std::string(reader_.article().language);
  if (is_link(reader_.article().url)) read.url = std::string(reader_.article().url);

  const ComparedText compared = feed_.profiles().text(article);
  read.words = words_of(compared.tokens);
  const std::vector<ByteRange>& places = reader_.places();
  const std::string& text = reader_.text();
  std::size_t count = std::min(places.size(), compared.tokens.size());
  if (text.size() > ReadText::kMaxBytes) {
    read.is_cut = true;
    while (count > 0 && places[count - 1].end > ReadText::kMaxBytes) --count;
  }
  read.text = read.is_cut ? text.substr(0, count > 0 ? places[count - 1].end : 0) : text;
  read.tokens.assign(compared.tokens.begin(), compared.tokens.begin() + static_cast<std::ptrdiff_t>(count));
  for (std::size_t i = 0; i < count; ++i) {
    read.begins.push_back(i == 0 ? 0 : std::max<std::uint32_t>(read.begins.back(), places[i].begin));
  }
  read.boilerplate.assign(count, 0);
  for (const TokenRange& range : tokens_of_shingles(compared.tokens, feed_.options().shingle, compared.boilerplate)) {
    for (std::size_t i = range.begin; i < std::min<std::size_t>(range.end, count); ++i) read.boilerplate[i] = 1;
  }
  return read;
}

void add_edits(JsonWriter& json, const ReadText& first, const ReadText& second) {
  EditWriter(json, first, second).write();
}

void add_text(JsonWriter& json, const ReadText& text) {
  json.begin_object().member("x", text.text).member("w", text.words);
  if (text.is_cut) json.member("cut", 1);
  json.key("b").begin_array();
  std::size_t at = 0;  // in UTF-16 code units
  for (std::size_t i = 0; i < text.tokens.size();) {
    std::size_t end = i + 1;
    while (end < text.tokens.size() && text.boilerplate[end] == text.boilerplate[i]) ++end;
    const std::size_t length = utf16_length(piece(text, i, end));
    if (text.boilerplate[i] != 0) json.value(at).value(length);
    at += length;
    i = end;
  }
  json.end_array().end_object();
}

}  // namespace wirecopy
