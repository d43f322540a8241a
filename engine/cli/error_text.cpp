#include "cli/error_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/option_error.hpp"
#include "feed/feed_check.hpp"

namespace wirecopy {
namespace {

std::string flag_of(std::string option) {
  std::replace(option.begin(), option.end(), '_', '-');
  return "--" + option;
}

const char* advice(Remedy remedy) {
  switch (remedy) {
    case Remedy::replace:
      return "use --force to replace it";
    case Remedy::resume:
      return "use --resume to continue the run, or remove it";
    case Remedy::other_disk:
      return "choose another disk with --tmp-dir and --out, or raise --memory";
    default:
      return "`index snapshot --incomplete` copies what is left";
  }
}

std::string advice(const UnusableFeed& error) {
  constexpr std::string_view kExpected = "pass --allow-empty if that is expected";
  if (!error.advice()) return std::string(kExpected);
  const FieldAdvice& advice = *error.advice();
  const bool is_text = advice.kind == FieldAdvice::Kind::text;
  return fmt::format("try {}{}, or {}", is_text ? "--field text=" : "--records ", advice.path, kExpected);
}

}  // namespace

std::string error_text(const Error& error) {
  if (const auto* option = dynamic_cast<const OptionError*>(&error)) {
    return fmt::format("{} must be {}", flag_of(option->option()), option->requirement());
  }
  if (const auto* unusable = dynamic_cast<const UnusableFeed*>(&error)) {
    return fmt::format("{}; {}", error.what(), advice(*unusable));
  }
  if (const auto* remediable = dynamic_cast<const RemediableError*>(&error)) {
    return fmt::format("{}; {}", error.what(), advice(remediable->remedy()));
  }
  return error.what();
}

}  // namespace wirecopy
