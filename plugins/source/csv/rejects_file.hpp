// SPDX-License-Identifier: Apache-2.0
#pragma once

// The rows that were left out, for a person to mend: a CSV file with the columns line, column,
// fault, reason, row, and before them file where several are read. It is written beside its place
// and moved there when it is complete.

#include <string>

#include "row_problem.hpp"
#include "steppe/result.hpp"

namespace steppe::csv {

class RejectsFile {
 public:
  // An empty path: nothing is written.
  RejectsFile(std::string path, bool several_files)
      : path_(std::move(path)), several_files_(several_files) {}
  ~RejectsFile();
  RejectsFile(const RejectsFile&) = delete;
  RejectsFile& operator=(const RejectsFile&) = delete;

  Result<void> open();
  Result<void> add(const RowProblem& problem, const std::string& file, std::string_view row);
  Result<void> finish();

 private:
  Result<void> flush();
  std::string temporary() const { return path_ + ".partial"; }

  std::string path_;
  bool several_files_;
  int descriptor_ = -1;
  std::string waiting_;
};

}  // namespace steppe::csv
