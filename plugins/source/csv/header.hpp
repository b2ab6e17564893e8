// SPDX-License-Identifier: Apache-2.0
#pragma once

// The names of a file's columns, and which of them a request means.

#include <string>
#include <utility>
#include <vector>

#include "record_reader.hpp"
#include "steppe/data_source.hpp"

namespace steppe::csv {

// The names in the header record; empty and repeated ones are refused (C14).
Result<std::vector<std::string>> header_names(const RecordReader& reader);

// c1, c2, ... for a file without a header.
std::vector<std::string> numbered_names(std::uint64_t count);

// A column to deliver and the field of each record it comes from.
struct Output {
  std::string name;  // as the pipeline calls it
  ColumnRole role;
  std::size_t field;  // from 0
};

// `renamed` gives for names of the pipeline the header's. A request for no column in particular
// means all of them, as text. Unknown names are refused with the nearest and the list; the error's
// place is the caller's to give.
Result<std::vector<Output>> outputs_of(
    const std::vector<ColumnRequest>& wanted, const std::vector<std::string>& names,
    const std::vector<std::pair<std::string, std::string>>& renamed);

}  // namespace steppe::csv
