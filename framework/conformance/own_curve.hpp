// SPDX-License-Identifier: Apache-2.0
#pragma once

// Data from a trend model's own process, made without knowing its equation: the model is fitted to
// sample data, and what it then says is the curve that such a model can follow exactly. Its
// fitted values and their continuation where errors are around a curve; the path of its forecasts
// where the tag random_walk_errors says that errors add up. See docs/decisions/0026.

#include <optional>
#include <vector>

#include "conformance/trend_subject.hpp"

namespace steppe::conformance {

enum class Process { kNone, kAdditive, kMultiplicative, kRandomWalk };

// The process that a component names by its tags. Leaves by fail() when it names two.
Process process_of(const steppe_component& component);
// The same; leaves by skip() when it names none.
Process needed_process(const CaseContext& context);

struct OwnCurve {
  std::vector<double> observed;  // at times 1..n
  std::vector<double> future;    // at times n + 1..n + kCurveHorizon
  double size = 0;               // the largest magnitude of both
  std::uint32_t season_length = 1;
  std::optional<ReportTable> parameters;  // of the fit that gave the curve, if it reports any
};
constexpr std::size_t kCurveHorizon = 12;

// The curve of the component over n observations. Leaves by fail() when it fits no sample.
OwnCurve own_curve(const TrendSubject& subject, std::size_t n);

// The curve as a block of one series.
TrendData block_of(const OwnCurve& curve);

// Series of the curve and the errors of its process, with a standard deviation of 3 % of the
// curve's size (walk: 1 %): n observations and what follows them.
struct Simulation {
  TrendData block;                          // m series of n
  std::vector<std::vector<double>> actual;  // m series of kCurveHorizon
};
Simulation simulate(const OwnCurve& curve, Process process, std::size_t m, std::uint64_t seed,
                    std::uint64_t stream);

}  // namespace steppe::conformance
