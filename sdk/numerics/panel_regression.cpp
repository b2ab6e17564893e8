// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/panel_regression.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "centered_columns.hpp"
#include "centered_form.hpp"
#include "panel_parts.hpp"
#include "steppe/numerics/distributions.hpp"

namespace steppe::numerics {
namespace {

// What is left of a value this much smaller than the value is rounding of the data.
constexpr double kDataRounding = 2e-14;
// However large the levels: columns further from a dependency than this are no rounding of it.
constexpr double kLargestTolerance = 1e-10;

std::string counted_coefficients(const PanelProblem& problem, std::size_t slopes) {
  std::string text = std::to_string(slopes) + (slopes == 1 ? " slope" : " slopes") + " and ";
  if (problem.effects == PanelEffects::kNone) return text + "a constant";
  return text + std::to_string(problem.key_count) +
         (problem.key_count == 1 ? " effect of a key" : " effects of keys");
}

std::optional<Error> find_bad_keys(const PanelProblem& problem) {
  const std::size_t n = problem.response.size();
  std::vector<bool> seen(problem.key_count);
  bool good = problem.keys.size() == n;
  for (std::size_t i = 0; good && i < n; ++i) {
    good = problem.keys[i] < problem.key_count;
    if (good) seen[problem.keys[i]] = true;
  }
  if (good && std::all_of(seen.begin(), seen.end(), [](bool there) { return there; }))
    return std::nullopt;
  return Error{ErrorKind::kInvalidData, "the numbers of the keys do not fit the rows", {}, {}};
}

std::optional<Error> find_panel_problem(const PanelProblem& problem) {
  LeastSquaresProblem as_it_is;
  as_it_is.design = problem.design;
  as_it_is.response = problem.response;
  as_it_is.column_names = problem.column_names;
  as_it_is.response_name = problem.response_name;
  if (auto error = detail::find_problem(as_it_is)) return error;
  if (auto error = find_bad_keys(problem)) return error;
  const std::size_t n = problem.response.size();
  const std::size_t slopes = problem.design.columns();
  const bool fixed = problem.effects == PanelEffects::kFixed;
  const std::size_t coefficients = slopes + (fixed ? problem.key_count : 1);
  if (n >= coefficients) return std::nullopt;
  return Error{ErrorKind::kInsufficientData,
               std::to_string(n) + " observations for " + std::to_string(coefficients) +
                   " coefficients (" + counted_coefficients(problem, slopes) + "); at least " +
                   std::to_string(coefficients) + " are needed, and more for standard errors",
               {},
               "N1"};
}

// Takes the mean of its key from every value. The first value of the key is subtracted before the
// mean is formed, exactly, so that what never changes within a key becomes exact zeros. Gives the
// largest magnitude before over that after; 1 when nothing is left.
double take_key_means(const PanelProblem& problem, VectorView values, std::vector<double>& rest,
                      std::vector<DoubleDouble>& means) {
  const std::size_t groups = problem.key_count;
  std::vector<DoubleDouble> sums(groups);
  std::vector<double> first(groups, kUndefined);
  std::vector<double> count(groups);
  double level = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t key = problem.keys[i];
    if (count[key] == 0.0) first[key] = values[i];
    sums[key] += DoubleDouble(values[i]) - first[key];
    count[key] += 1.0;
    level = std::max(level, std::abs(values[i]));
  }
  for (std::size_t key = 0; key < groups; ++key) sums[key] = sums[key] / count[key];
  double largest = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t key = problem.keys[i];
    rest[i] = ((DoubleDouble(values[i]) - first[key]) - sums[key]).value();
    largest = std::max(largest, std::abs(rest[i]));
  }
  for (std::size_t key = 0; key < groups; ++key) means[key] = sums[key] + first[key];
  if (largest > kDataRounding * level) return level / largest;
  std::fill(rest.begin(), rest.end(), 0.0);
  return 1.0;
}

// Fills data and the means of the fit; gives the tolerance that the levels leave.
double transform_within(const PanelProblem& problem, detail::PanelData& data, PanelFit& fit) {
  const std::size_t n = problem.response.size();
  const std::size_t p = problem.design.columns();
  const std::size_t groups = problem.key_count;
  data.columns.resize(n * p);
  data.response.resize(n);
  fit.response_means.resize(groups);
  fit.column_means.resize(groups * p);
  take_key_means(problem, problem.response, data.response, fit.response_means);
  std::vector<DoubleDouble> means(groups);
  std::vector<double> rest(n);
  double ratio = 1.0;
  for (std::size_t j = 0; j < p; ++j) {
    ratio = std::max(ratio, take_key_means(problem, problem.design.column(j), rest, means));
    for (std::size_t i = 0; i < n; ++i) data.columns[i * p + j] = rest[i];
    for (std::size_t key = 0; key < groups; ++key) fit.column_means[key * p + j] = means[key];
  }
  data.target = {data.response.data(), n};
  data.design = MatrixView(data.columns.data(), n, p);
  return std::min(kDataRounding * ratio, kLargestTolerance);
}

double sum_of_squares(VectorView values, DoubleDouble mean) {
  DoubleDouble sum;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const DoubleDouble distance = DoubleDouble(values[i]) - mean;
    sum += distance * distance;
  }
  return sum.value();
}

// Without regressors there is nothing to solve.
LeastSquaresFit effects_alone(const detail::PanelData& data) {
  LeastSquaresFit fit;
  fit.intercept = false;
  fit.observations = data.target.size();
  fit.residuals = data.response;
  fit.fitted.assign(data.target.size(), 0.0);
  fit.residual_ss = fit.total_ss = fit.response_ss = sum_of_squares(data.target, {});
  return fit;
}

Result<LeastSquaresFit> solve_slopes(const PanelProblem& problem, const detail::PanelData& data,
                                     double tolerance) {
  if (data.design.columns() == 0 && problem.effects == PanelEffects::kFixed)
    return effects_alone(data);
  LeastSquaresProblem slopes;
  slopes.design = data.design;
  slopes.response = data.target;
  slopes.intercept = problem.effects == PanelEffects::kNone;
  slopes.rank_tolerance = tolerance;
  slopes.column_names = problem.column_names;
  slopes.response_name = problem.response_name;
  slopes.cancelled = problem.cancelled;
  return solve_least_squares(slopes);
}

DoubleDouble mean_of(VectorView values) {
  DoubleDouble sum;
  for (std::size_t i = 0; i < values.size(); ++i) sum += DoubleDouble(values[i]) - values[0];
  return sum / static_cast<double>(values.size()) + values[0];
}

// Sums of squares, degrees of freedom and whether the data lie on the fit.
void fill_variance(const PanelProblem& problem, PanelFit& fit) {
  constexpr double kRounding = 4.0 * 1.1102230246251565e-16;  // of a value of the target, relative
  const VectorView y = problem.response;
  const bool fixed = problem.effects == PanelEffects::kFixed;
  fit.observations = y.size();
  fit.rank = fit.slopes.rank + (fixed ? problem.key_count : 0);
  fit.total_ss = sum_of_squares(y, mean_of(y));
  fit.constant_target = fit.total_ss == 0.0;
  fit.residual_dof = static_cast<double>(fit.observations - fit.rank);
  const bool saturated = fit.residual_dof == 0.0;
  fit.exact = saturated || std::sqrt(fit.slopes.residual_ss) <=
                               kRounding * std::sqrt(sum_of_squares(y, DoubleDouble(0.0)));
  fit.residual_ss = fit.exact ? 0.0 : fit.slopes.residual_ss;
  fit.residual_variance = saturated ? kUndefined : fit.residual_ss / fit.residual_dof;
  const bool clustered = problem.covariance == PanelCovariance::kClustered;
  fit.test_dof = clustered ? static_cast<double>(problem.key_count) - 1.0 : fit.residual_dof;
}

void fill_fitted(const PanelProblem& problem, const detail::PanelData& data, PanelFit& fit) {
  fit.fitted = std::move(fit.slopes.fitted);
  if (problem.effects == PanelEffects::kNone) return;
  for (std::size_t i = 0; i < fit.fitted.size(); ++i)
    fit.fitted[i] = problem.response[i] - data.residuals[i];
}

// The fit with equal effects, and what they leave unexplained beyond those of the keys.
std::optional<Error> compare_effects(const PanelProblem& problem, PanelFit& fit) {
  fit.effects_f = fit.effects_significance = kUndefined;
  const bool fixed = problem.effects == PanelEffects::kFixed;
  if (!fixed || fit.exact || fit.constant_target || problem.key_count < 2) return std::nullopt;
  const std::size_t n = problem.response.size();
  std::vector<double> kept;  // what has a slope here: else the one fit would not hold the other
  for (std::size_t i = 0; i < n; ++i)
    for (const std::size_t j : fit.slopes.centered.kept) kept.push_back(problem.design(i, j));
  LeastSquaresProblem equal;
  equal.design = MatrixView(kept.data(), n, kept.size() / n);
  equal.response = problem.response;
  equal.cancelled = problem.cancelled;
  const auto pooled = solve_least_squares(equal);
  if (!pooled) return pooled.error();
  const double restrictions = static_cast<double>(fit.rank - pooled->rank);
  fit.effects_f = (pooled->residual_ss - fit.residual_ss) / restrictions / fit.residual_variance;
  fit.effects_significance = f_upper_tail(fit.effects_f, restrictions, fit.residual_dof);
  return std::nullopt;
}

}  // namespace

Result<PanelFit> solve_panel(const PanelProblem& problem) {
  if (auto error = find_panel_problem(problem)) return *std::move(error);
  PanelFit fit;
  fit.effects = problem.effects;
  fit.covariance = problem.covariance;
  fit.rows.resize(problem.key_count);
  for (const std::size_t key : problem.keys) ++fit.rows[key];
  detail::PanelData data;
  data.design = problem.design;
  data.target = problem.response;
  double tolerance = kDataRounding;
  if (problem.effects == PanelEffects::kFixed) tolerance = transform_within(problem, data, fit);
  auto slopes = solve_slopes(problem, data, tolerance);
  if (!slopes) return slopes.error();
  fit.slopes = *std::move(slopes);
  fit.coefficients = fit.slopes.coefficients;
  data.residuals = std::move(fit.slopes.residuals);
  fit.slopes.residuals.clear();
  fit.slopes.leverages.clear();
  fill_variance(problem, fit);
  fill_fitted(problem, data, fit);
  fit.slopes.fitted.clear();
  detail::fill_panel_inference(problem, data, fit);
  detail::fill_panel_shares(problem, fit);
  if (auto error = compare_effects(problem, fit)) return *std::move(error);
  return fit;
}

PanelValue evaluate(const PanelFit& fit, std::size_t key, VectorView row) {
  const std::vector<double> distance = detail::panel_distance(fit, key, row);
  const VectorView d{distance.data(), distance.size()};
  PanelValue out{0.0, variance_of_mean(fit.slopes, fit.filling, d)};
  if (fit.effects == PanelEffects::kNone) {
    out.mean = detail::evaluate_row(fit.slopes.centered, d).mean.value();
    return out;
  }
  const CenteredForm& form = fit.slopes.centered;
  DoubleDouble mean = fit.response_means[key];
  for (std::size_t k = 0; k < form.kept.size(); ++k) {
    const std::size_t j = form.kept[k];
    mean += form.slopes[k] * (DoubleDouble(row[j]) - fit.column_means[key * row.size() + j]);
  }
  out.mean = mean.value();
  out.variance += fit.residual_variance / static_cast<double>(fit.rows[key]);
  return out;
}

const DependentColumn* broken_dependency(const PanelFit& fit, std::size_t key, VectorView row) {
  if (fit.effects == PanelEffects::kNone) return broken_dependency(fit.slopes, row);
  constexpr double kTolerance = 1e-8;
  const std::vector<double> distance = detail::panel_distance(fit, key, row);
  for (const DependentColumn& dependency : fit.slopes.dropped) {
    double difference = distance[dependency.column];
    double size = std::abs(difference);
    double level = std::abs(row[dependency.column]);
    for (std::size_t k = 0; k < dependency.factors.size(); ++k) {
      const std::size_t on = dependency.depends_on[k];
      difference -= dependency.factors[k] * distance[on];
      size += std::abs(dependency.factors[k] * distance[on]);
      level += std::abs(dependency.factors[k] * row[on]);
    }
    if (!(std::abs(difference) <= kTolerance * size + kDataRounding * level)) return &dependency;
  }
  return nullptr;
}

}  // namespace steppe::numerics
