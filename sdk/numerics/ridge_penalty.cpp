// SPDX-License-Identifier: Apache-2.0
#include "ridge_penalty.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace steppe::numerics::detail {
namespace {

constexpr int kDecadesAbove = 4;  // of the largest squared singular value
constexpr int kDecadesBelow = 14;
constexpr int kPerDecade = 8;

// n - 1 - sum f_k, without the cancellation that comes with f_k near 1.
double left_over(const RidgeSpectrum& spectrum, double penalty) {
  double sum = spectrum.free_dof - static_cast<double>(spectrum.singular.size());
  for (const double d : spectrum.singular) sum += penalty / (d * d + penalty);
  return sum;
}

// Derivative of ln GCV by ln penalty. Its sign is what counts.
double slope_of_gcv(const RidgeSpectrum& spectrum, double penalty) {
  double residual = 0.0;
  double freed = 0.0;
  for (std::size_t k = 0; k < spectrum.singular.size(); ++k) {
    const double square = spectrum.singular[k] * spectrum.singular[k];
    const double rest = penalty / (square + penalty);
    const double kept = square / (square + penalty);
    residual += 2.0 * rest * rest * kept * spectrum.along[k] * spectrum.along[k];
    freed += rest * kept;
  }
  return residual / spectrum.residual_sum(penalty) - 2.0 * freed / left_over(spectrum, penalty);
}

RidgeCandidate candidate_at(const RidgeSpectrum& spectrum, double penalty) {
  return {penalty, spectrum.degrees_of_freedom(penalty), spectrum.residual_sum(penalty),
          spectrum.gcv(penalty)};
}

// The zero of the slope between two penalties where it rises from below 0; bisection of the
// logarithm to the last digit.
double refine_minimum(const RidgeSpectrum& spectrum, double low, double high) {
  double from = std::log(low);
  double to = std::log(high);
  while (true) {
    const double middle = 0.5 * (from + to);
    if (!(from < middle && middle < to)) return std::exp(middle);
    (slope_of_gcv(spectrum, std::exp(middle)) < 0.0 ? from : to) = middle;
  }
}

}  // namespace

double RidgeSpectrum::degrees_of_freedom(double penalty) const {
  return observations - left_over(*this, penalty);
}

double RidgeSpectrum::residual_dof(double penalty) const {
  double sum = free_dof - static_cast<double>(singular.size());
  for (const double d : singular) sum += std::pow(penalty / (d * d + penalty), 2);
  return sum;
}

double RidgeSpectrum::residual_sum(double penalty) const {
  double sum = residual_ss;
  for (std::size_t k = 0; k < singular.size(); ++k)
    sum += std::pow(penalty / (singular[k] * singular[k] + penalty) * along[k], 2);
  return sum;
}

double RidgeSpectrum::gcv(double penalty) const {
  const double rest = left_over(*this, penalty);
  return observations * residual_sum(penalty) / (rest * rest);
}

RidgeSearch search_penalty(const RidgeSpectrum& spectrum) {
  RidgeSearch search;
  if (spectrum.singular.empty()) return search;
  const double largest = spectrum.singular.front() * spectrum.singular.front();
  for (int i = kDecadesAbove * kPerDecade; i >= -kDecadesBelow * kPerDecade; --i)
    search.candidates.push_back(
        candidate_at(spectrum, largest * std::pow(10.0, static_cast<double>(i) / kPerDecade)));
  const bool proper =
      spectrum.free_dof > static_cast<double>(spectrum.singular.size());  // rows are left over
  if (proper && spectrum.residual_ss <= spectrum.exact_ss) {
    search.choice = RidgeChoice::kExact;
    return search;
  }
  // Without a residual degree of freedom there is no error variance and no interval.
  auto tried = search.candidates;
  while (tried.size() > 1 && spectrum.residual_dof(tried.back().penalty) < 1.0) tried.pop_back();
  RidgeCandidate best = tried.front();
  if (tried.back().gcv < best.gcv) {
    best = tried.back();
    search.choice = RidgeChoice::kSmallest;
  }
  for (std::size_t i = 0; i + 1 < tried.size(); ++i) {
    if (!(slope_of_gcv(spectrum, tried[i].penalty) > 0.0) ||
        slope_of_gcv(spectrum, tried[i + 1].penalty) > 0.0)
      continue;
    const auto found =
        candidate_at(spectrum, refine_minimum(spectrum, tried[i + 1].penalty, tried[i].penalty));
    if (!(found.gcv < best.gcv)) continue;
    best = found;
    search.choice = RidgeChoice::kMinimum;
  }
  search.penalty = best.penalty;
  return search;
}

}  // namespace steppe::numerics::detail
