// SPDX-License-Identifier: Apache-2.0

// Certification on the linear sets of the NIST Statistical Reference Datasets
// (tests/reference/nist_linear). Digits are correct digits: -log10 of the relative error. Where
// they are below 15 the limit is the data, not the arithmetic: the decimals of Norris, Pontius
// (response), Wampler2 and Filip are not doubles. A polynomial is given as its variable and degree,
// and once, for Filip, as columns of rounded powers, which leave 7.6 digits to any solver
// (tests/reference/nist_linear/README.md).

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <string>
#include <vector>

#include "reference_files.hpp"
#include "steppe/numerics/least_squares.hpp"

namespace steppe::numerics {
namespace {

struct NistSet {
  std::string name;
  int degree;  // of the only column; 1 also where there are several
  bool intercept;
  double coefficient_digits;
  double error_digits;  // of standard errors, residual standard deviation and R squared
  bool rounded_powers = false;
};

void PrintTo(const NistSet& set, std::ostream* out) { *out << set.name; }

// x^degree rounded once, as a user's own table of powers would hold it.
double rounded_power(double x, int degree) {
  DoubleDouble power = 1.0;
  for (int i = 0; i < degree; ++i) power = power * x;
  return power.value();
}

struct NistData {
  std::vector<double> y;
  std::vector<double> x;  // row-major
  std::size_t columns = 0;
};

NistData read_set(const NistSet& set) {
  NistData data;
  const auto rows = test::read_reference("nist_linear/" + set.name + ".csv");
  for (std::size_t i = 1; i < rows.size(); ++i) {
    data.y.push_back(test::number(rows[i][0]));
    for (std::size_t j = 1; j < rows[i].size(); ++j) {
      const double x = test::number(rows[i][j]);
      const int powers = set.rounded_powers ? set.degree : 1;
      for (int power = 1; power <= powers; ++power) data.x.push_back(rounded_power(x, power));
    }
  }
  data.columns = data.x.size() / data.y.size();
  return data;
}

class NistLinear : public testing::TestWithParam<NistSet> {};

TEST_P(NistLinear, HasTheCertifiedDigits) {
  const NistSet& set = GetParam();
  const NistData data = read_set(set);
  LeastSquaresProblem problem;
  problem.design = MatrixView(data.x.data(), data.y.size(), data.columns);
  problem.response = VectorView(data.y.data(), data.y.size());
  problem.intercept = set.intercept;
  const std::vector<int> degrees(data.columns, set.rounded_powers ? 1 : set.degree);
  problem.degrees = degrees;
  const auto fit = solve_least_squares(problem);
  ASSERT_TRUE(fit.ok()) << fit.error().message;
  ASSERT_TRUE(fit->dropped.empty());

  const std::size_t q = fit->coefficients.size();
  const double dof = static_cast<double>(fit->residual_dof());
  const double deviation = std::sqrt(fit->residual_ss / dof);
  double coefficients = 16.0;
  double errors = 16.0;
  for (const auto& cells : test::read_reference("nist_linear/certified.csv")) {
    if (cells[0] != set.name) continue;
    const double value = test::number(cells[2]);
    // A certified 0 asks for a residual deviation that vanishes beside the response.
    const double unit = value == 0.0 ? std::sqrt(fit->response_ss) : 1.0;
    if (cells[1] == "rsd") {
      errors = std::min(errors, test::correct_digits(deviation / unit, value));
    } else if (cells[1] == "r2") {
      errors = std::min(errors, test::correct_digits(fit->regression_ss / fit->total_ss, value));
    } else {
      const std::size_t b =
          static_cast<std::size_t>(test::number(cells[1].substr(1))) - (set.intercept ? 0 : 1);
      coefficients = std::min(coefficients, test::correct_digits(fit->coefficients[b], value));
      const double error = std::sqrt(fit->covariance[b * q + b]) * deviation;
      errors = std::min(errors, test::correct_digits(error, test::number(cells[3])));
    }
  }
  RecordProperty("coefficient_digits", std::to_string(coefficients));
  RecordProperty("error_digits", std::to_string(errors));
  EXPECT_GE(coefficients, set.coefficient_digits);
  EXPECT_GE(errors, set.error_digits);
}

INSTANTIATE_TEST_SUITE_P(
    Sets, NistLinear,
    testing::Values(NistSet{"Norris", 1, true, 13.9, 13.9}, NistSet{"Pontius", 2, true, 13.5, 13.8},
                    NistSet{"NoInt1", 1, false, 15, 15}, NistSet{"NoInt2", 1, false, 15, 15},
                    NistSet{"Filip", 10, true, 14.2, 14.9},
                    NistSet{"Filip", 10, true, 7.6, 7.6, true},
                    NistSet{"Longley", 1, true, 14.7, 15}, NistSet{"Wampler1", 5, true, 15, 15},
                    NistSet{"Wampler2", 5, true, 13.2, 15}, NistSet{"Wampler3", 5, true, 15, 15},
                    NistSet{"Wampler4", 5, true, 15, 15}, NistSet{"Wampler5", 5, true, 15, 15}),
    [](const auto& set) {
      return set.param.name + (set.param.rounded_powers ? "OfRoundedPowers" : "");
    });

}  // namespace
}  // namespace steppe::numerics
