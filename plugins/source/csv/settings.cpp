// SPDX-License-Identifier: Apache-2.0
#include "settings.hpp"

#include <string_view>

#include "message.hpp"

namespace steppe::csv {
namespace {

Error refuse(const char* option, std::string message) {
  return {ErrorKind::kInvalidConfig, std::move(message), std::string("option ") + option};
}

// A character that may stand between or round fields: it must not be able to stand in a number or a
// name without quotes.
bool may_separate(std::string_view text) {
  constexpr std::string_view kNever = ".+-_\r\n";
  if (text.size() != 1) return false;
  const char c = text[0];
  const bool word = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  const bool control = (c < 0x20 && c != '\t') || c == 0x7F;
  return !word && !control && kNever.find(c) == std::string_view::npos;
}

Result<void> read_separators(const Arguments& arguments, Settings& settings) {
  const std::string quote = arguments.string("quote", "\"");
  if (!quote.empty() && !may_separate(quote)) {
    return refuse("quote", quoted(quote) +
                               " is not one ASCII sign; allowed are signs such as \" and '"
                               ", or \"\" for none");
  }
  settings.dialect.quote = quote.empty() ? '\0' : quote[0];
  settings.dialect.trim = arguments.boolean("trim");
  if (!arguments.has("delimiter")) return {};
  const std::string delimiter = arguments.string("delimiter");
  if (!may_separate(delimiter)) {
    return refuse(
        "delimiter",
        quoted(delimiter) + " is not one ASCII sign; allowed are signs such as , ; | and the tab");
  }
  if (delimiter == quote) {
    return refuse("delimiter", quoted(delimiter) + " is the quote too; they must differ");
  }
  settings.delimiter = delimiter[0];
  settings.dialect.delimiter = delimiter[0];
  return {};
}

Result<void> read_number_format(const Arguments& arguments, NumberFormat& numbers) {
  numbers.decimal_declared = arguments.has("decimal");
  numbers.group_declared = arguments.has("group");
  const std::string decimal = arguments.string("decimal", ".");
  const std::string group = arguments.string("group");
  numbers.decimal = decimal.empty() ? '.' : decimal[0];
  numbers.group = group.empty() ? '\0' : group[0];
  if (numbers.decimal != numbers.group) return {};
  const std::string other = numbers.decimal == '.' ? "," : ".";
  return refuse("group", quoted(group) + " is the decimal sign too; set decimal=\"" + other +
                             "\" or another group");
}

}  // namespace

Result<Settings> settings_of(const Arguments& arguments) {
  Settings settings;
  settings.path = arguments.string("path");
  settings.more_paths = arguments.strings("more_paths");
  if (auto read = read_separators(arguments, settings); !read) return std::move(read).error();
  if (auto read = read_number_format(arguments, settings.numbers); !read) {
    return std::move(read).error();
  }
  settings.header = arguments.boolean("header", true);
  settings.columns = arguments.map("columns");
  settings.skip = static_cast<std::uint64_t>(arguments.integer("skip"));
  settings.footer_rows = static_cast<std::uint64_t>(arguments.integer("footer_rows"));
  settings.missing =
      arguments.has("missing") ? arguments.strings("missing") : std::vector<std::string>{""};
  settings.encoding = encoding_of(arguments.string("encoding", "utf-8"));
  settings.reject = arguments.string("on_error", "fail") == "reject";
  settings.rejects = arguments.string("rejects");
  settings.max_field = static_cast<std::uint64_t>(arguments.integer("max_field", 1 << 20));
  settings.unpacking.bytes = static_cast<std::uint64_t>(
      arguments.integer("max_unpacked", static_cast<std::int64_t>(settings.unpacking.bytes)));
  settings.unpacking.ratio = static_cast<std::uint64_t>(
      arguments.integer("max_ratio", static_cast<std::int64_t>(settings.unpacking.ratio)));
  if (!settings.rejects.empty() && !settings.reject) {
    return refuse("rejects", "a file for rejected rows needs on_error=\"reject\"");
  }
  return settings;
}

}  // namespace steppe::csv
