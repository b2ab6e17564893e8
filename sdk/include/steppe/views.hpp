// SPDX-License-Identifier: Apache-2.0
#pragma once

// C++ faces of the border's views: bounds are the caller's business, strides are handled here.

#include <cstddef>
#include <cstdint>
#include <limits>

#include "steppe/abi/views.h"

namespace steppe {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

// Read-only vector of doubles with a stride.
class VectorView {
 public:
  VectorView() = default;
  VectorView(const double* data, std::size_t length, std::ptrdiff_t stride = 1)
      : data_(data), length_(length), stride_(stride) {}
  explicit VectorView(const steppe_vector& v)
      : data_(v.data), length_(v.length), stride_(static_cast<std::ptrdiff_t>(v.stride)) {}

  std::size_t size() const { return length_; }
  bool empty() const { return length_ == 0; }
  const double* data() const { return data_; }
  std::ptrdiff_t stride() const { return stride_; }
  double operator[](std::size_t i) const { return data_[static_cast<std::ptrdiff_t>(i) * stride_]; }
  double front() const { return (*this)[0]; }
  double back() const { return (*this)[length_ - 1]; }

 private:
  const double* data_ = nullptr;
  std::size_t length_ = 0;
  std::ptrdiff_t stride_ = 1;
};

// Read-only matrix of doubles with strides and, where some are missing, a validity bitmap.
class MatrixView {
 public:
  MatrixView() = default;
  MatrixView(const double* data, std::size_t rows, std::size_t columns)
      : data_(data),
        rows_(rows),
        columns_(columns),
        row_stride_(static_cast<std::ptrdiff_t>(columns)) {}
  explicit MatrixView(const steppe_matrix& m)
      : data_(m.data),
        rows_(m.rows),
        columns_(m.columns),
        row_stride_(static_cast<std::ptrdiff_t>(m.row_stride)),
        column_stride_(static_cast<std::ptrdiff_t>(m.column_stride)),
        validity_(m.validity) {}

  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  const double* data() const { return data_; }
  std::ptrdiff_t row_stride() const { return row_stride_; }
  std::ptrdiff_t column_stride() const { return column_stride_; }
  bool has_missing() const { return validity_ != nullptr; }

  double operator()(std::size_t row, std::size_t column) const {
    return data_[static_cast<std::ptrdiff_t>(row) * row_stride_ +
                 static_cast<std::ptrdiff_t>(column) * column_stride_];
  }
  bool present(std::size_t row, std::size_t column) const {
    const std::size_t bit = row * columns_ + column;
    return validity_ == nullptr || ((validity_[bit / 8] >> (bit % 8)) & 1) != 0;
  }
  VectorView column(std::size_t c) const {
    return {data_ + static_cast<std::ptrdiff_t>(c) * column_stride_, rows_, row_stride_};
  }

 private:
  const double* data_ = nullptr;
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  std::ptrdiff_t row_stride_ = 0;
  std::ptrdiff_t column_stride_ = 1;
  const std::uint8_t* validity_ = nullptr;
};

// A buffer of the host's to write to. `wanted()` is false when the host does not ask for it.
class OutputView {
 public:
  OutputView() = default;
  explicit OutputView(const steppe_output* o) {
    if (o == nullptr) return;
    data_ = o->data;
    rows_ = o->rows;
    columns_ = o->columns;
    row_stride_ = static_cast<std::ptrdiff_t>(o->row_stride);
    column_stride_ = static_cast<std::ptrdiff_t>(o->column_stride);
  }

  bool wanted() const { return data_ != nullptr; }
  std::size_t rows() const { return rows_; }
  std::size_t columns() const { return columns_; }
  double* data() const { return data_; }
  std::ptrdiff_t row_stride() const { return row_stride_; }
  std::ptrdiff_t column_stride() const { return column_stride_; }
  double& operator()(std::size_t row, std::size_t column) const {
    return data_[static_cast<std::ptrdiff_t>(row) * row_stride_ +
                 static_cast<std::ptrdiff_t>(column) * column_stride_];
  }
  bool has_shape(std::size_t rows, std::size_t columns) const {
    return rows_ == rows && columns_ == columns;
  }

 private:
  double* data_ = nullptr;
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  std::ptrdiff_t row_stride_ = 0;
  std::ptrdiff_t column_stride_ = 0;
};

}  // namespace steppe
