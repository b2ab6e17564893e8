// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "conformance/own_curve.hpp"
#include "conformance/report_rules.hpp"
#include "conformance/trend_case_bodies.hpp"

namespace steppe::conformance::trend {

namespace {

constexpr double kEightDigits = 1e-8;
// What rounding leaves of errors that are nought, as a part of those of the noisy data.
constexpr double kVanished = 1e-6;

struct Refit {
  explicit Refit(const CaseContext& context)
      : process(needed_process(context)),
        subject(context),
        curve(own_curve(subject, subject.length())),
        fit(subject.fit(block_of(curve))) {
    if (!fit.ok(0)) fail("refuses data on its own curve: " + fit.explain(0).message);
  }
  Process process;
  TrendSubject subject;
  OwnCurve curve;
  TrendFit fit;
};

// The parameters of the first fit and of the second, which is of the first one's curve.
struct BothTables {
  ReportTable first;
  ReportTable second;
};

BothTables tables_of(const Refit& refit) {
  const FitReport report = refit.fit.report(0);
  const ReportTable* second = report.table("parameters");
  if (!refit.curve.parameters) skip("reports no table of parameters");
  if (second == nullptr) fail("reports parameters of noisy data, but none of exact data");
  if (second->rows != refit.curve.parameters->rows) fail("exact data have other parameters");
  return {*refit.curve.parameters, *second};
}

}  // namespace

void curve_comes_back(const CaseContext& context) {
  const Refit refit(context);
  const std::vector<double> fitted = refit.fit.fitted();
  // One-step forecasts of a walk lag behind its path: there the forecasts alone count.
  for (std::size_t i = 0; i < fitted.size() && refit.process != Process::kRandomWalk; ++i) {
    if (near(fitted[i], refit.curve.observed[i], kEightDigits, refit.curve.size)) continue;
    fail("data on the model's own curve: the fitted value in row " + std::to_string(i + 1) +
         " is " + number(fitted[i]) + ", the curve is at " + number(refit.curve.observed[i]));
  }
  const std::vector<double> mean =
      refit.fit.predict(times(refit.fit.rows() + 1, kCurveHorizon)).mean;
  for (std::size_t h = 0; h < mean.size(); ++h) {
    if (near(mean[h], refit.curve.future[h], kEightDigits, refit.curve.size)) continue;
    fail("data on the model's own curve: the mean at horizon " + std::to_string(h + 1) + " is " +
         number(mean[h]) + ", the curve goes on to " + number(refit.curve.future[h]));
  }
}

void parameters_come_back(const CaseContext& context) {
  const Refit refit(context);
  const BothTables tables = tables_of(refit);
  const auto first = column_of(tables.first, "estimate");
  const auto second = column_of(tables.second, "estimate");
  if (!first || !second) fail("the table of parameters has no column estimate");
  const auto errors = column_of(tables.first, "standard_error");
  for (std::size_t r = 0; r < first->size(); ++r) {
    const double error = errors && std::isfinite((*errors)[r]) ? (*errors)[r] : 0;
    if (near((*first)[r], (*second)[r], kEightDigits, error)) continue;
    fail("data on the model's own curve, " + tables.first.rows[r] + " = " + number((*first)[r]) +
         ", give back " + tables.first.rows[r] + " = " + number((*second)[r]));
  }
}

void errors_vanish(const CaseContext& context) {
  const Refit refit(context);
  const std::vector<double> future = times(refit.fit.rows() + 1, kCurveHorizon);
  const TrendPrediction p = refit.fit.predict(future);
  for (const double error : p.standard_error) {
    if (!std::isfinite(error) || error <= kVanished * refit.curve.size) continue;
    fail("data on the model's own curve have a forecast error of " + number(error) +
         ", not nearly 0");
  }
  const BothTables tables = tables_of(refit);
  const auto before = column_of(tables.first, "standard_error");
  const auto after = column_of(tables.second, "standard_error");
  if (!before || !after) skip("reports no standard errors of parameters");
  for (std::size_t r = 0; r < after->size(); ++r) {
    if (!std::isfinite((*before)[r]) || (*after)[r] <= kVanished * (*before)[r]) continue;
    fail("data on the model's own curve: the standard error of " + tables.second.rows[r] + " is " +
         number((*after)[r]) + ", not nearly 0");
  }
}

}  // namespace steppe::conformance::trend
