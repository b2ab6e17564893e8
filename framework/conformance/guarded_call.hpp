// SPDX-License-Identifier: Apache-2.0
#pragma once

// The arguments of one call in guarded memory: inputs on pages of their own that may be made
// read-only, outputs that must be written in full and nowhere else, the structs of the contract in
// exactly their size.

#include <cstring>
#include <span>
#include <vector>

#include "conformance/guarded_memory.hpp"
#include "conformance/harness.hpp"

namespace steppe::conformance {

struct GuardSettings {
  CellLayout (*layout)(std::uint64_t rows, std::uint64_t columns) = &row_major;
  Placement placement = Placement::kAtEnd;
  bool odd_address = false;
  bool read_only = false;  // inputs, and the structs that hold them
};

GuardedMatrix::Shape shape_of(std::uint64_t rows, std::uint64_t columns,
                              const GuardSettings& settings);

// A copy of a value that a plugin may only read.
template <typename T>
class GuardedStruct {
 public:
  GuardedStruct(const char* name, const T& value, const GuardSettings& settings)
      : block_(name, sizeof(T), settings.placement) {
    std::memcpy(block_.data(), &value, sizeof(T));
    if (settings.read_only) block_.make_read_only();
  }
  const T* get() const { return static_cast<const T*>(block_.data()); }

 private:
  GuardedBlock block_;
};

// An array that a plugin may only read.
template <typename T>
class GuardedArray {
 public:
  GuardedArray(const char* name, std::span<const T> values, const GuardSettings& settings)
      : block_(name, values.size_bytes(), settings.placement), empty_(values.empty()) {
    if (!empty_) std::memcpy(block_.data(), values.data(), values.size_bytes());
    if (settings.read_only) block_.make_read_only();
  }
  const T* get() const { return empty_ ? nullptr : static_cast<const T*>(block_.data()); }

 private:
  GuardedBlock block_;
  bool empty_;
};

// Numbers that a plugin may only read, as a matrix or as a vector.
class GuardedInput {
 public:
  // rows x columns values, row by row.
  GuardedInput(const char* name, std::span<const double> values, std::uint64_t columns,
               const GuardSettings& settings);
  const steppe_matrix* matrix() const { return matrix_.get(); }
  const steppe_vector* vector() const { return vector_.get(); }
  // Overwrites the numbers: who kept a pointer to them reads others now.
  void spoil();

 private:
  GuardedMatrix cells_;
  std::size_t count_;
  GuardedStruct<steppe_matrix> matrix_;
  GuardedStruct<steppe_vector> vector_;
};

// Numbers that a plugin is to write; not wanted: the pointer in the view is null.
class GuardedOutput {
 public:
  struct Size {
    std::uint64_t rows;
    std::uint64_t columns;
    bool wanted = true;
  };
  GuardedOutput(const char* name, Size size, const GuardSettings& settings);
  const steppe_output* view() const { return view_.get(); }
  // Row by row; leaves by fail() when a cell was not written or something beside was.
  std::vector<double> take(const char* function) const;

 private:
  bool wanted_;
  GuardedMatrix cells_;
  GuardedStruct<steppe_output> view_;
};

void append(std::vector<double>& out, const std::vector<double>& more);

}  // namespace steppe::conformance
