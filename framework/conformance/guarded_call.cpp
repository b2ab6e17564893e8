// SPDX-License-Identifier: Apache-2.0
#include "conformance/guarded_call.hpp"

namespace steppe::conformance {

namespace {

std::uint64_t rows_of(std::span<const double> values, std::uint64_t columns) {
  return columns == 0 ? 0 : values.size() / columns;
}

steppe_output view_of(const GuardedMatrix& cells, bool wanted) {
  steppe_output view = cells.as_output();
  if (!wanted) view.data = nullptr;
  return view;
}

}  // namespace

GuardedMatrix::Shape shape_of(std::uint64_t rows, std::uint64_t columns,
                              const GuardSettings& settings) {
  return {rows, columns, settings.layout(rows, columns), settings.placement, settings.odd_address};
}

GuardedInput::GuardedInput(const char* name, std::span<const double> values, std::uint64_t columns,
                           const GuardSettings& settings)
    : cells_(name, shape_of(rows_of(values, columns), columns, settings)),
      count_(values.size()),
      matrix_(name, cells_.as_matrix(), settings),
      vector_(name, cells_.as_vector(), settings) {
  cells_.set({values.begin(), values.end()});
  if (settings.read_only) cells_.make_read_only();
}

void GuardedInput::spoil() {
  cells_.make_writable();
  cells_.set(std::vector<double>(count_, -7.5e250));
}

GuardedOutput::GuardedOutput(const char* name, Size size, const GuardSettings& settings)
    : wanted_(size.wanted),
      cells_(name, shape_of(size.rows, size.columns, settings)),
      view_(name, view_of(cells_, size.wanted), settings) {}

std::vector<double> GuardedOutput::take(const char* function) const {
  const std::string problem =
      wanted_ ? cells_.problem_after_writing() : cells_.problem_if_touched();
  if (!problem.empty()) fail(std::string(function) + ": " + problem);
  return wanted_ ? cells_.values() : std::vector<double>();
}

void append(std::vector<double>& out, const std::vector<double>& more) {
  out.insert(out.end(), more.begin(), more.end());
}

}  // namespace steppe::conformance
