// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is wrong with one row, in words. Only bad rows come here, so nothing here needs to be fast.

#include <cstdint>
#include <optional>
#include <string>

#include "dialect.hpp"
#include "header.hpp"
#include "record_reader.hpp"

namespace steppe::csv {

struct RowProblem {
  std::uint64_t line = 0;
  std::uint64_t column = 0;  // of the file, from 1; 0: the row as a whole
  std::string name;          // of the column, as the pipeline calls it; "" when none is meant
  std::string fault;
  std::string message;
  bool shape = false;  // the number of fields is wrong, not a cell

  // `sales.csv:3`, `sales.csv:3:2`, `sales.csv:3:2 column "grp"`
  std::string place(const std::string& file) const;
};

// The record has not as many fields as the header (C3, C12, C13, C18), or text after a closing
// quote (C10).
RowProblem shape_problem(const RecordReader& reader, std::uint64_t expected,
                         const Dialect& dialect);

// The cell cannot be read as a number (C1, C2, C16, C17, C18).
RowProblem number_problem(const RecordReader& reader, const Output& output, std::string_view text,
                          const NumberFormat& format);

// The cell holds U+001F, which keys of series are joined with (C26).
RowProblem separator_problem(const RecordReader& reader, const Output& output,
                             std::string_view text);

}  // namespace steppe::csv
