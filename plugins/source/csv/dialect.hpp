// SPDX-License-Identifier: Apache-2.0
#pragma once

// How a delimited file is written: what stands between fields, and how numbers are spelled.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "steppe/result.hpp"

namespace steppe::csv {

// How a number is spelled. "declared" says that the user gave the key; what is merely the default
// is not relied on where a cell could mean two things.
struct NumberFormat {
  char decimal = '.';
  char group = 0;  // between groups of three digits; 0: none. ' ' stands for U+00A0 and U+202F too
  bool decimal_declared = false;
  bool group_declared = false;
};

struct Dialect {
  char delimiter = ',';
  char quote = '"';   // 0: no field is quoted
  bool trim = false;  // blanks and tabs round a field are not part of it
};

// `decimal=",", group=" "` as a user would write the keys, and {decimal ".", group none} in prose.
std::string text_of(const NumberFormat& format);
std::string text_of(const Dialect& dialect);
std::string delimiter_name(char delimiter);  // "," in quotes; a tab as "\t"

// The delimiter of a file of which `sample` is the beginning (whole records count, `complete` says
// that the sample is the whole file). Candidates are , ; tab | in this order; the one that splits
// all records into the same number of fields wins. Two such: an error (C2) naming both. None: the
// candidate that splits the first record and agrees with it most often, so that the reader can name
// the row that breaks the rule; a file of one column gets the comma.
Result<char> detect_delimiter(std::string_view sample, bool complete, const Dialect& dialect);

}  // namespace steppe::csv
