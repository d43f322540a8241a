// Turns a JSON document, such as an array of articles, into lines: one per article, each where it was.
//
// Problem: a reader of lines can be parallel, resumed, and bounded in memory, and all of it is tested. An array may be
// pretty-printed, its articles are separated by commas, and they may be members of an answer of an API.
// Idea: a filter that keeps the number of bytes. What separates articles becomes a line end or spaces; a line break
// inside an article becomes '\r', which is white space in JSON and no line end here; everything else is unchanged. So
// the offset of every byte is that in the document, and all that reads lines works as before.
// Why it is correct: the filter tracks strings, escapes and brackets only. It never decides whether an article is
// valid; the parser of lines does, and a line break inside a string (which JSON forbids) remains an invalid character.
// A missing comma, or a bracket that closes nothing, spoils one article and not the rest.
// Cost: one pass over the bytes, in place; strings are skipped by a table.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wirecopy {

/// How the articles of an input are laid out.
enum class Layout : std::uint8_t {
  lines,     ///< one object per line
  document,  ///< an array of objects, objects that span lines, or an array inside an object
};

/// The layout by the first bytes, or nothing if more bytes are needed and `is_all` is false. `records` is a JSON
/// pointer to the array of articles; empty: the document is the array.
[[nodiscard]] std::optional<Layout> layout_of(std::string_view head, std::string_view records, bool is_all);

/// Not thread-safe.
class DocumentLines {
 public:
  /// `records` as in layout_of(). Throws Error(usage) for a pointer that is none (RFC 6901).
  explicit DocumentLines(std::string_view records);

  /// Filters the next bytes of the document in place.
  void filter(std::span<char> bytes);
  /// After the last byte: why the document is not complete, if so.
  [[nodiscard]] std::optional<std::string> damage() const;

 private:
  /// The containers that are open. Those deeper than kMaxKept are counted only; their article is rejected anyway.
  class Nesting {
   public:
    void open(char bracket);
    void close() { --depth_; }
    /// Closes the innermost container above `floor` that fits the bracket, with all in it; nothing if none fits.
    void close_matching(char bracket, std::size_t floor);
    [[nodiscard]] std::size_t depth() const { return depth_; }
    [[nodiscard]] bool is_array() const { return depth_ <= kMaxKept && arrays_[depth_]; }

   private:
    static constexpr std::size_t kMaxKept = 1023;
    std::bitset<kMaxKept + 1> arrays_;
    std::size_t depth_ = 0;
  };
  static constexpr std::size_t kOutside = SIZE_MAX;

  char* filter_string(char* at, char* end);
  void filter_outside(char& byte);
  void filter_between(char& byte);
  void filter_inside(char& byte);
  void begin_string();
  void end_string();
  void open_outside(char bracket);
  void close_outside();
  void next_element_outside();
  void begin_records();
  void end_records();
  void end_line(char& byte);
  void blank(char& byte);

  std::string records_;
  std::vector<std::string> steps_;    // of the pointer
  std::vector<std::size_t> indices_;  // of the elements in the containers on the path, if those are arrays
  Nesting nesting_;
  std::size_t level_;        // depth between articles; kOutside: not in an array of articles
  std::size_t matched_ = 0;  // steps that lead to the innermost open container on the path
  bool was_found_ = false;   // an array of articles
  bool in_string_ = false;
  bool is_escaped_ = false;   // the last byte was a backslash in a string
  bool is_key_ = false;       // the string is a key of a container on the path
  bool expects_key_ = false;  // the next string is one
  bool takes_step_ = false;   // the next value is on the path
  bool has_content_ = false;  // there is something in the current line
  std::string key_;
  std::size_t blanks_ = 0;    // in the current line, which has no content
  std::size_t position_ = 0;  // up to the end of a byte order mark
};

/// Appends a line of a document as a line of its own: without white space at its ends, and without white space outside
/// strings where that spans lines. The line must be valid JSON.
void append_compact(std::string_view line, std::string& out);

}  // namespace wirecopy
