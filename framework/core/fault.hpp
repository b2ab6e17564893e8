// SPDX-License-Identifier: Apache-2.0
#pragma once

// A fault is an error as a user meets it: where it is, what was given, what is allowed, what to do.
// Rooms return Result<T, Fault> (or a list of faults where all are wanted at once); `report` and
// the log turn a fault into one line of text or one JSON record.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/exit_code.hpp"
#include "steppe/result.hpp"

namespace steppe {

// Where something is. Empty and zero parts are not shown. Lines, columns and rows count from 1.
struct Place {
  std::string file = {};       // as the user wrote it
  std::size_t line = 0;        // line of the file
  std::size_t column = 0;      // character column in a text, column of a table in a data file
  std::string json_path = {};  // "steps.mining.horizon"
  std::string field = {};      // column name of a table: column "grp"
  std::string series = {};     // key of the series and its name: "Abai/mining"
  std::string step = {};       // "mining[power]"
  std::string plugin = {};     // "trend.power@1.0.0"
};

struct Fault {
  std::string code = {};  // name in the fault catalogue: "J3"; empty for none
  ErrorKind kind = ErrorKind::kInternal;
  ExitCode exit = ExitCode::kInternal;
  Place place = {};
  std::string message = {};  // one line: what; expected; hint
};

using Faults = std::vector<Fault>;

template <typename T>
using Outcome = Result<T, Fault>;

// `run.json:14:5 (steps.mining.horizon)`, `sales.csv:3:2 column "grp"`, `series="Abai/mining"
// step=mining[power]`; empty when nothing is known. Control characters are escaped.
std::string to_text(const Place& place);

// `error[J3] run.json:14:5 (steps.mining.horizon): duplicate key ...`
std::string to_text(const Fault& fault);

// Text with control characters, ESC, bidirectional marks and invalid UTF-8 written as \xNN or
// \u{NNNN}: safe for a terminal, one line.
std::string escaped(std::string_view text);

// A value as messages show it: escaped, in double quotes (quotes inside as \"), cut after `limit`
// bytes with the full length named: "aaaa..." (1048576 bytes).
std::string quoted(std::string_view text, std::size_t limit = 120);

}  // namespace steppe
