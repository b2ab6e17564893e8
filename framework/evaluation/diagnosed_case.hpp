// SPDX-License-Identifier: Apache-2.0
#pragma once

// Regressions to be diagnosed. Test support only.

#include <cmath>
#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include "evaluation/regression_diagnostics.hpp"
#include "steppe/numerics/least_squares.hpp"

namespace steppe::testing {

// A regression fitted by least squares, with everything diagnose() reads.
struct DiagnosedCase {
  Calendar calendar;
  std::vector<std::int64_t> ordinals;
  std::vector<double> regressors, target, fitted, weights;
  DiagnosticsInput input;

  DiagnosedCase(std::vector<std::string> names, std::vector<double> x, std::vector<double> y)
      : ordinals(y.size()), regressors(std::move(x)), target(std::move(y)) {
    std::iota(ordinals.begin(), ordinals.end(), 2010);
    input.regressor_names = std::move(names);
    input.target_name = "y";
    input.model = "regression.ols";
    input.has_condition_number = true;
    fit();
  }
  void fit() {
    numerics::LeastSquaresProblem problem;
    const std::size_t n = target.size();
    problem.design = {regressors.data(), n, input.regressor_names.size()};
    problem.response = {target.data(), n};
    problem.weights = {weights.data(), weights.size()};
    fitted = numerics::solve_least_squares(problem)->fitted;
  }
  DiagnosticsReport run() {
    input.calendar = &calendar;
    input.ordinals = ordinals;
    input.regressors = regressors;
    input.target = target;
    input.fitted = fitted;
    input.weights = weights;
    return diagnose(input);
  }
};

inline DiagnosedCase karaganda_case() {
  DiagnosedCase out({"mining", "innovation"},
                    {88461119,  14897.7,   134426171, 14388.6,   134653117, 30891.5,   193647709,
                     53731.2,   281371474, 21578.1,   159861739, 18442.5,   209385885, 31327.2,
                     287805257, 32048,     355034682, 54778,     400265192, 74007},
                    {1872842.3, 2387705.2, 2446510.3, 2621888.8, 2899976.8, 3107085.6, 3712055.9,
                     4284362.6, 4734402.0, 5388260.6});
  out.input.target_name = "grp";
  return out;
}

// A line with residuals given; x is 1, 2, ... and x times shape has no part in them.
inline DiagnosedCase line_with(const std::vector<double>& e) {
  std::vector<double> x, y;
  for (std::size_t i = 0; i < e.size(); ++i) {
    x.push_back(std::sin(static_cast<double>(7 * i + 1)));
    y.push_back(3 + 2 * x.back() + e[i]);
  }
  return {{"x"}, x, y};
}

// Reproducible noise, roughly normal: sums of three from a linear congruential generator.
inline std::vector<double> noise(std::size_t n, std::uint64_t state = 2024) {
  std::vector<double> out;
  for (std::size_t i = 0; i < n; ++i) {
    double sum = 0;
    for (int k = 0; k < 3; ++k) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      sum += static_cast<double>(state >> 11) / 9007199254740992.0 - 0.5;
    }
    out.push_back(2 * sum);
  }
  return out;
}

}  // namespace steppe::testing
