// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the tests of this room: a source made of Arrow arrays in memory, honest or hostile, behind
// the same C table as a plugin's.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "data/read_panel.hpp"

namespace steppe::testing {

using Bytes = std::vector<char>;

// One Arrow array. An empty buffer is a null pointer.
struct FakeColumn {
  std::string format;
  std::vector<Bytes> buffers;
  std::int64_t length = 0;
  std::int64_t null_count = 0;
  std::int64_t offset = 0;
  std::shared_ptr<FakeColumn> dictionary = nullptr;
};

template <typename T>
using Cells = std::vector<std::optional<T>>;

FakeColumn float64s(const Cells<double>& cells);
FakeColumn float32s(const Cells<float>& cells);
FakeColumn int64s(const Cells<std::int64_t>& cells, std::string format = "l");
FakeColumn int32s(const Cells<std::int32_t>& cells, std::string format = "i");
FakeColumn bools(const Cells<bool>& cells);
FakeColumn texts(const Cells<std::string>& cells);
FakeColumn large_texts(const Cells<std::string>& cells);
// Indices of 8 bits into `values`; nullopt is a null cell.
FakeColumn dictionary(const Cells<std::int8_t>& indices, const Cells<std::string>& values);

using FakeBatch = std::vector<FakeColumn>;

struct FakeTable {
  std::vector<std::string> names;
  std::vector<FakeBatch> batches;
  std::int64_t batch_offset = 0;          // of the struct arrays
  std::vector<ReportScalar> counts = {};  // default: all delivered rows used
  std::vector<Warning> warnings = {};
  std::string snapshot = "sha256:00";
  bool fail_at_end = false;  // with an io error, in place of the end of the stream
  // Last changes before an array or schema is handed over.
  std::function<void(ArrowArray&)> tamper = {};
  std::function<void(ArrowSchema&)> tamper_schema = {};
};

// Reads the table through DataSource. Rows stand at "t.csv:2", "t.csv:3", ..., under a header.
Result<Panel, Faults> read(const FakeTable& table, const PanelRequest& request);

// The same, failing the test when the table is refused or is not; faults one per line.
Panel read_or_fail(const FakeTable& table, const PanelRequest& request);
std::string refusal(const FakeTable& table, const PanelRequest& request);

// Arrays and schemas handed over and not released.
int live_arrow_structs();

}  // namespace steppe::testing
