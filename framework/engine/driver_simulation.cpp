// SPDX-License-Identifier: Apache-2.0
#include "engine/driver_simulation.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "engine/driver_moments.hpp"
#include "engine/simulation_draws.hpp"

namespace steppe {
namespace {

// Rows that one call of predict is given.
constexpr std::size_t kMostRows = 16'384;

double variance_of(const std::vector<double>& values) {
  double mean = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum / static_cast<double>(values.size() - 1);
}

// V m, with the intercept's 1 in m.
std::vector<double> times_design(const LinearModel& model, const std::vector<double>& regressors) {
  const std::size_t q = model.coefficients.size();
  std::vector<double> out(q, 0);
  for (std::size_t i = 0; i < q; ++i) {
    if (model.has_intercept) out[i] += model.covariance[i * q];
    for (std::size_t j = 0; j < regressors.size(); ++j) {
      out[i] += model.covariance[i * q + model.index(j)] * regressors[j];
    }
  }
  return out;
}

// m'V m of what times_design gave.
double mean_variance(const LinearModel& model, const std::vector<double>& regressors,
                     const std::vector<double>& at_mean) {
  double sum = model.has_intercept ? at_mean[0] : 0;
  for (std::size_t i = 0; i < regressors.size(); ++i) {
    sum += at_mean[model.index(i)] * regressors[i];
  }
  return std::max(sum, 0.0);
}

// A regressor that is a forecast, beside a linear regression. The loops over draws work on bare
// arrays: they are most of what a panel costs.
struct Moved {
  std::size_t regressor = 0;
  const double* drawn = nullptr;
  double mean = 0;
  double slope = 0;
  double at_mean = 0;  // 2 V m
};

void add_mean(const Moved& moved, const std::size_t draws, double* out) {
  for (std::size_t d = 0; d < draws; ++d) out[d] += moved.slope * (moved.drawn[d] - moved.mean);
}

void add_spread(const Moved& moved, double own_variance, const std::size_t draws, double* out) {
  for (std::size_t d = 0; d < draws; ++d) {
    const double away = moved.drawn[d] - moved.mean;
    out[d] += away * (moved.at_mean + own_variance * away);
  }
}

void add_product(const Moved& a, const Moved& b, double covariance, std::size_t draws,
                 double* out) {
  for (std::size_t d = 0; d < draws; ++d) {
    out[d] += 2 * covariance * (a.drawn[d] - a.mean) * (b.drawn[d] - b.mean);
  }
}

// Some draws of the regressors, row by row.
std::vector<double> rows_of(const UncertainRow& row,
                            const std::vector<std::vector<double>>& columns, std::size_t first,
                            std::size_t count) {
  const std::size_t p = row.regressors.size();
  std::vector<double> out(count * p);
  for (std::size_t i = 0; i < p; ++i) {
    const bool known = columns[i].empty();
    for (std::size_t d = 0; d < count; ++d) {
      out[d * p + i] = known ? row.regressors[i] : columns[i][first + d];
    }
  }
  return out;
}

}  // namespace

DriverSimulation::Columns DriverSimulation::correlated_normals(const UncertainRow& row,
                                                               std::int64_t ahead) const {
  const std::size_t p = row.regressors.size();
  std::vector<double> correlation(p * p, 0);
  for (std::size_t i = 0; i < p; ++i) {
    for (std::size_t j = 0; j < p && row.places[i]; ++j) {
      if (!row.places[j]) continue;
      correlation[i * p + j] = request_.errors.correlation(*row.places[i], *row.places[j]);
    }
  }
  const std::vector<double> factor = lower_triangle(correlation, p);
  const std::size_t draws = request_.book.draws();
  Columns out(p);
  for (std::size_t j = 0; j < p; ++j) {
    if (!row.places[j]) continue;
    out[j].resize(draws);
    const auto independent = request_.book.normals({DrawPurpose::kDriver, j, ahead});
    for (std::size_t i = j; i < p; ++i) {
      const double loading = factor[i * p + j];
      if (!row.places[i] || loading == 0) continue;
      if (out[i].empty()) out[i].resize(draws);
      double* const sum = out[i].data();
      const double* const z = independent->data();
      for (std::size_t d = 0; d < draws; ++d) sum[d] += loading * z[d];
    }
  }
  return out;
}

DriverSimulation::Columns DriverSimulation::values_of(const UncertainRow& row, Columns normals,
                                                      bool scaled) const {
  Columns out = std::move(normals);
  const std::size_t draws = request_.book.draws();
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (!row.places[i]) continue;
    const DriverErrors::Place& place = *row.places[i];
    const DriverForecast& driver = request_.errors.forecast(place.driver);
    double* const value = out[i].data();
    if (scaled && driver.family != ErrorFamily::kTable) {
      const auto scales =
          request_.book.scales({DrawPurpose::kDriverScale, place.driver, 0}, driver.degrees);
      const double* const scale = scales ? scales->data() : nullptr;
      for (std::size_t d = 0; scale != nullptr && d < draws; ++d) value[d] *= scale[d];
    }
    if (driver.family == ErrorFamily::kTable) {
      for (std::size_t d = 0; d < draws; ++d) value[d] = value_at(driver, place.step, value[d]);
      continue;
    }
    const double location = driver.location[place.step];
    const double scale = driver.scale[place.step];
    for (std::size_t d = 0; d < draws; ++d) value[d] = location + scale * value[d];
    if (driver.family != ErrorFamily::kLogStudent) continue;
    for (std::size_t d = 0; d < draws; ++d) value[d] = std::exp(value[d]);
  }
  return out;
}

void DriverSimulation::linear_row(const UncertainRow& row, const Columns& drawn,
                                  const double* residual, std::vector<double>& values) const {
  const LinearModel& model = *request_.linear;
  const std::size_t q = model.coefficients.size();
  const std::size_t draws = values.size();
  const std::vector<double> at_mean = times_design(model, row.regressors);
  std::vector<Moved> moved;
  for (std::size_t i = 0; i < row.regressors.size(); ++i) {
    if (!row.places[i]) continue;
    const std::size_t c = model.index(i);
    moved.push_back({i, drawn[i].data(), row.regressors[i], model.coefficients[c], 2 * at_mean[c]});
  }
  std::vector<double> variance(
      draws, model.residual_variance + mean_variance(model, row.regressors, at_mean));
  double* const spread = variance.data();
  double* const value = values.data();
  for (std::size_t a = 0; a < moved.size(); ++a) {
    const std::size_t i = model.index(moved[a].regressor);
    add_mean(moved[a], draws, value);
    add_spread(moved[a], model.covariance[i * q + i], draws, spread);
    for (std::size_t b = 0; b < a; ++b) {
      const std::size_t j = model.index(moved[b].regressor);
      add_product(moved[a], moved[b], model.covariance[i * q + j], draws, spread);
    }
  }
  const auto scales =
      request_.book.scales({DrawPurpose::kRegressionScale, 0, 0}, model.degrees_of_freedom);
  const double* const scale = scales ? scales->data() : nullptr;
  for (std::size_t d = 0; d < draws; ++d) {
    const double error = std::sqrt(spread[d] > 0 ? spread[d] : 0) * residual[d];
    value[d] += scale != nullptr ? scale[d] * error : error;
  }
}

// E(x'V x) = m'V m + tr(S V) at the means m and covariances S of the drivers.
VarianceSplit DriverSimulation::linear_split(const UncertainRow& row) const {
  const LinearModel& model = *request_.linear;
  const DriverMoments moments = driver_moments(request_.errors, row);
  const std::size_t p = row.regressors.size();
  const std::size_t q = model.coefficients.size();
  VarianceSplit out;
  out.residual = model.residual_variance;
  out.coefficients = mean_variance(model, moments.mean, times_design(model, moments.mean));
  out.driver_covariance = 0;
  for (std::size_t i = 0; i < p; ++i) {
    const double slope = model.coefficients[model.index(i)];
    out.drivers.push_back(0);
    for (std::size_t j = 0; j < p; ++j) {
      if (!row.places[i] || !row.places[j]) continue;
      const double covariance = moments.covariance[i * p + j];
      out.coefficients += covariance * model.covariance[model.index(i) * q + model.index(j)];
      const double part = slope * model.coefficients[model.index(j)] * covariance;
      (i == j ? out.drivers.back() : out.driver_covariance) += part;
    }
  }
  return out;
}

Outcome<VarianceSplit> DriverSimulation::predicted_row(const UncertainRow& row,
                                                       const Columns& normals,
                                                       const double* residual,
                                                       std::vector<double>& values) const {
  const std::size_t draws = values.size();
  const std::size_t p = row.regressors.size();
  const Columns carried = values_of(row, normals, true);
  const Columns plain = values_of(row, normals, false);
  // Means with all drivers moved, then with each alone.
  std::vector<std::vector<double>> means(p + 1);
  VarianceSplit out;
  out.residual = out.coefficients = 0;
  double table[DriverForecast::kTableNodes];
  for (std::size_t first = 0; first < draws; first += kMostRows) {
    const std::size_t count = std::min(kMostRows, draws - first);
    const auto predicted =
        request_.fit->predict(rows_of(row, carried, first, count), count, table_probabilities());
    if (!predicted) return predicted.error();
    for (std::size_t d = 0; d < count; ++d) {
      bool known = true;
      for (std::size_t k = 0; k < DriverForecast::kTableNodes; ++k) {
        table[k] = predicted->prediction_quantiles[k * count + d];
        known = known && !std::isnan(table[k]);
      }
      const double z = residual[first + d];
      values[first + d] =
          known ? table_value(table, z) : predicted->mean[d] + predicted->se_prediction[d] * z;
    }
    for (std::size_t i = 0; i <= p; ++i) {
      if (i > 0 && !row.places[i - 1]) continue;
      Columns moved = i == 0 ? plain : Columns(p);
      if (i > 0) moved[i - 1] = plain[i - 1];
      const auto shifted = request_.fit->predict(rows_of(row, moved, first, count), count, {});
      if (!shifted) return shifted.error();
      means[i].insert(means[i].end(), shifted->mean.begin(), shifted->mean.end());
      if (i > 0) continue;
      const VarianceSplit spread = spread_of(*shifted);
      const double share = static_cast<double>(count) / static_cast<double>(draws);
      out.residual += share * spread.residual;
      out.coefficients += share * spread.coefficients;
    }
  }
  double own = 0;
  std::size_t forecasts = 0;
  for (std::size_t i = 0; i < p; ++i) {
    out.drivers.push_back(row.places[i] ? variance_of(means[i + 1]) : 0);
    own += out.drivers.back();
    forecasts += row.places[i].has_value();
  }
  out.driver_covariance = forecasts > 1 ? variance_of(means[0]) - own : 0;
  return out;
}

Outcome<SimulatedRow> DriverSimulation::row(const UncertainRow& row, std::int64_t ahead,
                                            double mean) {
  Columns normals = correlated_normals(row, ahead);
  const auto residual = request_.book.normals({DrawPurpose::kResidual, 0, ahead});
  SimulatedRow out;
  std::vector<double> values(request_.book.draws(), mean);
  if (request_.linear != nullptr) {
    linear_row(row, values_of(row, std::move(normals), true), residual->data(), values);
    out.split = linear_split(row);
  } else {
    auto split = predicted_row(row, normals, residual->data(), values);
    if (!split) return split.error();
    out.split = std::move(*split);
  }
  DrawnQuantiles drawn = quantiles_of(values, request_.probabilities);
  out.quantiles = std::move(drawn.quantiles);
  out.monte_carlo_error = std::move(drawn.monte_carlo_error);
  out.standard_error = std::sqrt(sum_of(out.split));
  return out;
}

}  // namespace steppe
