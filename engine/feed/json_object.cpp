#include "feed/json_object.hpp"

#include <simdjson.h>

namespace wirecopy {

struct JsonObject::State {
  simdjson::dom::parser parser;
  simdjson::dom::element object;

  template <typename Value>
  std::optional<Value> at(std::string_view pointer) const {
    Value value{};
    if (object.at_pointer(pointer).get(value) != simdjson::SUCCESS) return std::nullopt;
    return value;
  }
};

JsonObject::JsonObject() : state_(std::make_unique<State>()) {}
JsonObject::~JsonObject() = default;

bool JsonObject::read(std::string_view json) {
  return state_->parser.parse(json.data(), json.size()).get(state_->object) == simdjson::SUCCESS &&
         state_->object.is_object();
}

std::optional<std::string_view> JsonObject::text(std::string_view pointer) const {
  return state_->at<std::string_view>(pointer);
}
std::optional<std::uint64_t> JsonObject::natural(std::string_view pointer) const {
  return state_->at<std::uint64_t>(pointer);
}
std::optional<double> JsonObject::number(std::string_view pointer) const { return state_->at<double>(pointer); }
std::optional<bool> JsonObject::truth(std::string_view pointer) const { return state_->at<bool>(pointer); }

void JsonObject::for_each(std::string_view pointer, const std::function<void()>& use) {
  simdjson::dom::array elements;
  if (state_->object.at_pointer(pointer).get(elements) != simdjson::SUCCESS) return;
  const simdjson::dom::element outer = state_->object;
  for (const simdjson::dom::element element : elements) {
    state_->object = element;
    use();
  }
  state_->object = outer;
}

}  // namespace wirecopy
