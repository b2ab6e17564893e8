// SPDX-License-Identifier: Apache-2.0

// Coverage of 95 % intervals of ridge regression and lasso on simulated data: the table on the
// pages of the plugins. Run once, against the library of a build tree BUILD:
//   g++ -std=c++20 -O2 -I sdk/include -I sdk/numerics/include
//   tests/reference/penalized/coverage.cpp
//     BUILD/sdk/numerics/libsteppe_numerics.a -o coverage
// "common" 0: independent columns; 1: correlation 0.5 (the columns share a part).

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <random>
#include <vector>

#include "steppe/numerics/distributions.hpp"
#include "steppe/numerics/elastic_net.hpp"
#include "steppe/numerics/ridge.hpp"

namespace {

using namespace steppe::numerics;
using steppe::MatrixView;
using steppe::VectorView;

struct Sample {
  std::size_t n = 0;
  std::size_t p = 0;
  std::vector<double> x, y;  // one row more than is fitted
  MatrixView design() const { return {x.data(), n, p}; }
  VectorView response() const { return {y.data(), n}; }
  VectorView next() const { return {x.data() + n * p, p}; }
};

Sample draw(std::size_t n, std::size_t p, double common, std::mt19937_64& random) {
  static std::normal_distribution<double> z;  // keeps every second number it makes
  Sample out{n, p, {}, {}};
  for (std::size_t i = 0; i <= n; ++i) {
    const double shared = common * z(random);
    double y = 10;
    for (std::size_t j = 0; j < p; ++j) {
      out.x.push_back(shared + z(random));
      if (j % 2 == 0 && j < 10) y += (j % 4 == 0 ? 1.0 : -0.5) * out.x.back();
    }
    out.y.push_back(y + 1.5 * z(random));
  }
  return out;
}

template <typename Fit>
bool covers(const Fit& fit, const Sample& sample) {
  const auto value = evaluate(fit, sample.next());
  const double t = student_t_quantile(0.975, fit.residual_dof);
  const double half = t * std::sqrt(fit.residual_variance * (1 + value.variance_factor));
  return std::abs(sample.y.back() - value.mean) <= half;
}

void count(std::size_t n, std::size_t p, double common, std::mt19937_64& random) {
  const int sets = p > 20 ? 1000 : 4000;
  int ridge = 0;
  int lasso = 0;
  int validated = 0;
  for (int s = 0; s < sets; ++s) {
    const Sample sample = draw(n, p, common, random);
    ElasticNetProblem problem{.design = sample.design(), .response = sample.response()};
    ridge +=
        covers(*solve_ridge({.design = sample.design(), .response = sample.response()}), sample);
    lasso += covers(*solve_elastic_net(problem), sample);
    if (s % 4 != 0) continue;
    std::vector<std::size_t> folds;
    for (std::size_t i = 0; i < n; ++i) folds.push_back(i * std::min<std::size_t>(10, n) / n);
    problem.criterion = PathCriterion::kCrossValidation;
    problem.folds = folds;
    validated += covers(*solve_elastic_net(problem), sample);
  }
  std::printf("common %g n %zu p %zu: ridge %.1f, lasso aicc %.1f, cv %.1f\n", common, n, p,
              100.0 * ridge / sets, 100.0 * lasso / sets, 400.0 * validated / sets);
}

}  // namespace

int main() {
  std::mt19937_64 random(7);
  for (const auto& [n, p] : std::vector<std::pair<std::size_t, std::size_t>>{
           {10, 2}, {20, 4}, {40, 10}, {100, 10}, {20, 30}})
    count(n, p, 0.0, random);
  count(10, 2, 1.0, random);
  count(20, 4, 1.0, random);
}
