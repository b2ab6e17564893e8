// SPDX-License-Identifier: Apache-2.0
#pragma once

// A data source as `data` reads it: the Arrow C stream and the calls beside it.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/fault.hpp"
#include "core/fit_report.hpp"
#include "plugin_host/library.hpp"
#include "steppe/abi/data_source.h"

namespace steppe {

struct ColumnWanted {
  std::string name;
  std::int32_t role;  // STEPPE_COLUMN_NUMBER, _TEXT, _TIME
};

struct DataRequest {
  std::vector<ColumnWanted> columns;
  std::string time_from;  // ISO date, or empty
  std::string time_to;
  std::uint64_t row_limit = 0;
};

// An open stream. Releases the Arrow stream before it closes the handle.
class SourceStream {
 public:
  SourceStream(std::shared_ptr<Component> component, const steppe_data_source* table, void* handle,
               ArrowArrayStream stream);
  ~SourceStream();
  SourceStream(SourceStream&& other) noexcept;
  SourceStream& operator=(SourceStream&&) = delete;

  // The Arrow calls; the caller releases what it gets. A failed call is the source's typed error.
  // After an error nothing but destruction is allowed.
  Outcome<ArrowSchema> schema();
  Outcome<ArrowArray> next();  // release is null at the end of the stream

  // "sales.csv:14:2"; row from 0 in what was delivered, column the index in the request.
  std::string locate(std::uint64_t row, std::uint64_t column) const;
  Outcome<FitReport> report() const;  // after the end of the stream
  const std::string& label() const { return component_->label(); }

 private:
  std::shared_ptr<Component> component_;
  const steppe_data_source* table_;
  void* handle_;
  ArrowArrayStream stream_;
};

class DataSource {
 public:
  static Outcome<DataSource> open(std::shared_ptr<Component> component, const steppe_host* host);
  // Errors of the source keep their kind; the exit code follows it: io and data 4, network 8,
  // resource_limit 11, denied 12.
  Outcome<SourceStream> read(const DataRequest& request) const;

 private:
  DataSource(std::shared_ptr<Component> component, const steppe_data_source* table,
             const steppe_host* host)
      : component_(std::move(component)), table_(table), host_(host) {}

  std::shared_ptr<Component> component_;
  const steppe_data_source* table_;
  const steppe_host* host_;
};

}  // namespace steppe
