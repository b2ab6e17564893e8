// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/output_buffer.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>

namespace steppe {

namespace {

// A quiet NaN: arithmetic that reads it before writing hands its bits on, so `out += x` is found as
// well.
constexpr std::uint64_t kPatternBits = 0x7FFC'5354'5050'4531;

double pattern() { return std::bit_cast<double>(kPatternBits); }
bool is_pattern(double x) { return std::bit_cast<std::uint64_t>(x) == kPatternBits; }

}  // namespace

OutputBuffer::OutputBuffer(const char* name, std::size_t rows, std::size_t columns)
    : name_(name),
      rows_(rows),
      columns_(columns),
      cells_(rows * columns + kGuardCells, pattern()),
      view_{} {
  view_.struct_size = sizeof(view_);
  view_.data = cells_.data();
  view_.rows = rows;
  view_.columns = columns;
  view_.row_stride = static_cast<std::int64_t>(columns);
  view_.column_stride = 1;
}

std::string OutputBuffer::cell(std::size_t row, std::size_t column) const {
  return std::string(name_) + "[" + std::to_string(row + 1) + ", " + std::to_string(column + 1) +
         "]";
}

bool OutputBuffer::has_nan() const {
  // A sum, not an early exit: it is vectorised, and there is hardly ever a NaN.
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < size(); ++i) count += cells_[i] != cells_[i] ? 1 : 0;
  return count != 0;
}

bool OutputBuffer::has_negative() const {
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < size(); ++i) count += cells_[i] < 0 ? 1 : 0;
  return count != 0;
}

std::optional<BrokenRule> OutputBuffer::check_filled() const {
  if (!std::all_of(cells_.begin() + static_cast<std::ptrdiff_t>(size()), cells_.end(),
                   &is_pattern)) {
    return BrokenRule{"P12", std::string("wrote past the end of ") + name_};
  }
  if (!has_nan()) return std::nullopt;
  const auto end = cells_.begin() + static_cast<std::ptrdiff_t>(size());
  const auto unfilled = std::find_if(cells_.begin(), end, &is_pattern);
  if (unfilled == end) return std::nullopt;
  const auto index = static_cast<std::size_t>(unfilled - cells_.begin());
  return BrokenRule{"P18",
                    "returned success without filling " + cell(index / columns_, index % columns_)};
}

std::vector<double> OutputBuffer::take() {
  cells_.resize(size());
  return std::move(cells_);
}

std::optional<BrokenRule> check_quantile_order(const OutputBuffer& quantiles, std::size_t rows) {
  const std::size_t step = rows * quantiles.columns();
  const double* q = quantiles.data();
  std::uint64_t wrong = 0;
  for (std::size_t i = step; i < quantiles.size(); ++i) wrong += q[i] < q[i - step] ? 1 : 0;
  if (wrong == 0) return std::nullopt;
  for (std::size_t i = step; i < quantiles.size(); ++i) {
    if (!(q[i] < q[i - step])) continue;
    const std::size_t columns = quantiles.columns();
    return BrokenRule{"N19",
                      quantiles.cell(i / columns, i % columns) +
                          " is below the quantile of a smaller probability",
                      "R35"};
  }
  return std::nullopt;
}

}  // namespace steppe
