// SPDX-License-Identifier: Apache-2.0
#include "engine/driver_simulation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/simulation_draws.hpp"

namespace steppe {
namespace {

// A table of quantiles at normal scores -4, -3.5, ..., 4 read at any score: a cubic through the two
// neighbours on each side, straight beyond the ends.
double table_value(const double* table, double z) {
  constexpr std::size_t kLast = DriverForecast::kTableNodes - 1;
  const double place = (z + 4) * 2;
  if (place <= 0) return table[0] + place * (table[1] - table[0]);
  if (place >= double{kLast}) {
    return table[kLast] + (place - double{kLast}) * (table[kLast] - table[kLast - 1]);
  }
  const auto i = std::min(static_cast<std::size_t>(place), kLast - 1);
  const double t = place - static_cast<double>(i);
  const double low = table[i];
  const double high = table[i + 1];
  const double before = i > 0 ? table[i - 1] : 2 * low - high;
  const double after = i + 1 < kLast ? table[i + 2] : 2 * high - low;
  const double left = (high - before) / 2;
  const double right = (after - low) / 2;
  return low + t * (left + t * (3 * (high - low) - 2 * left - right +
                                t * (2 * (low - high) + left + right)));
}

double value_at(const DriverForecast& driver, std::size_t step, double error) {
  if (driver.family == ErrorFamily::kTable) {
    return table_value(&driver.table[step * DriverForecast::kTableNodes], error);
  }
  const double value = driver.location[step] + driver.scale[step] * error;
  return driver.family == ErrorFamily::kLogStudent ? std::exp(value) : value;
}

double variance_of(const std::vector<double>& values) {
  double mean = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  double sum = 0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum / static_cast<double>(values.size() - 1);
}

}  // namespace

DriverSimulation::DriverSimulation(const SimulationRequest& request) : request_(request) {
  const DriverErrors& errors = request.errors;
  shocks_.resize(errors.size());
  for (std::size_t u = 0; u < errors.size(); ++u) {
    const bool table = errors.forecast(u).family == ErrorFamily::kTable;
    const double degrees =
        table ? std::numeric_limits<double>::infinity() : errors.forecast(u).degrees;
    driver_scales_.push_back(
        drawn_scales({request.seed, DrawPurpose::kDriverScale, u}, degrees, request.draws));
    levels_.push_back(drawn_normals({request.seed, DrawPurpose::kDriverLevel, u}, request.draws));
  }
  if (request.linear == nullptr) return;
  regression_degrees_ = request.linear->degrees_of_freedom;
  regression_scale_ = drawn_scales({request.seed, DrawPurpose::kRegressionScale, 0},
                                   regression_degrees_, request.draws);
  coefficient_errors_ = drawn_coefficients(*request.linear, request.seed, request.draws);
}

const std::vector<double>& DriverSimulation::shock(std::size_t driver, std::int64_t date) {
  std::vector<Shock>& known = shocks_[driver];
  const auto same = [&](const Shock& shock) { return shock.date == date; };
  if (const auto found = std::find_if(known.begin(), known.end(), same); found != known.end()) {
    return found->values;
  }
  // A walk is drawn from its first step on, so that a date has the same number in every run.
  std::int64_t from = date;
  while (request_.errors.walk_memory(driver, from) > 0 &&
         (known.empty() || known.back().date < from - 1)) {
    --from;
  }
  for (; from <= date; ++from) {
    Shock next{from, next_shock(driver, from)};
    known.push_back(std::move(next));
    const std::int64_t oldest = from - request_.errors.longest_lag() - 1;
    std::erase_if(known, [&](const Shock& shock) { return shock.date < oldest; });
  }
  return known.back().values;
}

std::vector<double> DriverSimulation::next_shock(std::size_t driver, std::int64_t date) {
  const DriverErrors& errors = request_.errors;
  const std::int64_t offset = date - errors.forecast(driver).first;
  std::vector<double> out =
      drawn_normals({request_.seed, DrawPurpose::kDriverStep, driver, offset}, request_.draws);
  const double memory = errors.walk_memory(driver, date);
  const double share = errors.level_share(driver, date);
  const std::vector<double>* past = nullptr;
  double weight = 0;
  if (memory > 0 && !shocks_[driver].empty() && shocks_[driver].back().date == date - 1) {
    past = &shocks_[driver].back().values;
    weight = memory;
  } else if (share > 0) {
    past = &levels_[driver];
    weight = std::sqrt(share);
  }
  if (past == nullptr) return out;
  const double fresh = std::sqrt(1 - weight * weight);
  for (std::size_t d = 0; d < out.size(); ++d) out[d] = weight * (*past)[d] + fresh * out[d];
  return out;
}

void DriverSimulation::draw_regressor(const UncertainRow& row, std::size_t regressor, Draws& out) {
  const std::size_t p = row.regressors.size();
  const DriverErrors::Place& place = *row.places[regressor];
  std::vector<double> z(request_.draws, 0);
  for (std::size_t source = 0; source <= place.driver; ++source) {
    const double loading = request_.errors.loading(place.driver, source);
    if (loading == 0) continue;
    const std::vector<double>& independent = shock(source, place.date);
    for (std::size_t d = 0; d < z.size(); ++d) z[d] += loading * independent[d];
  }
  const DriverForecast& driver = request_.errors.forecast(place.driver);
  const std::vector<double>& scale = driver_scales_[place.driver];
  for (std::size_t d = 0; d < z.size(); ++d) {
    out.carried[d * p + regressor] = value_at(driver, place.step, z[d] * scale[d]);
    out.plain[d * p + regressor] = value_at(driver, place.step, z[d]);
  }
}

DriverSimulation::Draws DriverSimulation::draw_regressors(const UncertainRow& row) {
  Draws out;
  const std::size_t p = row.regressors.size();
  for (std::size_t d = 0; d < request_.draws; ++d) {
    out.carried.insert(out.carried.end(), row.regressors.begin(), row.regressors.end());
  }
  out.plain = out.carried;
  for (std::size_t i = 0; i < p; ++i) {
    if (row.places[i]) draw_regressor(row, i, out);
  }
  return out;
}

void DriverSimulation::read_quantiles(std::vector<double> values, SimulatedRow& out) const {
  for (double& value : values) value = bounded(value);
  std::sort(values.begin(), values.end());
  const auto n = static_cast<double>(values.size());
  for (const double p : request_.probabilities) {
    const double rank = p * (n - 1);
    const double spread = std::sqrt(n * p * (1 - p));
    const double quantile = sorted_value(values, rank);
    const double error =
        (sorted_value(values, rank + spread) - sorted_value(values, rank - spread)) / 2;
    const bool inside = std::fabs(quantile) < kBound && std::isfinite(error);
    out.quantiles.push_back(inside ? quantile : kUndefined);
    out.monte_carlo_error.push_back(inside ? error : kUndefined);
  }
}

SimulatedRow DriverSimulation::linear_row(const UncertainRow& row, const Draws& draws, double mean,
                                          const std::vector<double>& residuals) {
  const LinearModel& model = *request_.linear;
  const std::size_t p = row.regressors.size();
  const std::size_t q = model.coefficients.size();
  const double noise = std::sqrt(model.residual_variance);
  const auto n = static_cast<double>(request_.draws);
  SimulatedRow out;
  out.split.residual = model.residual_variance;
  out.split.coefficients = 0;
  std::vector<double> values(request_.draws);
  std::vector<double> moved(request_.draws);
  std::vector<std::vector<double>> parts(p, std::vector<double>(request_.draws));
  std::vector<double> x(q, 1);
  for (std::size_t d = 0; d < request_.draws; ++d) {
    const double* error = &coefficient_errors_[d * q];
    double value = model.has_intercept ? error[0] : 0;
    for (std::size_t i = 0; i < p; ++i) {
      const double drawn = draws.carried[d * p + i];
      const double slope = model.coefficients[model.index(i)];
      value += error[model.index(i)] * drawn;
      value += slope / regression_scale_[d] * (drawn - row.regressors[i]);
      parts[i][d] = slope * (draws.plain[d * p + i] - row.regressors[i]);
      moved[d] += parts[i][d];
      x[model.index(i)] = draws.plain[d * p + i];
    }
    values[d] = mean + regression_scale_[d] * (value + noise * residuals[d]);
    out.split.coefficients += quadratic_form(model.covariance, x) / n;
  }
  for (std::size_t i = 0; i < p; ++i) {
    out.split.drivers.push_back(row.places[i] ? variance_of(parts[i]) : 0);
  }
  double own = 0;
  std::size_t forecasts = 0;
  for (std::size_t i = 0; i < p; ++i) {
    own += out.split.drivers[i];
    forecasts += row.places[i].has_value();
  }
  out.split.driver_covariance = forecasts > 1 ? variance_of(moved) - own : 0;
  read_quantiles(std::move(values), out);
  return out;
}

Outcome<SimulatedRow> DriverSimulation::predicted_row(const UncertainRow& row, const Draws& draws,
                                                      const std::vector<double>& residuals) {
  const std::size_t count = request_.draws;
  const std::size_t p = row.regressors.size();
  const auto carried = request_.fit->predict(draws.carried, count, table_probabilities());
  if (!carried) return carried.error();
  SimulatedRow out;
  std::vector<double> values(count);
  std::vector<double> table(DriverForecast::kTableNodes);
  for (std::size_t d = 0; d < count; ++d) {
    for (std::size_t k = 0; k < table.size(); ++k) {
      table[k] = carried->prediction_quantiles[k * count + d];
    }
    const bool known = std::none_of(table.begin(), table.end(), [](double t) { return t != t; });
    values[d] = known ? table_value(table.data(), residuals[d])
                      : carried->mean[d] + carried->se_prediction[d] * residuals[d];
  }
  const auto plain = request_.fit->predict(draws.plain, count, {});
  if (!plain) return plain.error();
  out.split = spread_of(*plain);
  double own = 0;
  std::size_t forecasts = 0;
  for (std::size_t i = 0; i < p; ++i) {
    out.split.drivers.push_back(0);
    if (!row.places[i]) continue;
    ++forecasts;
    std::vector<double> alone;
    for (std::size_t d = 0; d < count; ++d) {
      alone.insert(alone.end(), row.regressors.begin(), row.regressors.end());
      alone[d * p + i] = draws.plain[d * p + i];
    }
    const auto moved = request_.fit->predict(alone, count, {});
    if (!moved) return moved.error();
    out.split.drivers.back() = variance_of(moved->mean);
    own += out.split.drivers.back();
  }
  out.split.driver_covariance = forecasts > 1 ? variance_of(plain->mean) - own : 0;
  read_quantiles(std::move(values), out);
  return out;
}

Outcome<SimulatedRow> DriverSimulation::row(const UncertainRow& row, std::int64_t ordinal,
                                            double mean) {
  const Draws draws = draw_regressors(row);
  const std::vector<double> residuals =
      drawn_normals({request_.seed, DrawPurpose::kResidual, 0, ordinal}, request_.draws);
  Outcome<SimulatedRow> out = request_.linear != nullptr
                                  ? Outcome<SimulatedRow>(linear_row(row, draws, mean, residuals))
                                  : predicted_row(row, draws, residuals);
  if (out) out->standard_error = std::sqrt(sum_of(out->split));
  return out;
}

}  // namespace steppe
