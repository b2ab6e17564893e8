// SPDX-License-Identifier: Apache-2.0
#pragma once

// Record batches of an Arrow stream as `data` reads them: the columns that were asked for, in that
// order, checked before use and released at the end of their life.

#include <cstdint>
#include <string>
#include <vector>

#include "data/arrow_column.hpp"
#include "plugin_host/data_source.hpp"

namespace steppe {

// A problem with one column, or with the batch as a whole when column is -1.
struct BatchError {
  Error error;
  int column = -1;
};

// The types of the requested columns. Refused: another number of columns, other names, types the
// role of a column may not have.
Result<std::vector<ArrowType>, BatchError> batch_types(const ArrowSchema& schema,
                                                       const std::vector<ColumnWanted>& wanted);

// Owns one array of the stream.
class ArrowBatch {
 public:
  explicit ArrowBatch(ArrowArray array) : array_(array) {}
  ~ArrowBatch() {
    if (array_.release != nullptr) array_.release(&array_);
  }
  ArrowBatch(const ArrowBatch&) = delete;
  ArrowBatch& operator=(const ArrowBatch&) = delete;

  bool at_end() const { return array_.release == nullptr; }
  // Must be called, and have succeeded, before the other functions.
  Result<void, BatchError> check(const std::vector<ArrowType>& types) const;
  std::int64_t rows() const { return array_.length; }
  ColumnCells cells(std::size_t column, const ArrowType& type) const {
    return {array_.children[column], type, array_.offset};
  }

 private:
  ArrowArray array_;
};

}  // namespace steppe
