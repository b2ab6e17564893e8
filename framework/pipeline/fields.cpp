// SPDX-License-Identifier: Apache-2.0
#include "pipeline/fields.hpp"

#include <algorithm>
#include <charconv>

#include "core/nearest.hpp"

namespace steppe {
namespace {

using Kind = JsonValue::Kind;

bool is_kind(const Field& field, Kind kind, std::string_view expected, FaultList& faults) {
  if (field.value->kind == kind) return true;
  refuse_type(field, expected, faults);
  return false;
}

// What a value of the wrong type is: `"12" is a string`, `an empty list`, `null`.
std::string described(const JsonValue& value) {
  const bool no_text = value.written.empty() && value.text.empty();
  if (value.kind == Kind::kNull) return "null";
  if (value.kind == Kind::kString && no_text) return "an empty string";
  if (value.kind == Kind::kArray && value.items.empty()) return "an empty list";
  if (value.kind == Kind::kString && value.text.empty()) return shown(value) + " is empty";
  return shown(value) + " is " + std::string(name_of(value.kind));
}

// A known word that is near; a single letter is near to nothing.
std::string near_word(const std::string& word, const std::vector<std::string>& words) {
  return word.size() < 2 ? "" : nearest(word, words);
}

bool is_whole(std::string_view token) {
  return token.find_first_of(".eE") == std::string_view::npos;
}

// The number's token as an integer of type T.
template <typename T>
std::optional<T> exact_integer(const Field& field, std::string_view expected, FaultList& faults) {
  const bool number = field.value->kind == Kind::kNumber;
  if (!number || !is_whole(field.value->text)) {
    const std::string given =
        number ? shown(*field.value) + " is not a whole number" : described(*field.value);
    faults.refuse("J5", field.where(), given + "; expected " + std::string(expected));
    return std::nullopt;
  }
  const std::string& token = field.value->text;
  T value{};
  const auto read = std::from_chars(token.data(), token.data() + token.size(), value);
  if (read.ec == std::errc() && read.ptr == token.data() + token.size()) return value;
  const bool negative = read.ec == std::errc::invalid_argument;  // for an unsigned number
  faults.refuse(negative ? "J5" : "J6", field.where(),
                shown(*field.value) + " is out of range; expected " + std::string(expected));
  return std::nullopt;
}

}  // namespace

Field member(const Field& object, std::string_view key) {
  if (!object || object.value->kind != Kind::kObject) return {};
  const std::size_t index = object.value->find(key);
  if (index == JsonValue::npos) return {};
  return {&object.value->members[index].value, path_of_member(object.path, key)};
}

Field item(const Field& list, std::size_t index) {
  return {&list.value->items[index], path_of_item(list.path, index)};
}

Field required(const Field& object, std::string_view key, std::string_view expected,
               FaultList& faults) {
  Field field = member(object, key);
  if (!field) {
    faults.refuse("J11", object.where(),
                  "missing key " + steppe::quoted(key) + "; expected " + std::string(expected));
  }
  return field;
}

void refuse_type(const Field& field, std::string_view expected, FaultList& faults) {
  faults.refuse("J11", field.where(),
                described(*field.value) + "; expected " + std::string(expected));
}

bool is_object(const Field& field, std::string_view expected, FaultList& faults) {
  return is_kind(field, Kind::kObject, expected, faults);
}

std::optional<std::string> read_text(const Field& field, std::string_view expected,
                                     FaultList& faults) {
  if (field.value->kind == Kind::kString && !field.value->text.empty()) return field.value->text;
  refuse_type(field, expected, faults);
  return std::nullopt;
}

std::optional<bool> read_truth(const Field& field, std::string_view expected, FaultList& faults) {
  if (!is_kind(field, Kind::kBoolean, expected, faults)) return std::nullopt;
  return field.value->boolean;
}

std::optional<std::int64_t> read_integer(const Field& field, std::string_view expected,
                                         FaultList& faults) {
  return exact_integer<std::int64_t>(field, expected, faults);
}

std::optional<std::uint64_t> read_unsigned(const Field& field, std::string_view expected,
                                           FaultList& faults) {
  return exact_integer<std::uint64_t>(field, expected, faults);
}

std::optional<double> read_number(const Field& field, std::string_view expected,
                                  FaultList& faults) {
  if (!is_kind(field, Kind::kNumber, expected, faults)) return std::nullopt;
  const std::string& token = field.value->text;
  double value = 0;
  const auto read = std::from_chars(token.data(), token.data() + token.size(), value);
  if (read.ec == std::errc()) return value;
  faults.refuse(
      "J6", field.where(),
      shown(*field.value) + " cannot be held by a double; expected " + std::string(expected));
  return std::nullopt;
}

std::optional<std::vector<std::string>> read_names(const Field& field, std::string_view expected,
                                                   FaultList& faults) {
  if (field.value->kind == Kind::kString) {
    const auto name = read_text(field, expected, faults);
    if (!name) return std::nullopt;
    return std::vector<std::string>{*name};
  }
  if (field.value->kind != Kind::kArray || field.value->items.empty()) {
    refuse_type(field, expected, faults);
    return std::nullopt;
  }
  std::vector<std::string> names;
  bool complete = true;
  for (std::size_t i = 0; i < field.value->items.size(); ++i) {
    const Field element = item(field, i);
    const auto name = read_text(element, expected, faults);
    complete = complete && name.has_value();
    if (!name) continue;
    if (std::find(names.begin(), names.end(), *name) != names.end()) {
      faults.refuse("J11", element.where(), shown(*element.value) + " is given twice; remove one");
      complete = false;
    }
    names.push_back(*name);
  }
  if (!complete) return std::nullopt;
  return names;
}

std::optional<std::size_t> read_choice(const Field& field, const std::vector<std::string>& choices,
                                       FaultList& faults) {
  const std::string expected = "one of " + quoted_list(choices);
  if (!is_kind(field, Kind::kString, expected, faults)) return std::nullopt;
  const auto found = std::find(choices.begin(), choices.end(), field.value->text);
  if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  const std::string near = near_word(field.value->text, choices);
  faults.refuse("J11", field.where(),
                shown(*field.value) + " is not known; expected " + expected +
                    (near.empty() ? "" : "; did you mean " + steppe::quoted(near) + "?"));
  return std::nullopt;
}

void refuse_unknown_keys(const Field& object, const std::vector<std::string>& valid,
                         std::string_view owner, FaultList& faults) {
  constexpr std::size_t kSuggested = 20;  // a suggestion costs time; a file of rubbish gets few
  std::size_t unknown = 0;
  for (const JsonMember& candidate : object.value->members) {
    if (std::find(valid.begin(), valid.end(), candidate.key) != valid.end()) continue;
    const Where where = {candidate.position, path_of_member(object.path, candidate.key)};
    if (refuse_special_key(candidate.key, where, faults)) continue;
    const bool suggest = ++unknown <= kSuggested;
    faults.refuse("J10", where,
                  "unknown key " + steppe::quoted(candidate.key) + " " + std::string(owner) +
                      (suggest ? suggestion(candidate.key, valid) : ""));
  }
}

bool refuse_special_key(const std::string& key, const Where& where, FaultList& faults) {
  static const std::vector<std::string> plugin_keys = {
      "plugin",      "plugins",     "plugin_dir",         "plugin_dirs", "plugin_directory",
      "plugin_path", "plugin_file", "plugin_directories", "library"};
  static const std::vector<std::string> later_keys = {"intervals"};
  if (std::find(plugin_keys.begin(), plugin_keys.end(), key) != plugin_keys.end()) {
    faults.deny("J17", where,
                steppe::quoted(key) +
                    ": a pipeline may not name plugin files or directories; give them " +
                    "with --plugin-dir or STEPPE_PLUGIN_PATH");
    return true;
  }
  if (std::find(later_keys.begin(), later_keys.end(), key) == later_keys.end()) return false;
  faults.not_available("J10", where, steppe::quoted(key) + " is not available in this version");
  return true;
}

std::string suggestion(const std::string& word, const std::vector<std::string>& words) {
  if (words.empty()) return "";
  const std::string near = near_word(word, words);
  if (!near.empty()) return "; did you mean " + steppe::quoted(near) + "?";
  return "; valid are " + quoted_list(words);
}

std::string quoted_list(const std::vector<std::string>& words) {
  constexpr std::size_t kShown = 30;
  std::string out;
  for (std::size_t i = 0; i < words.size() && i < kShown; ++i) {
    out += (i == 0 ? "" : ", ") + steppe::quoted(words[i]);
  }
  return words.size() > kShown ? out + ", ..." : out;
}

}  // namespace steppe
