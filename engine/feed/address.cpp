#include "feed/address.hpp"

#include <algorithm>

namespace wirecopy {

namespace {

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr bool is_scheme_character(char c) {
  return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

// The text after "scheme://" or "//"; empty for anything else.
std::string_view after_scheme(std::string_view text) {
  const std::size_t slashes = text.find("//");
  if (slashes == std::string_view::npos) return {};
  std::string_view scheme = text.substr(0, slashes);
  if (!scheme.empty()) {
    if (scheme.size() < 2 || scheme.back() != ':') return {};
    scheme.remove_suffix(1);
    if (!std::all_of(scheme.begin(), scheme.end(), is_scheme_character)) return {};
  }
  return text.substr(slashes + 2);
}

std::string_view host_part(std::string_view text) {
  std::string_view host = text.substr(0, text.find_first_of("/?#\\ \t\r\n"));
  if (const std::size_t user = host.rfind('@'); user != std::string_view::npos) host.remove_prefix(user + 1);
  if (host.starts_with('[')) {  // an IPv6 address
    const std::size_t bracket = host.find(']');
    return bracket == std::string_view::npos ? std::string_view{} : host.substr(0, bracket + 1);
  }
  host = host.substr(0, host.find(':'));
  while (host.ends_with('.')) host.remove_suffix(1);
  return host;
}

}  // namespace

bool is_url(std::string_view text) { return !host_part(after_scheme(text)).empty(); }

std::string_view host_of(std::string_view url, char* to) {
  const std::string_view host = host_part(after_scheme(url));
  std::transform(host.begin(), host.end(), to, lower);
  std::string_view result(to, host.size());
  if (result.starts_with("www.") && result.size() > 4) result.remove_prefix(4);
  return result;
}

}  // namespace wirecopy
