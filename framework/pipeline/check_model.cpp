// SPDX-License-Identifier: Apache-2.0
#include "pipeline/check_model.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace steppe {
namespace {

using Problem = std::optional<std::string>;

constexpr std::size_t kMostCoverages = 100;

Problem problem_of_correlation(const SavedStep& step, const DriverCorrelation& correlation) {
  std::set<std::string> drivers(step.regressor_steps.begin(), step.regressor_steps.end());
  drivers.erase("");
  const std::size_t k = drivers.size();
  if (correlation.noise.size() != k || correlation.correlation.size() != k * k) {
    return "the errors of drivers are not those of its drivers";
  }
  const auto negative = [](double noise) { return !(noise >= 0) || std::isinf(noise); };
  const auto impossible = [](double value) { return !(std::fabs(value) <= 1); };
  if (std::any_of(correlation.noise.begin(), correlation.noise.end(), negative) ||
      std::any_of(correlation.correlation.begin(), correlation.correlation.end(), impossible)) {
    return "the errors of drivers are out of range";
  }
  return std::nullopt;
}

Problem problem_of_series(const SavedStep& step, const SavedSeries& series) {
  const bool failed = series.status == SeriesStatus::kFailed;
  if (failed != (series.fit == nullptr)) return "a series has a status that its fit denies";
  if (failed) return std::nullopt;
  const SavedFit& fit = *series.fit;
  if (fit.component >= step.components.size()) return "a fit is of a component that is not there";
  if (fit.observations == 0) return "a fit has no observations";
  if (step.declared.kind == "trend") {
    if (series.column >= fit.columns) return "a series is not in its fit";
    return std::nullopt;
  }
  const std::size_t p = step.declared.regressors.size();
  // A pooled fit may have a column of keys as well.
  const bool fits = fit.columns == p || (step.declared.pooled != nullptr && fit.columns == p + 1);
  if (series.regressors.size() != p || !fits) return "a regression has not its regressors";
  if (series.correlation) return problem_of_correlation(step, *series.correlation);
  return std::nullopt;
}

Problem problem_of_step(const SavedStep& step) {
  const StepResult& declared = step.declared;
  if (declared.kind != "trend" && declared.kind != "regression") return "a step is of no kind";
  if (step.regressor_steps.size() != declared.regressors.size()) {
    return "a regressor has no origin";
  }
  if (declared.pooled != nullptr && declared.kind != "regression") {
    return "a step that is no regression is pooled";
  }
  if (step.regressor_lags.size() != declared.regressors.size()) return "a regressor has no lag";
  for (std::size_t k = 0; k < step.series.size(); ++k) {
    if (auto problem = problem_of_series(step, step.series[k])) return problem;
    if (k > 0 && !(step.series[k - 1].key < step.series[k].key)) return "keys are not in order";
  }
  return std::nullopt;
}

// The trend steps of a regression have its keys, or no keys and one series.
Problem problem_of_drivers(const SavedModel& model, const SavedStep& step) {
  for (const std::string& id : step.regressor_steps) {
    if (id.empty()) continue;
    const auto trend = std::find_if(model.steps.begin(), model.steps.end(),
                                    [&](const SavedStep& s) { return s.declared.id == id; });
    if (trend == model.steps.end() || trend->declared.kind != "trend") {
      return "a regressor is forecast by no step";
    }
    const bool own = trend->declared.key_columns == step.declared.key_columns;
    if (!own && trend->series.empty()) return "a regressor has no series";
    if (!own) continue;
    const bool same = std::equal(
        trend->series.begin(), trend->series.end(), step.series.begin(), step.series.end(),
        [](const SavedSeries& a, const SavedSeries& b) { return a.key == b.key; });
    if (!same) return "a regression and its regressor have other keys";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> problem_of(const SavedModel& model) {
  if (model.coverage.size() > kMostCoverages) return "there are too many coverages";
  double before = 0;
  for (const double coverage : model.coverage) {
    if (!(coverage > before && coverage < 1)) return "a coverage is not between 0 and 1";
    before = coverage;
  }
  if (!(model.max_failed >= 0 && model.max_failed <= 1)) return "max_failed is not a share";
  for (const SavedStep& step : model.steps) {
    if (auto problem = problem_of_step(step)) return problem;
    if (auto problem = problem_of_drivers(model, step)) return problem;
  }
  return std::nullopt;
}

}  // namespace steppe
