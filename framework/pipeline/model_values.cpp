// SPDX-License-Identifier: Apache-2.0
#include "pipeline/model_values.hpp"

#include <nlohmann/json.hpp>

namespace steppe::model_values {
namespace {

using Json = nlohmann::json;

constexpr int kDeepest = 16;

// Looks at the nesting before the parser, which is recursive, builds anything.
class DepthGauge : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool key(string_t&) override { return true; }
  bool start_object(std::size_t) override { return ++depth_ <= kDeepest; }
  bool end_object() override { return depth_-- > 0; }
  bool start_array(std::size_t) override { return ++depth_ <= kDeepest; }
  bool end_array() override { return depth_-- > 0; }
  bool parse_error(std::size_t, const std::string&, const Json::exception&) override {
    return false;
  }

 private:
  int depth_ = 0;
};

}  // namespace

void refuse(const std::string& what) { throw Contradiction{what}; }

bool is_shallow_cbor(std::string_view body) {
  DepthGauge gauge;
  return Json::sax_parse(body.begin(), body.end(), &gauge, Json::input_format_t::cbor);
}

const Json& member(const Json& object, const char* name) {
  if (!object.is_object()) refuse(std::string("what should hold \"") + name + "\" is not a map");
  const auto found = object.find(name);
  if (found == object.end()) refuse(std::string("\"") + name + "\" is missing");
  return *found;
}

const Json& list(const Json& value, const char* name) {
  if (!value.is_array()) refuse(std::string("\"") + name + "\" is not a list");
  return value;
}
const Json& list_in(const Json& object, const char* name) {
  return list(member(object, name), name);
}

const Json& entry(const Json& record, std::size_t index) {
  if (!record.is_array() || index >= record.size()) refuse("a record is too short");
  return record[index];
}

std::string text(const Json& value) {
  if (!value.is_string()) refuse("a text is something else");
  return value.get<std::string>();
}

std::int64_t integer(const Json& value, std::int64_t low, std::int64_t high) {
  if (!value.is_number_integer()) refuse("a whole number is something else");
  if (value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX) {
    refuse("a whole number is out of range");
  }
  const auto number = value.get<std::int64_t>();
  if (number < low || number > high) refuse("a whole number is out of range");
  return number;
}

std::size_t count(const Json& value) {
  return static_cast<std::size_t>(integer(value, 0, std::int64_t{1} << 40));
}

std::size_t index(const Json& value, std::size_t limit) {
  const std::size_t out = count(value);
  if (out >= limit) refuse("a number refers to nothing");
  return out;
}

double number(const Json& value) {
  if (!value.is_number()) refuse("a number is something else");
  return value.get<double>();
}

bool flag(const Json& value) {
  if (!value.is_boolean()) refuse("a flag is something else");
  return value.get<bool>();
}

std::string bytes(const Json& value) {
  if (!value.is_binary()) refuse("bytes are something else");
  const auto& binary = value.get_binary();
  return {binary.begin(), binary.end()};
}

std::int64_t any_integer(const Json& value) { return integer(value, INT64_MIN, INT64_MAX); }

}  // namespace steppe::model_values
