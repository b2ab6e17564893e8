// SPDX-License-Identifier: Apache-2.0

// Statistics and report of linear_trend.hpp.

#include <algorithm>
#include <cmath>
#include <limits>

#include "steppe/numerics/distributions.hpp"
#include "steppe/numerics/elementwise.hpp"
#include "steppe/numerics/equation.hpp"
#include "steppe/numerics/linear_trend.hpp"

namespace steppe::numerics {

namespace {

constexpr const char* kParameterNames[] = {"a", "b", "c", "d", "e", "f", "g"};

void r_squared(const double* residual, const double* total, std::span<double> out) {
  r_squared_each(residual, total, out.data(), out.size());
}

}  // namespace

void LinearTrendFit::range_of(std::string_view name, std::size_t first,
                              std::span<double> out) const {
  const double n = static_cast<double>(design_->rows());
  const double p = static_cast<double>(design_->parameters());
  const bool ln = form_.ln_scale;
  const double* sse = fit_.sse() + first;
  const double* sst = fit_.sst() + first;
  const double* sse_original = ln ? fit_.sse_original() + first : sse;

  if (name == STEPPE_STATISTIC_R_SQUARED_ORIGINAL_SCALE) {
    return r_squared(sse_original, ln ? fit_.sst_original() + first : sst, out);
  }
  if (name == STEPPE_STATISTIC_R_SQUARED_FIT_SCALE) return r_squared(sse, sst, out);
  if (name == STEPPE_STATISTIC_ADJUSTED_R_SQUARED) {
    r_squared(sse, sst, out);
    const double factor = (design_->intercept() ? n - 1 : n) / (n - p);
    for (double& value : out) value = 1 - (1 - value) * factor;
    return;
  }
  const double k = p + 1;  // the variance is a parameter too
  double penalty = kUndefined;
  if (name == STEPPE_STATISTIC_BIC) penalty = k * std::log(n);
  if (name == STEPPE_STATISTIC_AICC && n > k + 1) penalty = 2 * k + 2 * k * (k + 1) / (n - k - 1);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = sse_original[i] / n;
  log_each(out.data(), out.data(), out.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double units = 2 * n * std::log(fit_.has_units() ? fit_.unit(first + i) : 1.0);
    out[i] = sse_original[i] > 0 ? n * out[i] + units + penalty : kUndefined;
  }
}

void LinearTrendFit::statistic(std::string_view name, std::span<double> row) const {
  if (block_error_) {
    std::fill(row.begin(), row.end(), kUndefined);
  } else {
    range_of(name, 0, row);
  }
}

double LinearTrendFit::sse_original(std::size_t series) const {
  return (form_.ln_scale ? fit_.sse_original() : fit_.sse())[series];
}

bool LinearTrendFit::constant(std::size_t series) const { return fit_.sst()[series] == 0; }

// Residuals no larger than the rounding of the observations themselves.
bool LinearTrendFit::exact(std::size_t series) const {
  const double n = static_cast<double>(design_->rows());
  const double level = fit_.level()[series];
  const double mean_square = level * level + fit_.sst()[series] / n;
  const double size = form_.ln_scale ? std::fmax(1.0, mean_square) : mean_square;
  const double rounding = 8 * std::numeric_limits<double>::epsilon();
  return fit_.sse()[series] <= n * rounding * rounding * size;
}

// Coefficients on the scale of the fit, the (possibly fixed) constant first.
std::vector<double> LinearTrendFit::parameters(std::size_t series) const {
  double coordinates[kMaxTrendColumns];
  for (std::size_t k = 0; k < form_.order; ++k) coordinates[k] = fit_.coordinate(k)[series];
  std::vector<double> out =
      basis_.raw(design_->coefficients(fit_.level()[series], std::span(coordinates, form_.order)));
  const double unit = fit_.unit(series);
  if (form_.ln_scale) {
    if (!form_.intercept) out[0] += std::ilogb(unit) * std::log(2.0);
  } else {
    for (double& value : out) value *= unit;
  }
  if (form_.intercept) {
    out.insert(out.begin(), form_.ln_scale ? log_one(*form_.intercept) : *form_.intercept);
  }
  return out;
}

// One row per parameter. For a fit of ln y: a = exp(b0), its standard error a se(b0) (delta
// method), its limits exp of those of b0.
void LinearTrendFit::report_parameters(std::size_t series, Report& report) const {
  const std::size_t p = design_->parameters();
  const std::vector<double> estimates = parameters(series);
  const std::vector<double> map = basis_.raw_matrix();
  const std::vector<double> scaled = design_->unscaled_covariance();
  double s = 0;
  sigmas(series, {&s, 1});
  const double unit = form_.ln_scale ? 1.0 : fit_.unit(series);
  const double degrees = degrees_of_freedom();
  const double t_limit = student_t_quantile(0.975, degrees);

  Table table{"parameters", {"estimate", "standard_error", "t", "p", "lower_95", "upper_95"}};
  for (std::size_t row = 0; row <= form_.order; ++row) {
    double estimate = estimates[row];
    const bool constant = row == 0;
    if (constant && form_.intercept) {
      table.add_row("a",
                    {*form_.intercept, kUndefined, kUndefined, kUndefined, kUndefined, kUndefined});
      continue;
    }
    const std::size_t i = form_.intercept ? row - 1 : row;
    double variance = 0;
    for (std::size_t j = 0; j < p; ++j) {
      for (std::size_t k = 0; k < p; ++k) {
        variance += map[i * p + j] * scaled[j * p + k] * map[i * p + k];
      }
    }
    double error = s * std::sqrt(variance) * unit;
    double lower = estimate - t_limit * error;
    double upper = estimate + t_limit * error;
    if (constant && form_.ln_scale) {
      estimate = exp_one(estimate);
      error *= estimate;
      lower = exp_one(lower);
      upper = exp_one(upper);
    }
    const double t = estimate / error;
    table.add_row(kParameterNames[row],
                  {estimate, error, t, student_t_two_sided_p(t, degrees), lower, upper});
  }
  report.table(table);
}

void LinearTrendFit::report_warnings(std::size_t series, Report& report) const {
  const std::size_t n = design_->rows();
  const std::size_t p = design_->parameters();
  const std::string counts =
      std::to_string(n) + " observations for " + std::to_string(p) + " parameters";
  if (form_.ln_scale) {
    report.warning("ln_scale_fit",
                   "fitted by least squares on ln y: r_squared_fit_scale is that of ln y and may "
                   "not be compared with the R squared of trends fitted on y");
  }
  if (form_.intercept) {
    report.warning("fixed_intercept",
                   "the intercept is fixed at " + number_text(*form_.intercept) +
                       ": R squared on the scale of the fit is about that value, not the mean");
  }
  if (n - p <= 2) {
    report.warning("saturated_fit", counts +
                                        ": a curve so close to saturation fits any data; "
                                        "R squared says little");
  }
  if (constant(series)) {
    report.warning("constant_series",
                   form_.intercept
                       ? "every observation equals the fixed intercept: R squared, AICc and BIC "
                         "are undefined"
                       : "all observations are equal: the trend is flat, R squared, AICc and BIC "
                         "are undefined");
  } else if (exact(series)) {
    report.warning("exact_fit",
                   "the residuals are no larger than rounding: standard errors and intervals "
                   "mean nothing");
  }
  if (n <= p + 2) {
    report.warning("aicc_undefined", counts + ": AICc needs at least " + std::to_string(p + 3));
  }
}

void LinearTrendFit::report(std::size_t series, Report& report) const {
  if (block_error_ || fit_.failure_of(series) != nullptr) return;
  std::vector<double> shown = parameters(series);
  if (form_.ln_scale) shown[0] = form_.intercept ? *form_.intercept : exp_one(shown[0]);
  report.text("equation", form_.equation(shown));
  if (form_.ln_scale) report.text("point_forecast", form_.mean_point ? "mean" : "median");

  for (const char* name :
       {STEPPE_STATISTIC_R_SQUARED_FIT_SCALE, STEPPE_STATISTIC_R_SQUARED_ORIGINAL_SCALE,
        STEPPE_STATISTIC_ADJUSTED_R_SQUARED, STEPPE_STATISTIC_AICC, STEPPE_STATISTIC_BIC}) {
    double value = kUndefined;
    range_of(name, series, {&value, 1});
    report.scalar(name, value);
  }
  const double unit = fit_.unit(series);
  const double fit_unit = form_.ln_scale ? 1.0 : unit;
  double s = 0;
  sigmas(series, {&s, 1});
  report.scalar("residual_standard_error", s * fit_unit);
  report.scalar("sse", fit_.sse()[series] * fit_unit * fit_unit);
  report.scalar("sse_original_scale", sse_original(series) * unit * unit);
  report.scalar("observations", static_cast<double>(design_->rows()), "observations");
  report.scalar("residual_degrees_of_freedom", degrees_of_freedom());
  report_parameters(series, report);
  report_warnings(series, report);
}

}  // namespace steppe::numerics
