// SPDX-License-Identifier: Apache-2.0
#include "conformance/own_curve.hpp"

#include <algorithm>
#include <cmath>

namespace steppe::conformance {

namespace {

constexpr double kErrorSize = 0.03;
constexpr double kStepSize = 0.01;
constexpr std::uint64_t kErrorStreams = std::uint64_t{3} << 40;

bool all_finite(const std::vector<double>& values) {
  return std::ranges::all_of(values, [](double x) { return std::isfinite(x); });
}

// What a fit of one sample series says of its own curve.
OwnCurve curve_of(const TrendFit& fit, Process process) {
  OwnCurve curve;
  const std::size_t n = fit.rows();
  if (process == Process::kRandomWalk) {
    const std::vector<double> path = fit.predict(times(n + 1, n + kCurveHorizon)).mean;
    const auto end = path.begin() + static_cast<std::ptrdiff_t>(n);
    curve.observed.assign(path.begin(), end);
    curve.future.assign(end, path.end());
  } else {
    curve.observed = fit.fitted();
    const double half[] = {0.5};
    const TrendPrediction p = fit.predict(times(n + 1, kCurveHorizon), half);
    // Where errors multiply, the curve is the median, and the point forecast may be the mean.
    const bool median = process == Process::kMultiplicative && all_finite(p.quantiles);
    curve.future = median ? p.quantiles : p.mean;
  }
  const FitReport report = fit.report(0);
  if (const ReportTable* table = report.table("parameters")) curve.parameters = *table;
  for (const double value : curve.observed) curve.size = std::max(curve.size, std::fabs(value));
  for (const double value : curve.future) curve.size = std::max(curve.size, std::fabs(value));
  return curve;
}

}  // namespace

Process process_of(const steppe_component& component) {
  static constexpr std::pair<const char*, Process> kTags[] = {
      {"additive_errors", Process::kAdditive},
      {"multiplicative_errors", Process::kMultiplicative},
      {"random_walk_errors", Process::kRandomWalk}};
  Process found = Process::kNone;
  for (const auto& [name, process] : kTags) {
    if (!has_tag(component, name)) continue;
    if (found != Process::kNone) fail("claims two processes; a component names at most one");
    found = process;
  }
  return found;
}

Process needed_process(const CaseContext& context) {
  const Process process = process_of(*context.component);
  if (process == Process::kNone) {
    skip("names no process: additive_errors, multiplicative_errors or random_walk_errors");
  }
  return process;
}

OwnCurve own_curve(const TrendSubject& subject, std::size_t n) {
  const Process process = process_of(subject.instance().component());
  const std::uint32_t season = subject.season_length();
  std::string why;
  for (const Shape shape : kShapes) {
    TrendData data = sample_block(n, 1, 1, season);
    data.series[0] = sample_series(shape, n, 1, 0, season);
    const TrendFit fit = subject.fit(data);
    if (!fit.ok(0)) {
      why = fit.explain(0).message;
      continue;
    }
    OwnCurve curve = curve_of(fit, process);
    curve.season_length = season;
    if (all_finite(curve.observed) && all_finite(curve.future)) return curve;
    why = "its fitted values are undefined in places";
  }
  fail("has no curve of its own: " + why);
}

TrendData block_of(const OwnCurve& curve) {
  TrendData data;
  data.time = times(1, curve.observed.size());
  data.series = {curve.observed};
  data.seeds = {1};
  data.season_length = curve.season_length;
  return data;
}

Simulation simulate(const OwnCurve& curve, Process process, std::size_t m, std::uint64_t seed,
                    std::uint64_t stream) {
  const std::size_t n = curve.observed.size();
  std::vector<double> whole = curve.observed;
  whole.insert(whole.end(), curve.future.begin(), curve.future.end());
  Simulation out;
  out.block = block_of(curve);
  out.block.series.clear();
  out.block.seeds.clear();
  for (std::size_t s = 0; s < m; ++s) {
    const std::vector<double> z = normals(whole.size(), seed, kErrorStreams + (stream << 20) + s);
    std::vector<double> y = whole;
    double sum = 0;
    for (std::size_t i = 0; i < y.size(); ++i) {
      sum += z[i];
      if (process == Process::kAdditive) y[i] += kErrorSize * curve.size * z[i];
      if (process == Process::kMultiplicative) y[i] *= std::exp(kErrorSize * z[i]);
      if (process == Process::kRandomWalk) y[i] += kStepSize * curve.size * sum;
    }
    const auto end = y.begin() + static_cast<std::ptrdiff_t>(n);
    out.block.series.emplace_back(y.begin(), end);
    out.block.seeds.push_back(s + 1);
    out.actual.emplace_back(end, y.end());
  }
  return out;
}

}  // namespace steppe::conformance
