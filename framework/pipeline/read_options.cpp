// SPDX-License-Identifier: Apache-2.0
#include "pipeline/read_options.hpp"

#include <algorithm>
#include <cmath>
#include <compare>
#include <filesystem>
#include <optional>
#include <utility>

#include "pipeline/option_line.hpp"

namespace steppe {
namespace {

using Kind = JsonValue::Kind;

// Exact, where converting the integer to a double would round.
std::partial_ordering compare(std::int64_t value, double bound) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  if (bound >= kTwoTo63) return std::partial_ordering::less;
  if (bound < -kTwoTo63) return std::partial_ordering::greater;
  const double whole = std::floor(bound);
  const auto integer = static_cast<std::int64_t>(whole);
  if (value == integer && whole < bound) return std::partial_ordering::less;
  return value <=> integer;
}
std::partial_ordering compare(double value, double bound) { return value <=> bound; }

template <typename T>
bool in_range(T value, const OptionDescription& option) {
  if (option.minimum) {
    const auto order = compare(value, *option.minimum);
    if (order < 0 || (order == 0 && option.exclusive_minimum)) return false;
  }
  if (!option.maximum) return true;
  const auto order = compare(value, *option.maximum);
  return !(order > 0 || (order == 0 && option.exclusive_maximum));
}

// Reads one option; `expected` is its line of the option table.
class OptionReader {
 public:
  OptionReader(const OptionDescription& option, const OptionContext& context, FaultList& faults)
      : option_(option),
        folder_(context.folder),
        expected_(option_line(option, context.component.id)),
        faults_(faults) {}

  const std::string& expected() const { return expected_; }

  std::optional<OptionValue> read(const Field& field) {
    if (option_.secret && field.value->kind != Kind::kString) {
      faults_.refuse("J11", field.where(), "not a string; expected " + expected_);
      return std::nullopt;
    }
    switch (option_.type) {
      case 0:
        return wrap(read_truth(field, expected_, faults_));
      case 1:
        return wrap(integer(field));
      case 2:
        return wrap(number(field));
      case 3:
        return wrap(text(field));
      case 4:
        return list<bool>(field,
                          [this](const Field& f) { return read_truth(f, expected_, faults_); });
      case 5:
        return list<std::int64_t>(field, [this](const Field& f) { return integer(f); });
      case 6:
        return list<double>(field, [this](const Field& f) { return number(f); });
      case 7:
        return list<std::string>(field, [this](const Field& f) { return text(f); });
      default:
        return map(field);
    }
  }

 private:
  template <typename T>
  static std::optional<OptionValue> wrap(std::optional<T> value) {
    if (!value) return std::nullopt;
    return OptionValue(std::move(*value));
  }

  template <typename T>
  std::optional<T> bounded(const Field& field, std::optional<T> value) {
    if (!value || in_range(*value, option_)) return value;
    faults_.refuse("J5", field.where(),
                   shown(*field.value) + " is out of range; expected " + expected_);
    return std::nullopt;
  }
  std::optional<std::int64_t> integer(const Field& field) {
    return bounded(field, read_integer(field, expected_, faults_));
  }
  std::optional<double> number(const Field& field) {
    return bounded(field, read_number(field, expected_, faults_));
  }

  std::optional<std::string> text(const Field& field) {
    const JsonValue& value = *field.value;
    const bool blank_path = option_.path && value.text.empty();
    if (value.kind != Kind::kString || blank_path) {
      refuse_type(field, expected_, faults_);
      return std::nullopt;
    }
    const auto& choices = option_.choices;
    if (!choices.empty() &&
        std::find(choices.begin(), choices.end(), value.text) == choices.end()) {
      const std::string given = option_.secret ? "the value" : shown(value);
      faults_.refuse(
          "J11", field.where(),
          given + " is not one of the choices; expected " + expected_ + (near(value.text)));
      return std::nullopt;
    }
    return option_.path ? absolute_path(folder_, value.text) : value.text;
  }

  std::string near(const std::string& word) const {
    const std::string text = suggestion(word, option_.choices);
    return text.find("did you mean") == std::string::npos ? "" : text;
  }

  template <typename T, typename Read>
  std::optional<OptionValue> list(const Field& field, Read read_one) {
    if (field.value->kind != Kind::kArray) {
      refuse_type(field, expected_, faults_);
      return std::nullopt;
    }
    std::vector<T> out;
    for (std::size_t i = 0; i < field.value->items.size(); ++i) {
      std::optional<T> value = read_one(item(field, i));
      if (value) out.push_back(std::move(*value));
    }
    return OptionValue(std::move(out));
  }

  std::optional<OptionValue> map(const Field& field) {
    if (!is_object(field, expected_, faults_)) return std::nullopt;
    StringMap out;
    for (const JsonMember& entry : field.value->members) {
      const Field value = member(field, entry.key);
      if (value.value->kind == Kind::kString) {
        out.emplace_back(entry.key, value.value->text);
      } else {
        refuse_type(value, expected_, faults_);
      }
    }
    return OptionValue(std::move(out));
  }

  const OptionDescription& option_;
  const std::string& folder_;
  std::string expected_;
  FaultList& faults_;
};

bool contains(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The fault catalogue has a name of its own for a wrong season.
std::string season_code(const OptionDescription& option, std::string code) {
  const bool season = option.name == "season" || option.name == "season_length";
  return season ? "N13" : code;
}

std::optional<OptionValue> read_option_value(const Field& field, const OptionDescription& option,
                                             const OptionContext& context, FaultList& faults) {
  FaultList own(faults.file());
  std::optional<OptionValue> value = OptionReader(option, context, own).read(field);
  for (Fault& fault : own.take()) {
    fault.code = season_code(option, fault.code);
    faults.add(std::move(fault));
  }
  return value;
}

}  // namespace

Options read_options(const Field& object, const OptionContext& context, FaultList& faults) {
  std::vector<std::string> valid = context.own_keys;
  Options out;
  for (const OptionDescription& option : context.component.options) {
    if (contains(context.own_keys, option.name)) continue;
    valid.push_back(option.name);
    const Field field = member(object, option.name);
    std::optional<OptionValue> value = option.default_value;
    if (field) {
      value = read_option_value(field, option, context, faults);
    } else if (option.required) {
      required(object, option.name, option_line(option, context.component.id), faults);
    }
    if (value) out.push_back({option.name, std::move(*value)});
  }
  refuse_unknown_keys(object, valid, "for " + context.component.id, faults);
  return out;
}

std::string absolute_path(const std::string& folder, const std::string& path) {
  return (std::filesystem::path(folder) / path).lexically_normal().string();
}

}  // namespace steppe
