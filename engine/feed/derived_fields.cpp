#include "feed/derived_fields.hpp"

#include <algorithm>
#include <cstddef>

#include "feed/address.hpp"

namespace wirecopy {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Deriver {
 public:
  Deriver(ParsedArticle& parsed, char* room) : parsed_(parsed), room_(room) {}

  char* run() {
    Article& article = parsed_.article;
    if (is_url(article.source)) {
      if (article.url.empty()) derive(Role::url, article.url, article.source);
      article.source = host(article.source);
    } else if (article.source.empty()) {
      derive(Role::source, article.source, host(article.url));
    }
    if (article.id.empty()) derive(Role::id, article.id, article.url);
    return room_;
  }

 private:
  void derive(Role role, std::string_view& to, std::string_view from) {
    to = from;
    if (!from.empty()) parsed_.used[static_cast<std::size_t>(role)] = FieldUsage::kOther;
  }

  std::string_view host(std::string_view url) {
    const std::string_view result = host_of(url, room_);
    room_ += url.size();
    return result;
  }

  ParsedArticle& parsed_;
  char* room_;
};

}  // namespace

char* derive_fields(ParsedArticle& parsed, char* room) { return Deriver(parsed, room).run(); }

bool ends_cut(std::string_view text) {
  static constexpr std::string_view kTail = " chars]";
  if (!text.ends_with(kTail)) return false;
  text.remove_suffix(kTail.size());
  const std::size_t plus = text.rfind("[+");
  if (plus == std::string_view::npos || plus + 2 == text.size()) return false;
  return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(plus) + 2, text.end(), is_digit);
}

}  // namespace wirecopy
