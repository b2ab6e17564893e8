// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the tests of source.csv: writes a file, reads it through the plugin's C table, and holds what
// came: cells, error, report.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "steppe/abi/abi.h"
#include "support/temporary_folder.hpp"

namespace steppe::csv::testing {

// A new folder with one file, removed at the end.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& content, const std::string& name = "sales.csv");
  const std::string& path() const { return path_; }
  std::string folder() const { return folder_.path().string(); }

 private:
  steppe::testing::TemporaryFolder folder_;
  std::string path_;
};

std::string content_of(const std::string& path);

using Texts = std::vector<std::string>;
using TextMap = std::map<std::string, std::string>;
using OptionValue = std::variant<bool, int, std::string, Texts, TextMap>;
using OptionMap = std::map<std::string, OptionValue>;

struct Wanted {
  std::string name;
  std::int32_t role;
};
inline Wanted number(std::string name) { return {std::move(name), STEPPE_COLUMN_NUMBER}; }
inline Wanted text(std::string name) { return {std::move(name), STEPPE_COLUMN_TEXT}; }
inline Wanted time(std::string name) { return {std::move(name), STEPPE_COLUMN_TIME}; }

struct Cells {
  std::string name;
  std::string format;           // of Arrow: "g" or "u"
  std::vector<double> numbers;  // 0 where missing
  Texts texts;                  // "" where missing
  std::vector<bool> present;
};

struct Reading {
  bool ok = false;
  steppe_status code = STEPPE_OK;
  std::string fault, where, message;
  std::vector<Cells> columns;
  std::size_t batches = 0;
  Texts places;  // of each delivered row, column by column: places[row * columns + column]
  std::map<std::string, double> scalars;
  TextMap texts;
  TextMap warnings;
  std::map<std::string, std::vector<double>> tables;

  std::string error() const { return fault + '|' + where + '|' + message; }
  const std::vector<double>& numbers(std::size_t column) const {
    return columns.at(column).numbers;
  }
  const Texts& strings(std::size_t column) const { return columns.at(column).texts; }
};

struct Request {
  std::vector<Wanted> columns = {};
  std::uint64_t row_limit = 0;
  std::function<void(std::size_t batch)> after_batch = {};
};

Reading read_file(const std::string& path, const OptionMap& options, const Request& request);

// The content as a file called sales.csv.
Reading read_text(const std::string& content, const OptionMap& options,
                  const std::vector<Wanted>& columns);

// What most tests read: a table of commas with a year and a number.
inline const OptionMap kComma = {{"delimiter", ","}};
inline const std::vector<Wanted> kYearGrp = {time("year"), number("grp")};
inline std::string error_of(const std::string& content, const OptionMap& options = kComma,
                            const std::vector<Wanted>& columns = kYearGrp) {
  return read_text(content, options, columns).error();
}

}  // namespace steppe::csv::testing
