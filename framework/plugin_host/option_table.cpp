// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/option_table.hpp"

#include <algorithm>
#include <cmath>

#include "plugin_host/first_sizes.hpp"

namespace steppe {

namespace {

constexpr std::uint64_t kLongestList = 4096;
constexpr std::uint32_t kMostChoices = 1024;

bool is_number(std::int32_t type) {
  return type == STEPPE_TYPE_INT64 || type == STEPPE_TYPE_DOUBLE ||
         type == STEPPE_TYPE_INT64_LIST || type == STEPPE_TYPE_DOUBLE_LIST;
}

bool is_text(std::int32_t type) {
  return type == STEPPE_TYPE_STRING || type == STEPPE_TYPE_STRING_LIST;
}

// The three arrays a value may hold, copied; only the one of its type is filled.
struct Elements {
  std::vector<std::int64_t> integers;
  std::vector<double> doubles;
  std::vector<std::string> strings;
  std::vector<std::string> keys;
};

std::vector<std::string> read_texts(const char* const* texts, std::uint64_t count,
                                    TableReader& reader) {
  std::vector<std::string> out;
  for (std::uint64_t i = 0; i < count && reader.ok(); ++i) {
    out.push_back(reader.text(texts[i], "a text of the default"));
  }
  return out;
}

Elements read_elements(const steppe_value& value, TableReader& reader) {
  Elements out;
  const std::uint64_t count = value.count;
  switch (value.type) {
    case STEPPE_TYPE_BOOL:
    case STEPPE_TYPE_INT64:
    case STEPPE_TYPE_BOOL_LIST:
    case STEPPE_TYPE_INT64_LIST:
      if (reader.require(count == 0 || value.integers != nullptr, "the default has no integers")) {
        out.integers.assign(value.integers, value.integers + count);
      }
      break;
    case STEPPE_TYPE_DOUBLE:
    case STEPPE_TYPE_DOUBLE_LIST:
      if (reader.require(count == 0 || value.doubles != nullptr, "the default has no doubles")) {
        out.doubles.assign(value.doubles, value.doubles + count);
      }
      break;
    default:
      if (reader.require(count == 0 || value.strings != nullptr, "the default has no strings")) {
        out.strings = read_texts(value.strings, count, reader);
      }
      if (value.type == STEPPE_TYPE_STRING_MAP &&
          reader.require(count == 0 || value.keys != nullptr, "the default has no keys")) {
        out.keys = read_texts(value.keys, count, reader);
      }
  }
  return out;
}

void check_range(const OptionDescription& option, const Elements& elements, TableReader& reader) {
  std::vector<double> numbers(elements.integers.begin(), elements.integers.end());
  numbers.insert(numbers.end(), elements.doubles.begin(), elements.doubles.end());
  for (const double x : numbers) {
    const bool above =
        !option.minimum || (option.exclusive_minimum ? x > *option.minimum : x >= *option.minimum);
    const bool below =
        !option.maximum || (option.exclusive_maximum ? x < *option.maximum : x <= *option.maximum);
    reader.require(above && below, "the default is outside the range");
  }
  for (const std::string& text : elements.strings) {
    reader.require(
        option.choices.empty() || std::ranges::find(option.choices, text) != option.choices.end(),
        "the default \"" + text + "\" is not among the choices");
  }
}

OptionValue make_value(std::int32_t type, Elements e) {
  switch (type) {
    case STEPPE_TYPE_BOOL:
      return e.integers[0] != 0;
    case STEPPE_TYPE_INT64:
      return e.integers[0];
    case STEPPE_TYPE_DOUBLE:
      return e.doubles[0];
    case STEPPE_TYPE_STRING:
      return e.strings[0];
    case STEPPE_TYPE_BOOL_LIST: {
      std::vector<bool> out;
      for (const std::int64_t x : e.integers) out.push_back(x != 0);
      return out;
    }
    case STEPPE_TYPE_INT64_LIST:
      return e.integers;
    case STEPPE_TYPE_DOUBLE_LIST:
      return e.doubles;
    case STEPPE_TYPE_STRING_LIST:
      return e.strings;
    default: {
      StringMap out;
      for (std::size_t i = 0; i < e.keys.size(); ++i) out.emplace_back(e.keys[i], e.strings[i]);
      return out;
    }
  }
}

void read_default(const steppe_value& value, const steppe_option& row, OptionDescription& out,
                  TableReader& reader) {
  if (!reader.size(value.struct_size, kFirstSize<steppe_value>, "its default")) return;
  if (!reader.require(value.type == row.type, "the default has another type than the option")) {
    return;
  }
  const bool scalar = row.type <= STEPPE_TYPE_STRING;
  if (!reader.require(scalar ? value.count == 1 : value.count <= kLongestList,
                      "the default has " + std::to_string(value.count) + " elements")) {
    return;
  }
  Elements elements = read_elements(value, reader);
  if (row.type == STEPPE_TYPE_BOOL || row.type == STEPPE_TYPE_BOOL_LIST) {
    for (const std::int64_t x : elements.integers) {
      reader.require(x == 0 || x == 1, "a boolean default is neither 0 nor 1");
    }
  } else {
    check_range(out, elements, reader);
  }
  if (reader.ok()) out.default_value = make_value(row.type, std::move(elements));
}

void read_range(const steppe_option& row, OptionDescription& out, TableReader& reader) {
  if ((row.flags & STEPPE_OPTION_HAS_MINIMUM) != 0) out.minimum = row.minimum;
  if ((row.flags & STEPPE_OPTION_HAS_MAXIMUM) != 0) out.maximum = row.maximum;
  out.exclusive_minimum = (row.flags & STEPPE_OPTION_EXCLUSIVE_MINIMUM) != 0;
  out.exclusive_maximum = (row.flags & STEPPE_OPTION_EXCLUSIVE_MAXIMUM) != 0;
  if (!out.minimum && !out.maximum) return;
  reader.require(is_number(row.type), "a range is for numbers only");
  const double low = out.minimum.value_or(-INFINITY);
  const double high = out.maximum.value_or(INFINITY);
  reader.require(low <= high, "the range is empty");
}

void read_choices(const steppe_option& row, OptionDescription& out, TableReader& reader) {
  if (row.choice_count == 0) return;
  reader.require(is_text(row.type), "choices are for strings only");
  reader.require(row.choice_count <= kMostChoices, "there are too many choices");
  reader.require(row.choices != nullptr, "the choices are null");
  for (std::uint32_t i = 0; i < row.choice_count && reader.ok(); ++i) {
    out.choices.push_back(reader.text(row.choices[i], "a choice"));
  }
}

}  // namespace

OptionDescription read_option(const steppe_option* option, const std::string& place,
                              TableReader& reader) {
  OptionDescription out;
  reader.enter(place);
  reader.under("R9");
  if (!reader.require(option != nullptr, "a row of the option table is null") ||
      !reader.size(option->struct_size, kFirstSize<steppe_option>, "an option")) {
    return out;
  }
  out.name = reader.text(option->name, "the name of an option", false);
  if (!reader.ok()) return out;
  reader.enter(place + ": option " + out.name);
  reader.require(is_snake_case(out.name), "the name is not snake_case");
  if (!reader.require(option->type >= STEPPE_TYPE_BOOL && option->type <= STEPPE_TYPE_STRING_MAP,
                      "the type " + std::to_string(option->type) + " is not known")) {
    return out;
  }
  out.type = static_cast<std::size_t>(option->type - STEPPE_TYPE_BOOL);
  out.unit = reader.text(option->unit, "the unit");
  out.help = reader.text(option->help, "the help", false);
  out.required = (option->flags & STEPPE_OPTION_REQUIRED) != 0;
  out.path = (option->flags & STEPPE_OPTION_PATH) != 0;
  out.secret = (option->flags & STEPPE_OPTION_SECRET) != 0;
  read_range(*option, out, reader);
  read_choices(*option, out, reader);
  if (option->default_value != nullptr && reader.ok()) {
    read_default(*option->default_value, *option, out, reader);
  }
  return out;
}

}  // namespace steppe
