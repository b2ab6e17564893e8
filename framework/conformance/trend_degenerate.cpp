// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <iterator>
#include <limits>

#include "conformance/trend_case_bodies.hpp"
#include "conformance/trend_subject.hpp"

namespace steppe::conformance::trend {

namespace {

constexpr double kInfiniteValue = std::numeric_limits<double>::infinity();
constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kDegenerateHorizon = 4;

std::size_t length_of(Degenerate kind, std::size_t usual) {
  switch (kind) {
    case Degenerate::kOnePoint:
      return 1;
    case Degenerate::kTwoPoints:
      return 2;
    case Degenerate::kNoObservations:
      return 0;
    default:
      return usual;
  }
}

// One value of the series; `ordinary` is that of a rising series.
double value_of(Degenerate kind, std::size_t i, double ordinary) {
  switch (kind) {
    case Degenerate::kConstant:
      return 42;
    case Degenerate::kZeros:
      return 0;
    case Degenerate::kAllMissing:
      return kMissing;
    case Degenerate::kInfinite:
      return i == 3 ? kInfiniteValue : ordinary;
    case Degenerate::kHuge:
      return ordinary * 1e298;  // up to 1e300
    case Degenerate::kTiny:
      return ordinary * 1e-302;  // about 1e-300
    case Degenerate::kAlternating:
      return i % 2 == 0 ? 1e300 : -1e300;
    case Degenerate::kOutlier:
      return i == 5 ? 1e290 : ordinary;
    default:
      return ordinary;
  }
}

// Numbers near the end of the range may leave it: a forecast of infinity is then an answer that the
// host reports as an overflow.
bool may_overflow(Degenerate kind) {
  return kind == Degenerate::kHuge || kind == Degenerate::kAlternating ||
         kind == Degenerate::kOutlier || kind == Degenerate::kTiny;
}

bool must_be_refused(Degenerate kind, const steppe_component& component) {
  if (kind == Degenerate::kNoObservations || kind == Degenerate::kInfinite) return true;
  return kind == Degenerate::kAllMissing && !has_tag(component, "handles_missing");
}

void check_answer(const TrendFit& fit, Degenerate kind) {
  const std::vector<double> future = times(fit.rows() + 1, kDegenerateHorizon);
  const TrendPrediction p = fit.predict(future, kProbabilities);
  for (std::size_t h = 0; h < kDegenerateHorizon; ++h) {
    const std::string step = " at horizon " + std::to_string(h + 1);
    const double mean = p.mean_at(h, 0);
    if (std::isnan(mean) || (std::isinf(mean) && !may_overflow(kind))) {
      fail("the status is ok, but the mean" + step + " is " + number(mean));
    }
    if (p.error_at(h, 0) < 0) {
      fail("the standard error" + step + " is negative: " + number(p.error_at(h, 0)));
    }
    for (std::size_t k = 1; k < std::size(kProbabilities); ++k) {
      if (!(p.quantile_at(k, h, 0) < p.quantile_at(k - 1, h, 0))) continue;
      fail("the quantiles" + step + " fall: " + number(p.quantile_at(k - 1, h, 0)) + ", then " +
           number(p.quantile_at(k, h, 0)));
    }
  }
  const FitReport report = fit.report(0);
  for (const ReportScalar& scalar : report.scalars) {
    if (std::isnan(scalar.value) && report.warnings.empty()) {
      fail("the report says that " + scalar.name + " is undefined, and has no warning");
    }
  }
}

}  // namespace

template <Degenerate kind>
void degenerate(const CaseContext& context) {
  const TrendSubject subject(context);
  const std::size_t n = length_of(kind, subject.length());
  TrendData data = sample_block(n, 1, context.seed, subject.season_length());
  for (std::size_t i = 0; i < n; ++i) data.series[0][i] = value_of(kind, i, data.series[0][i]);
  if (kind == Degenerate::kAllMissing && has_tag(*context.component, "handles_missing")) {
    data.present = {std::vector<bool>(n, false)};
  }
  if (kind == Degenerate::kNoSeries) {
    data.series.clear();
    data.seeds.clear();
  }
  Answer answer;
  const auto fit = subject.try_fit(data, Layout::kNeighbours, answer);
  if (fit == nullptr) fail("fit answers " + text_of(answer) + " for the whole block, not a series");
  if (fit->count() == 0) {
    static_cast<void>(fit->predict(times(n + 1, kDegenerateHorizon), kProbabilities));
    return;
  }
  if (fit->ok(0)) {
    if (must_be_refused(kind, *context.component)) fail("the status is ok");
    return check_answer(*fit, kind);
  }
  if (!is_typed_refusal(fit->statuses()[0])) {
    fail("the status is " + status_name(fit->statuses()[0]) + ": " + fit->explain(0).message);
  }
  require(!fit->explain(0).message.empty(), "the series is refused without a text");
}

template void degenerate<Degenerate::kConstant>(const CaseContext&);
template void degenerate<Degenerate::kZeros>(const CaseContext&);
template void degenerate<Degenerate::kOnePoint>(const CaseContext&);
template void degenerate<Degenerate::kTwoPoints>(const CaseContext&);
template void degenerate<Degenerate::kNoObservations>(const CaseContext&);
template void degenerate<Degenerate::kNoSeries>(const CaseContext&);
template void degenerate<Degenerate::kAllMissing>(const CaseContext&);
template void degenerate<Degenerate::kInfinite>(const CaseContext&);
template void degenerate<Degenerate::kHuge>(const CaseContext&);
template void degenerate<Degenerate::kTiny>(const CaseContext&);
template void degenerate<Degenerate::kAlternating>(const CaseContext&);
template void degenerate<Degenerate::kOutlier>(const CaseContext&);

}  // namespace steppe::conformance::trend
