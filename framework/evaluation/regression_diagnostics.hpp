// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tests the assumptions of a fitted regression from its regressors, target and fitted values, so
// the result holds the same diagnostics whatever plugin made it. What each test is, and what it
// says, is in docs/diagnostics.md. Not for: the fit itself, tests of coefficients, forecasts.

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/calendar.hpp"
#include "core/diagnostics.hpp"
#include "core/warning.hpp"

namespace steppe {

// What the pipeline asks for beyond what is always done.
struct DiagnosticsRequest {
  std::optional<std::int64_t> chow;  // ordinal of the first date of the second part
  bool cusum = false;
  std::size_t breusch_godfrey_order = 0;  // 0: by frequency and observations
};

// The scale on which the model has its residuals.
enum class TargetScale { kPlain, kLog, kBoxCox };

struct DiagnosticsInput {
  const Calendar* calendar = nullptr;
  std::span<const std::int64_t> ordinals;  // n, increasing
  std::span<const double> regressors;      // n x p row-major, without an intercept
  std::span<const double> target;          // n
  std::span<const double> fitted;          // n, on the scale of the target
  std::span<const double> weights;         // n or empty
  std::vector<std::string> regressor_names;
  std::string target_name;

  bool intercept = true;
  std::vector<bool> used;             // p: has a coefficient; empty: all have
  std::vector<std::int64_t> degrees;  // p: highest power; empty: 1
  TargetScale scale = TargetScale::kPlain;
  double box_cox_lambda = 1;
  // Errors e(t) = autocorrelation * e(t - 1) + u(t), which the model knows of: the fitted values
  // are one step ahead, and u is tested. NaN: none.
  double autocorrelation = std::numeric_limits<double>::quiet_NaN();
  bool has_condition_number = false;  // the model reports it itself
  bool has_influence = false;         // and leverage and Cook's distance of each row
  std::string model;                  // "regression.ols"
  std::string covariance;             // how it finds standard errors: "hc3"; empty: classical
  DiagnosticsRequest request;
};

struct DiagnosticsReport {
  Diagnostics diagnostics;
  std::vector<Warning> warnings;  // of failed tests that matter for the forecast
};

DiagnosticsReport diagnose(const DiagnosticsInput& input);

}  // namespace steppe
