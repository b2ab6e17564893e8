// SPDX-License-Identifier: Apache-2.0

// A source of three numbers that fails where its option `fault` says.
#include <memory>
#include <string>
#include <vector>

#include "steppe/data_source.hpp"

namespace {

struct Unruly {
  static constexpr steppe::ComponentInfo kInfo{"source.unruly", "1.0.0", "Three numbers"};
  static constexpr steppe::Option kOptions[] = {
      {.name = "fault", .type = steppe::OptionType::kString, .help = "where to fail"}};

  struct Stream {
    std::string fault;
    std::vector<steppe::ColumnSchema> columns;
    bool done = false;

    const std::vector<steppe::ColumnSchema>& schema() const {
      if (fault == "schema") throw 1;
      return columns;
    }
    steppe::Result<std::optional<steppe::RecordBatch>> next(const steppe::Host&) {
      if (fault == "next") {
        return steppe::Error{steppe::ErrorKind::kInvalidData, "\"1 872\" is not a number",
                             "sales.csv:3:2", "C1"};
      }
      if (fault == "network") {
        return steppe::Error{steppe::ErrorKind::kNetwork, "connection cut", "", "W6"};
      }
      if (done) return std::optional<steppe::RecordBatch>();
      done = true;
      steppe::RecordBatch batch;
      batch.length = 3;
      batch.columns.emplace_back().numbers = {1, 2, 3};
      return std::optional(std::move(batch));
    }
    std::string locate(std::uint64_t row, std::uint64_t column) const {
      return "sales.csv:" + std::to_string(row + 2) + ":" + std::to_string(column + 1) + "\n";
    }
    void report(steppe::Report& report) const {
      report.scalar(fault == "report" ? "rows in" : "rows_in", 3);
    }
  };

  explicit Unruly(const steppe::Arguments& arguments) : fault(arguments.string("fault")) {}

  steppe::Result<std::unique_ptr<Stream>> open(const steppe::SourceRequest& request,
                                               const steppe::Host&) const {
    if (fault == "open") {
      return steppe::Error{steppe::ErrorKind::kIo, "No such file or directory", "sales.csv"};
    }
    auto out = std::make_unique<Stream>();
    out->fault = fault;
    for (const auto& column : request.columns) {
      const bool number = column.role == steppe::ColumnRole::kNumber;
      out->columns.push_back(
          {column.name, number ? steppe::ColumnType::kFloat64 : steppe::ColumnType::kUtf8});
    }
    return out;
  }

  std::string fault;
};

}  // namespace

STEPPE_PLUGIN(Unruly);
