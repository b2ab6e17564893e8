// SPDX-License-Identifier: Apache-2.0
#include "pipeline/expand_environment.hpp"

#include <string_view>

#include "core/utf8.hpp"

namespace steppe {
namespace {

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; }

bool is_variable_name(std::string_view name) {
  if (name.empty() || !is_letter(name.front())) return false;
  for (const char c : name) {
    if (!is_letter(c) && !(c >= '0' && c <= '9')) return false;
  }
  return true;
}

class Expander {
 public:
  Expander(const Environment& environment, FaultList& faults)
      : environment_(environment), faults_(faults) {}

  void visit(JsonValue& value, const std::string& path) {
    if (value.kind == JsonValue::Kind::kString) expand(value, path);
    for (std::size_t i = 0; i < value.items.size(); ++i) {
      visit(value.items[i], path_of_item(path, i));
    }
    for (JsonMember& member : value.members) {
      visit(member.value, path_of_member(path, member.key));
    }
  }

 private:
  void expand(JsonValue& value, const std::string& path) {
    if (value.text.find("${") == std::string::npos) return;
    std::string_view rest = value.text;
    std::string out;
    for (std::size_t at = rest.find("${"); at != std::string_view::npos; at = rest.find("${")) {
      const std::size_t end = rest.find('}', at);
      const std::string name(rest.substr(at + 2, end == std::string_view::npos ? 0 : end - at - 2));
      const auto text = look_up(name, {value.position, path});
      if (!text) return;
      out += rest.substr(0, at);
      out += *text;
      rest.remove_prefix(end + 1);
    }
    out += rest;
    value.written = std::move(value.text);
    value.text = std::move(out);
  }

  std::optional<std::string> look_up(const std::string& name, const Where& where) {
    if (!is_variable_name(name)) {
      faults_.refuse("J16", where, "\"${\" without a variable's name; write ${NAME}");
      return std::nullopt;
    }
    std::optional<std::string> value = environment_ ? environment_(name) : std::nullopt;
    if (!value) {
      faults_.refuse("J16", where,
                     "the environment variable " + name + " is not set; set it or write the value");
    } else if (!is_valid_utf8(*value)) {
      faults_.refuse("J16", where, "the environment variable " + name + " does not hold UTF-8");
      return std::nullopt;
    }
    return value;
  }

  const Environment& environment_;
  FaultList& faults_;
};

}  // namespace

void expand_environment(JsonValue& root, const Environment& environment, FaultList& faults) {
  Expander(environment, faults).visit(root, "");
}

}  // namespace steppe
