// SPDX-License-Identifier: Apache-2.0

// The options of a component under test: defaults of its table, and texts that the user gave,
// read as the type that the table names.

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "conformance/harness.hpp"
#include "plugin_host/option_table.hpp"

namespace steppe::conformance {

namespace {

using Row = OptionDescription;

template <typename Number>
Number number_of(const Row& row, std::string_view text) {
  Number value{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size()) {
    fail("the option " + row.name + " cannot be \"" + std::string(text) + "\": not a number");
  }
  return value;
}

bool boolean_of(const Row& row, std::string_view text) {
  if (text == "true") return true;
  if (text != "false") {
    fail("the option " + row.name + " cannot be \"" + std::string(text) + "\": true or false");
  }
  return false;
}

std::vector<std::string> parts_of(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    parts.push_back(text.substr(from, comma - from));
    from = comma + 1;
  }
  return parts;
}

template <typename T, typename Read>
std::vector<T> list_of(const std::string& text, Read&& read) {
  std::vector<T> out;
  for (const std::string& part : parts_of(text)) out.push_back(read(part));
  return out;
}

// "key=value,key=value"
StringMap map_of(const Row& row, const std::string& text) {
  StringMap out;
  for (const std::string& part : parts_of(text)) {
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos) fail("the option " + row.name + " wants key=value,...");
    out.emplace_back(part.substr(0, equals), part.substr(equals + 1));
  }
  return out;
}

OptionValue value_of(const Row& row, const std::string& text) {
  const auto integer = [&](const std::string& part) { return number_of<std::int64_t>(row, part); };
  const auto real = [&](const std::string& part) { return number_of<double>(row, part); };
  const auto boolean = [&](const std::string& part) { return boolean_of(row, part); };
  switch (static_cast<std::int32_t>(row.type) + STEPPE_TYPE_BOOL) {
    case STEPPE_TYPE_BOOL:
      return boolean(text);
    case STEPPE_TYPE_INT64:
      return integer(text);
    case STEPPE_TYPE_DOUBLE:
      return real(text);
    case STEPPE_TYPE_STRING:
      return text;
    case STEPPE_TYPE_BOOL_LIST:
      return list_of<bool>(text, boolean);
    case STEPPE_TYPE_INT64_LIST:
      return list_of<std::int64_t>(text, integer);
    case STEPPE_TYPE_DOUBLE_LIST:
      return list_of<double>(text, real);
    case STEPPE_TYPE_STRING_LIST:
      return parts_of(text);
    default:
      return map_of(row, text);
  }
}

}  // namespace

Options options_of(const CaseContext& context) {
  Options options;
  const steppe_component& component = *context.component;
  TableReader reader;
  for (std::uint32_t i = 0; i < component.option_count; ++i) {
    const Row row = read_option(component.options[i], "the option table", reader);
    if (!reader.ok()) fail(reader.problem());
    const auto given =
        std::ranges::find(context.options, row.name, &std::pair<std::string, std::string>::first);
    if (given != context.options.end()) {
      // A path arrives absolute, as the host makes it.
      options.push_back(
          {row.name, row.path ? OptionValue(std::filesystem::absolute(given->second).string())
                              : value_of(row, given->second)});
    } else if (row.default_value) {
      options.push_back({row.name, *row.default_value});
    } else if (row.required) {
      skip("needs the option " + row.name + ", which was not given");
    }
  }
  return options;
}

}  // namespace steppe::conformance
