// SPDX-License-Identifier: Apache-2.0
#pragma once

// The options of source.csv: the table that pipelines are checked against, and their values.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dialect.hpp"
#include "encoding.hpp"
#include "input_file.hpp"
#include "steppe/options.hpp"
#include "steppe/result.hpp"

namespace steppe::csv {

inline constexpr const char* kDecimals[] = {".", ","};
inline constexpr const char* kGroups[] = {"", " ", ".", ",", "'"};
inline constexpr const char* kErrorPolicies[] = {"fail", "reject"};

inline constexpr Option kOptions[] = {
    {.name = "path",
     .type = OptionType::kString,
     .help = "the file to read, plain or packed by gzip; * and ? in its name stand for any "
             "characters and any one, and several files are read as one table",
     .required = true,
     .path = true},
    {.name = "more_paths",
     .type = OptionType::kStringList,
     .help = "more files of the same table, each with the same header; patterns as in path",
     .path = true},
    {.name = "delimiter",
     .type = OptionType::kString,
     .help = "character between fields; detected among , ; tab | when not given"},
    {.name = "decimal",
     .type = OptionType::kString,
     .help = "decimal sign; . when not given",
     .choices = kDecimals},
    {.name = "group",
     .type = OptionType::kString,
     .help = "separator between groups of three digits, a blank also standing for U+00A0 and "
             "U+202F; none when not given",
     .choices = kGroups},
    {.name = "quote",
     .type = OptionType::kString,
     .help = "character round fields that hold a delimiter or a line end; empty for none",
     .default_string = "\""},
    {.name = "trim",
     .type = OptionType::kBool,
     .help = "leave out blanks and tabs round a field",
     .default_bool = false},
    {.name = "header",
     .type = OptionType::kBool,
     .help = "the first row holds the names of the columns; without it they are c1, c2, ...",
     .default_bool = true},
    {.name = "columns",
     .type = OptionType::kStringMap,
     .help = "names for the pipeline, each with the header's name of the column it stands for"},
    {.name = "skip",
     .type = OptionType::kInt64,
     .help = "lines before the header to leave out",
     .unit = "lines",
     .default_integer = 0,
     .minimum = 0,
     .maximum = 1000000},
    {.name = "footer_rows",
     .type = OptionType::kInt64,
     .help = "lines at the end to leave out, such as footnotes and totals",
     .unit = "lines",
     .default_integer = 0,
     .minimum = 0,
     .maximum = 1000},
    {.name = "missing",
     .type = OptionType::kStringList,
     .help = "texts that mark a missing value; only the empty text when not given"},
    {.name = "encoding",
     .type = OptionType::kString,
     .help = "encoding of the file",
     .default_string = "utf-8",
     .choices = kEncodingNames},
    {.name = "on_error",
     .type = OptionType::kString,
     .help = "what a bad row does: fail ends the run, reject leaves the row out and counts it",
     .default_string = "fail",
     .choices = kErrorPolicies},
    {.name = "rejects",
     .type = OptionType::kString,
     .help = "file to which rejected rows are written, with the reason for each",
     .path = true},
    {.name = "max_field",
     .type = OptionType::kInt64,
     .help = "longest field allowed",
     .unit = "bytes",
     .default_integer = 1048576,
     .minimum = 1,
     .maximum = 268435456},
    {.name = "max_unpacked",
     .type = OptionType::kInt64,
     .help = "most that one gzip file may unfold to",
     .unit = "bytes",
     .default_integer = 8589934592,
     .minimum = 1,
     .maximum = 1099511627776},
    {.name = "max_ratio",
     .type = OptionType::kInt64,
     .help =
         "most that one gzip file may unfold to, as a multiple of its size; what unfolds to less "
         "than 16 MiB is read whatever its ratio",
     .default_integer = 250,
     .minimum = 1,
     .maximum = 2000},
};

struct Settings {
  std::string path;
  std::vector<std::string> more_paths;
  std::optional<char> delimiter;  // nothing: to be detected
  NumberFormat numbers;
  Dialect dialect;  // its delimiter counts when `delimiter` is set
  bool header = true;
  std::vector<std::pair<std::string, std::string>> columns;  // pipeline's name, header's name
  std::uint64_t skip = 0;
  std::uint64_t footer_rows = 0;
  std::vector<std::string> missing;
  Encoding encoding = Encoding::kUtf8;
  bool reject = false;
  std::string rejects;  // empty: no such file
  std::uint64_t max_field = 1 << 20;
  UnpackLimits unpacking;
};

// Checks what a table of single options cannot say: characters that clash, keys that need another.
Result<Settings> settings_of(const Arguments& arguments);

}  // namespace steppe::csv
