// SPDX-License-Identifier: Apache-2.0
#pragma once

// The regressions of tests/reference/diagnostics with their reference values. Test support only.

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "reference_files.hpp"
#include "steppe/numerics/least_squares.hpp"
#include "steppe/numerics/regression_tests.hpp"

namespace steppe::numerics::test {

// Values by "case,quantity,index".
class DiagnosticsReference {
 public:
  explicit DiagnosticsReference(const std::string& file) {
    for (const Cells& cells : read_reference("diagnostics/" + file)) {
      if (cells.size() == 4) values_[cells[0] + "," + cells[1] + "," + cells[2]] = number(cells[3]);
    }
  }
  double at(const std::string& name, const std::string& quantity, std::size_t index = 0) const {
    return values_.at(name + "," + quantity + "," + std::to_string(index));
  }

 private:
  std::map<std::string, double> values_;
};

struct DiagnosticsCase {
  std::string name;
  std::vector<std::string> columns;  // target, then regressors
  std::vector<std::vector<double>> values;
  std::vector<double> design;  // row-major
  LeastSquaresFit fit;

  std::size_t rows() const { return values[0].size(); }
  RegressionResiduals residuals() const {
    return {{design.data(), rows(), columns.size() - 1},
            true,
            {fit.residuals.data(), rows()},
            {fit.fitted.data(), rows()}};
  }
};

// The last `last` rows of a file; 0: all.
inline DiagnosticsCase diagnostics_case(const std::string& name, const std::string& file,
                                        const std::vector<std::string>& columns,
                                        std::size_t last = 0) {
  DiagnosticsCase out{name, columns, {}, {}, {}};
  const auto cells = read_reference(file);
  const std::size_t first = last == 0 ? 1 : cells.size() - last;
  for (const std::string& column : columns) {
    std::size_t c = 0;
    while (cells[0][c] != column) ++c;
    auto& values = out.values.emplace_back();
    for (std::size_t r = first; r < cells.size(); ++r) values.push_back(number(cells[r][c]));
  }
  for (std::size_t r = 0; r < out.rows(); ++r)
    for (std::size_t c = 1; c < columns.size(); ++c) out.design.push_back(out.values[c][r]);
  LeastSquaresProblem problem;
  problem.design = {out.design.data(), out.rows(), columns.size() - 1};
  problem.response = {out.values[0].data(), out.rows()};
  auto fit = solve_least_squares(problem);
  if (!fit) throw std::runtime_error(fit.error().message);
  out.fit = std::move(*fit);
  return out;
}

inline DiagnosticsCase longley() {
  return diagnostics_case("longley", "nist_linear/Longley.csv",
                          {"y", "x1", "x2", "x3", "x4", "x5", "x6"});
}
inline DiagnosticsCase karaganda() {
  return diagnostics_case("karaganda", "../../docs/examples/karaganda/karaganda.csv",
                          {"grp", "mining", "innovation"});
}
inline DiagnosticsCase consumption() {
  return diagnostics_case("consumption", "diagnostics/us_macro.csv",
                          {"realcons", "realdpi", "tbilrate"}, 48);
}
inline DiagnosticsCase consumption_all() {
  return diagnostics_case("consumption_all", "diagnostics/us_macro.csv",
                          {"realcons", "realdpi", "tbilrate"});
}
inline std::vector<DiagnosticsCase> diagnostics_cases() {
  return {longley(), karaganda(), consumption(), consumption_all()};
}

}  // namespace steppe::numerics::test
