// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>

#include "conformance/regression_case_bodies.hpp"
#include "conformance/regression_subject.hpp"
#include "conformance/trend_subject.hpp"

namespace steppe::conformance::regression {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

RegressionSample data_of(Degenerate kind, const RegressionSubject& subject, std::uint64_t seed) {
  switch (kind) {
    case Degenerate::kNoRows:
      return sample_regression(0, 2, seed);
    case Degenerate::kOneRow:
      return sample_regression(1, 2, seed);
    case Degenerate::kMoreColumnsThanRows:
      return sample_regression(4, 9, seed);
    case Degenerate::kNoColumns:
      return subject.sample(0);
    default:
      return subject.sample(3);
  }
}

void spoil(Degenerate kind, RegressionSample& data) {
  for (std::size_t i = 0; i < data.rows; ++i) {
    if (kind == Degenerate::kConstantColumn) data.at(i, 1) = 7;
    if (kind == Degenerate::kSameColumnTwice) data.at(i, 2) = data.at(i, 0);
    if (kind == Degenerate::kConstantTarget) data.target[i] = 42;
    const double factor = kind == Degenerate::kHuge   ? 1e295
                          : kind == Degenerate::kTiny ? 1e-300
                                                      : 1;
    data.target[i] *= factor;
    for (std::size_t j = 0; j < data.columns; ++j) data.at(i, j) *= factor;
  }
  if (kind == Degenerate::kMissingTarget) data.target[4] = kMissing;
  if (kind == Degenerate::kMissingRegressor) data.at(4, 1) = kMissing;
  if (kind == Degenerate::kInfiniteRegressor) data.at(4, 1) = kInfinity;
}

bool must_be_refused(Degenerate kind) {
  return kind == Degenerate::kNoRows || kind == Degenerate::kMissingTarget ||
         kind == Degenerate::kMissingRegressor || kind == Degenerate::kInfiniteRegressor;
}

// What depends on other columns has no coefficient of its own: the report has to say so.
bool needs_a_word(Degenerate kind) {
  return kind == Degenerate::kSameColumnTwice || kind == Degenerate::kMoreColumnsThanRows;
}

void check_fit(const RegressionFit& fit, const RegressionSample& data, Degenerate kind) {
  for (const double value : fit.fitted()) {
    if (std::isnan(value)) fail("the fit is ok, but a fitted value is undefined");
  }
  // The rows of the fit itself: a new row might break a dependency between columns.
  const RegressionForecasts p = fit.predict(data.regressors, data.rows, kProbabilities);
  for (std::size_t i = 0; i < p.rows; ++i) {
    const std::string row = " in row " + std::to_string(i + 1);
    if (std::isnan(p.mean[i])) fail("the fit is ok, but the mean" + row + " is undefined");
    if (std::isinf(p.mean[i]) && kind != Degenerate::kHuge) fail("the mean" + row + " is infinite");
    if (p.se_mean[i] < 0 || p.se_prediction[i] < 0) fail("a standard error" + row + " is negative");
  }
  const FitReport report = fit.report();
  if (needs_a_word(kind) && report.warnings.empty()) {
    fail("fits columns that depend on one another without a warning that names the dropped one");
  }
  for (const ReportScalar& scalar : report.scalars) {
    if (std::isnan(scalar.value) && report.warnings.empty()) {
      fail("the report says that " + scalar.name + " is undefined, and has no warning");
    }
  }
}

}  // namespace

template <Degenerate kind>
void degenerate(const CaseContext& context) {
  const RegressionSubject subject(context);
  RegressionSample data = data_of(kind, subject, context.seed);
  spoil(kind, data);
  Answer answer;
  const auto fit = subject.try_fit(data, answer);
  if (fit != nullptr) {
    if (must_be_refused(kind)) fail("fit answers ok");
    return check_fit(*fit, data, kind);
  }
  if (!is_typed_refusal(answer.status)) fail("fit answers " + text_of(answer));
  require(!answer.error.message.empty(), "fit refuses the data without a text");
}

template void degenerate<Degenerate::kNoRows>(const CaseContext&);
template void degenerate<Degenerate::kOneRow>(const CaseContext&);
template void degenerate<Degenerate::kMoreColumnsThanRows>(const CaseContext&);
template void degenerate<Degenerate::kNoColumns>(const CaseContext&);
template void degenerate<Degenerate::kConstantColumn>(const CaseContext&);
template void degenerate<Degenerate::kSameColumnTwice>(const CaseContext&);
template void degenerate<Degenerate::kConstantTarget>(const CaseContext&);
template void degenerate<Degenerate::kMissingTarget>(const CaseContext&);
template void degenerate<Degenerate::kMissingRegressor>(const CaseContext&);
template void degenerate<Degenerate::kInfiniteRegressor>(const CaseContext&);
template void degenerate<Degenerate::kHuge>(const CaseContext&);
template void degenerate<Degenerate::kTiny>(const CaseContext&);

void odd_rows_are_answered(const CaseContext& context) {
  const RegressionSubject subject(context);
  const RegressionFit fit = subject.fit(subject.sample(2));
  static_cast<void>(fit.predict({}, 0, kProbabilities));
  for (const double odd : {kMissing, kInfinity, 1e300, -1e300, 1e-320}) {
    const std::vector<double> row = {10, odd};
    RegressionForecasts out;
    const Answer answer = fit.try_predict(row, 1, kProbabilities, out);
    if (!answer.ok() && !is_typed_refusal(answer.status)) {
      fail("a new row with " + number(odd) + " is answered " + text_of(answer));
    }
    if (answer.ok() && std::isnan(out.mean[0])) {
      fail("a new row with " + number(odd) + " is answered ok with an undefined mean");
    }
    if (answer.ok() && std::isnan(odd)) fail("a new row with a missing value has a forecast");
  }
}

}  // namespace steppe::conformance::regression
