// SPDX-License-Identifier: Apache-2.0
#pragma once

// Memory that catches who leaves it. Each block lies between two pages that cannot be touched,
// flush with one of them; matrices in it have any strides, and what is not a cell is poison that
// must be there afterwards. Who touches a guard page or writes a read-only block ends the process
// with a verdict that names the block.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "steppe/abi/views.h"

namespace steppe::conformance {

// Which neighbour the block touches: the page behind its last byte or the one before its first.
enum class Placement { kAtEnd, kAtStart };

class GuardedBlock {
 public:
  // `name` appears in verdicts and must live as long as the block. kAtEnd leaves the start aligned
  // to `alignment` only if `bytes` is a multiple of it.
  GuardedBlock(const char* name, std::size_t bytes, Placement placement);
  ~GuardedBlock();
  GuardedBlock(const GuardedBlock&) = delete;
  GuardedBlock& operator=(const GuardedBlock&) = delete;

  void* data() const { return data_; }
  std::size_t size() const { return size_; }
  void make_read_only();
  void make_writable();

 private:
  std::size_t slot_;
  unsigned char* mapping_;  // with both guard pages
  std::size_t mapped_;
  void* data_;
  std::size_t size_;
};

// How a matrix lies in memory. Strides may be negative; gaps are cells that belong to nobody.
struct CellLayout {
  std::int64_t row_stride;
  std::int64_t column_stride;
};
CellLayout row_major(std::uint64_t rows, std::uint64_t columns);
CellLayout column_major(std::uint64_t rows, std::uint64_t columns);
CellLayout reversed(std::uint64_t rows, std::uint64_t columns);       // both strides negative
CellLayout with_gaps(std::uint64_t rows, std::uint64_t columns);      // odd strides, 2 and more
CellLayout columns_apart(std::uint64_t rows, std::uint64_t columns);  // column-major with gaps

class GuardedMatrix {
 public:
  struct Shape {
    std::uint64_t rows;
    std::uint64_t columns;
    CellLayout layout;
    Placement placement = Placement::kAtEnd;
    bool odd_address = false;  // 8 modulo 16
  };
  // All poison.
  GuardedMatrix(const char* name, const Shape& shape);

  double& at(std::uint64_t row, std::uint64_t column);
  double get(std::uint64_t row, std::uint64_t column) const;
  // Row by row.
  void set(const std::vector<double>& values);
  std::vector<double> values() const;

  void make_read_only() { block_.make_read_only(); }
  void make_writable() { block_.make_writable(); }
  steppe_vector as_vector() const;  // of a single column
  steppe_matrix as_matrix() const;
  steppe_output as_output() const;

  // What is wrong with it after a call that was to write every cell: empty, `cell (2, 0) of "mean"
  // was not written`, `the call wrote between the cells of "mean"`.
  std::string problem_after_writing() const;
  // After a call that was to write nothing.
  std::string problem_if_touched() const;

 private:
  double* cell(std::uint64_t row, std::uint64_t column) const;
  bool gaps_are_poison() const;

  const char* name_;
  Shape shape_;
  std::int64_t first_;  // index of cell (0, 0) within the span
  std::size_t span_;    // doubles from the lowest cell to the highest
  GuardedBlock block_;
  double* span_start_;
};

// Where the handler writes its verdict; without one it says it on standard error.
void set_guard_channel(int descriptor);

}  // namespace steppe::conformance
