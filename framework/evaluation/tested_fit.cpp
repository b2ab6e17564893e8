// SPDX-License-Identifier: Apache-2.0
#include "evaluation/tested_fit.hpp"

#include <algorithm>
#include <cmath>

namespace steppe {
namespace {

// Value on the scale of the model; false where it has none.
bool to_scale(const DiagnosticsInput& input, double& value) {
  if (input.scale == TargetScale::kPlain) return true;
  if (!(value > 0)) return false;
  const double lambda = input.scale == TargetScale::kLog ? 0.0 : input.box_cox_lambda;
  value = lambda == 0.0 ? std::log(value) : std::expm1(lambda * std::log(value)) / lambda;
  return true;
}

// Middle and half the range of a column: powers of what lies in -1 .. 1 keep their digits, and with
// a constant they span the same.
struct Range {
  double middle = 0;
  double half = 1;
};

Range range_of(const DiagnosticsInput& input, std::size_t column) {
  const std::size_t p = input.regressor_names.size();
  double low = input.regressors[column];
  double high = low;
  for (std::size_t i = column; i < input.regressors.size(); i += p) {
    low = std::min(low, input.regressors[i]);
    high = std::max(high, input.regressors[i]);
  }
  const double half = 0.5 * (high - low);
  const double most = std::max(std::fabs(low), std::fabs(high));
  if (!input.intercept) return {0, most > 0 ? most : 1};
  return {low + half, half > 0 ? half : 1};
}

void add_columns(const DiagnosticsInput& input, TestedFit& out) {
  const std::size_t n = input.target.size();
  const std::size_t p = input.regressor_names.size();
  std::vector<std::vector<double>> columns;
  for (std::size_t c = 0; c < p; ++c) {
    if (!input.used.empty() && !input.used[c]) continue;
    const std::int64_t degree = input.degrees.empty() ? 1 : input.degrees[c];
    const Range range = degree > 1 ? range_of(input, c) : Range{};
    for (std::int64_t power = 1; power <= degree; ++power) {
      auto& column = columns.emplace_back(n);
      for (std::size_t i = 0; i < n; ++i) {
        const double x = (input.regressors[i * p + c] - range.middle) / range.half;
        column[i] = power == 1 ? x : column[i];
        for (std::int64_t k = 1; k < power; ++k) column[i] = (k == 1 ? x : column[i]) * x;
      }
      out.columns.push_back(input.regressor_names[c] +
                            (power == 1 ? "" : "^" + std::to_string(power)));
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (const auto& column : columns) out.plain.push_back(column[i]);
  }
}

void add_residuals(const DiagnosticsInput& input, TestedFit& out) {
  bool scaled = true;
  for (std::size_t i = 0; i < input.target.size(); ++i) {
    double observed = input.target[i];
    double fitted = input.fitted[i];
    scaled = scaled && to_scale(input, observed) && to_scale(input, fitted);
    out.fitted.push_back(fitted);
    out.residuals.push_back(observed - fitted);
  }
  if (input.scale == TargetScale::kPlain) return;
  if (scaled) {
    out.remark = input.scale == TargetScale::kLog ? "tested on the logarithm of the target"
                                                  : "tested on the Box-Cox scale of the target";
    return;
  }
  for (std::size_t i = 0; i < input.target.size(); ++i) {
    out.fitted[i] = input.fitted[i];
    out.residuals[i] = input.target[i] - input.fitted[i];
  }
  out.remark = "tested on the target itself: its transform is not defined for every fitted value";
}

// Rows of weight 0 tell nothing and go; the others count by the root of their weight.
void apply_weights(const DiagnosticsInput& input, TestedFit& out) {
  const std::size_t k = out.columns.size();
  std::vector<double> plain;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < input.weights.size(); ++i) {
    const double root = std::sqrt(input.weights[i]);
    if (!(root > 0)) continue;
    if (input.intercept) out.design.push_back(root);
    for (std::size_t c = 0; c < k; ++c) {
      plain.push_back(out.plain[i * k + c]);
      out.design.push_back(root * out.plain[i * k + c]);
    }
    out.residuals[kept] = root * out.residuals[i];
    out.fitted[kept] = root * out.fitted[i];
    out.ordinals[kept++] = out.ordinals[i];
  }
  out.plain = std::move(plain);
  out.residuals.resize(kept);
  out.fitted.resize(kept);
  out.ordinals.resize(kept);
  out.intercept = false;
  out.remark += (out.remark.empty() ? "" : "; ") +
                std::string("rows are multiplied by the root of their weight");
}

// The fitted values of such a model are one step ahead, so its residuals are already what it takes
// as independent; the rows they belong to are each row less rho times the one before. The first row
// has none before it and goes.
void remove_autocorrelation(double rho, TestedFit& out) {
  const std::size_t n = out.rows();
  const std::size_t k = out.columns.size();
  const auto observed = [&](std::size_t i) { return out.fitted[i] + out.residuals[i]; };
  std::vector<double> fitted;
  for (std::size_t i = 1; i < n; ++i) {
    for (std::size_t c = 0; c < k; ++c) {
      out.design.push_back(out.plain[i * k + c] - rho * out.plain[(i - 1) * k + c]);
    }
    fitted.push_back(observed(i) - rho * observed(i - 1) - out.residuals[i]);
  }
  out.fitted = std::move(fitted);
  out.residuals.erase(out.residuals.begin());
  out.ordinals.erase(out.ordinals.begin());
  out.plain.erase(out.plain.begin(), out.plain.begin() + static_cast<std::ptrdiff_t>(k));
  out.remark += (out.remark.empty() ? "" : "; ") +
                std::string("the autocorrelation that the model knows of is taken out");
}

}  // namespace

TestedFit tested_fit(const DiagnosticsInput& input) {
  TestedFit out;
  out.ordinals.assign(input.ordinals.begin(), input.ordinals.end());
  out.intercept = input.intercept;
  add_columns(input, out);
  add_residuals(input, out);
  if (!input.weights.empty()) {
    apply_weights(input, out);
  } else if (!std::isnan(input.autocorrelation) && out.rows() > 1) {
    remove_autocorrelation(input.autocorrelation, out);
  } else {
    out.design = out.plain;
  }
  for (std::size_t i = 1; i < out.ordinals.size(); ++i) {
    out.consecutive = out.consecutive && out.ordinals[i] == out.ordinals[i - 1] + 1;
  }
  out.least_squares = numerics::is_least_squares(out.get());
  return out;
}

}  // namespace steppe
