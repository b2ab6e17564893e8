// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/unit_root.hpp"

#include <algorithm>
#include <cmath>

#include "mackinnon.hpp"
#include "orthogonal_basis.hpp"
#include "steppe/numerics/distributions.hpp"

namespace steppe::numerics {
namespace {

using detail::OrthogonalBasis;
using Values = std::vector<double>;

std::string too_few(std::size_t n) {
  return std::to_string(n) + (n == 1 ? " observation is" : " observations are") + " too few";
}

// Shifted to the first value and divided by the largest magnitude: the statistics are free of both
// where a constant is among the terms; without one only the division is allowed.
Values scaled(VectorView series, bool shift) {
  Values out = detail::column_of(series);
  const double first = shift && !out.empty() ? out.front() : 0.0;
  double largest = 0.0;
  for (double& value : out) {
    value -= first;
    largest = std::max(largest, std::fabs(value));
  }
  if (largest > 0.0)
    for (double& value : out) value /= largest;
  return out;
}

OrthogonalBasis basis_of_terms(Deterministics terms, std::size_t rows) {
  OrthogonalBasis basis(rows);
  if (terms != Deterministics::kNone) basis.add(Values(rows, 1.0));
  if (terms == Deterministics::kTrend) {
    Values time(rows);
    for (std::size_t i = 0; i < rows; ++i)
      time[i] = static_cast<double>(i) - 0.5 * static_cast<double>(rows - 1);
    basis.add(std::move(time));
  }
  return basis;
}

std::size_t count_of(Deterministics terms) { return static_cast<std::size_t>(terms); }

// The regression of the change on terms, level and lagged changes over the last `rows` rows.
struct ChangeRows {
  Values change;
  Values level;
  std::vector<Values> lagged;
};

ChangeRows change_rows(const Values& series, std::size_t rows, std::size_t lags) {
  const auto end = static_cast<std::ptrdiff_t>(series.size());
  const auto count = static_cast<std::ptrdiff_t>(rows);
  Values changes(series.size());  // changes[i] = series[i] - series[i - 1]
  for (std::size_t i = 1; i < series.size(); ++i) changes[i] = series[i] - series[i - 1];
  const auto slice = [&](const Values& from, std::ptrdiff_t back) {
    const auto last = from.begin() + (end - back);
    return Values(last - count, last);
  };
  ChangeRows out{slice(changes, 0), slice(series, 1), {}};
  for (std::size_t lag = 1; lag <= lags; ++lag)
    out.lagged.push_back(slice(changes, static_cast<std::ptrdiff_t>(lag)));
  return out;
}

// Lags with the smallest criterion, all on the rows that `most` leaves. Nested columns: one basis
// serves all.
std::size_t best_lags(const Values& series, Deterministics terms, std::size_t most,
                      LagCriterion criterion) {
  const std::size_t rows = series.size() - 1 - most;
  ChangeRows data = change_rows(series, rows, most);
  OrthogonalBasis basis = basis_of_terms(terms, rows);
  basis.add(std::move(data.level));
  const double n = static_cast<double>(rows);
  std::size_t best = 0;
  double smallest = std::numeric_limits<double>::infinity();
  Values left = basis.residual(data.change);
  const double start = detail::dot(data.change, data.change);
  for (std::size_t lags = 0; lags <= most; ++lags) {
    if (lags > 0) {
      if (!basis.add(std::move(data.lagged[lags - 1]))) continue;
      left = basis.residual(std::move(left));
    }
    const double sum = detail::dot(left, left);
    if (detail::is_rounding(sum, start)) break;  // an exact fit tells nothing
    const double k = static_cast<double>(count_of(terms) + 1 + lags);
    const double price = criterion == LagCriterion::kAic ? 2.0 : std::log(n);
    const double value = n * std::log(sum / n) + price * k;
    if (value < smallest) {
      smallest = value;
      best = lags;
    }
  }
  return best;
}

// The t of the level. Fills statistic and observations, or the reason.
void level_t(const Values& series, UnitRootTest& out) {
  const std::size_t rows = series.size() - 1 - out.lags;
  ChangeRows data = change_rows(series, rows, out.lags);
  OrthogonalBasis basis = basis_of_terms(out.terms, rows);
  for (Values& lag : data.lagged) basis.add(std::move(lag));
  const double change_ss = detail::dot(data.change, data.change);
  const Values level = basis.residual(data.level);
  const Values change = basis.residual(std::move(data.change));
  const double level_ss = detail::dot(level, level);
  if (detail::is_rounding(level_ss, detail::dot(data.level, data.level))) {
    out.reason = "the level is a combination of its changes";
    return;
  }
  const double slope = detail::dot(level, change) / level_ss;
  double residual_ss = 0.0;
  for (std::size_t i = 0; i < rows; ++i) residual_ss += std::pow(change[i] - slope * level[i], 2);
  const double dof = static_cast<double>(rows) - static_cast<double>(basis.rank()) - 1.0;
  if (dof < 1.0) {
    out.reason = too_few(series.size());
    return;
  }
  if (detail::is_rounding(residual_ss, change_ss)) {
    out.reason = "its changes follow from the values before them without error";
    return;
  }
  out.observations = rows;
  out.statistic = slope * std::sqrt(level_ss) / std::sqrt(residual_ss / dof);
}

// Schwert's rule lets short series fit their own noise: of ten observations a quarter of all random
// walks would be called stationary. There the cube root of Said and Dickey holds.
std::size_t most_lags(std::size_t n) {
  constexpr std::size_t kShort = 50;
  const double rows = static_cast<double>(n);
  const double rule =
      n < kShort ? std::cbrt(rows - 1.0) : std::ceil(12.0 * std::pow(rows / 100.0, 0.25));
  return static_cast<std::size_t>(rule);
}

// ADF of values that may be shifted beforehand, without p.
UnitRootTest dickey_fuller(const Values& series, Deterministics terms, LagCriterion criterion) {
  UnitRootTest out;
  out.terms = terms;
  const std::size_t n = series.size();
  if (n < count_of(terms) + 4) {
    out.reason = too_few(n);
    return out;
  }
  const std::size_t fixed = count_of(terms) + 3;  // coefficients, a change, a degree of freedom
  const std::size_t most = std::min(most_lags(n), n > fixed ? (n - fixed) / 2 : 0);
  out.lags = best_lags(series, terms, most, criterion);
  level_t(series, out);
  return out;
}

double interpolated_p(double statistic, const double* table) {
  constexpr double kP[4] = {0.1, 0.05, 0.025, 0.01};
  if (statistic <= table[0]) return kP[0];
  for (std::size_t i = 1; i < 4; ++i) {
    if (statistic <= table[i])
      return kP[i - 1] +
             (kP[i] - kP[i - 1]) * (statistic - table[i - 1]) / (table[i] - table[i - 1]);
  }
  return kP[3];
}

bool is_constant(const Values& shifted) {
  return std::all_of(shifted.begin(), shifted.end(), [](double value) { return value == 0.0; });
}

}  // namespace

std::string_view name_of(Deterministics terms) {
  switch (terms) {
    case Deterministics::kNone:
      return "none";
    case Deterministics::kConstant:
      return "constant";
    case Deterministics::kTrend:
      return "trend";
  }
  return "";
}

UnitRootTest augmented_dickey_fuller(VectorView series, Deterministics terms,
                                     LagCriterion criterion) {
  const Values shifted = scaled(series, true);
  if (is_constant(shifted)) {
    UnitRootTest out;
    out.terms = terms;
    out.reason = "the series never changes";
    return out;
  }
  const bool with_constant = terms != Deterministics::kNone;
  UnitRootTest out =
      dickey_fuller(with_constant ? shifted : scaled(series, false), terms, criterion);
  out.p = detail::mackinnon_p(out.statistic, terms, 1);
  out.critical_5 = detail::mackinnon_critical_5(terms, 1, static_cast<double>(out.observations));
  return out;
}

UnitRootTest kpss(VectorView series, Deterministics terms) {
  UnitRootTest out;
  out.terms = terms;
  const std::size_t n = series.size();
  out.observations = n;
  const Values shifted = scaled(series, true);
  const Values e = basis_of_terms(terms, n).residual(shifted);
  if (n < count_of(terms) + 2) {
    out.reason = too_few(n);
  } else if (is_constant(shifted)) {
    out.reason = "the series never changes";
  } else if (detail::is_rounding(detail::dot(e, e), detail::dot(shifted, shifted))) {
    out.reason = "the series lies on a straight line";
  }
  if (!out.defined()) return out;
  const double rows = static_cast<double>(n);
  out.lags = static_cast<std::size_t>(4.0 * std::pow(rows / 100.0, 0.25));
  double variance = detail::dot(e, e);
  for (std::size_t lag = 1; lag <= out.lags; ++lag) {
    double product = 0.0;
    for (std::size_t i = lag; i < n; ++i) product += e[i] * e[i - lag];
    variance +=
        2.0 * product * (1.0 - static_cast<double>(lag) / static_cast<double>(out.lags + 1));
  }
  double sums = 0.0;
  double partial = 0.0;
  for (const double value : e) {
    partial += value;
    sums += partial * partial;
  }
  out.statistic = sums / rows / variance;
  constexpr double kLevel[4] = {0.347, 0.463, 0.574, 0.739};
  constexpr double kLine[4] = {0.119, 0.146, 0.176, 0.216};
  const bool line = terms == Deterministics::kTrend;
  out.p = interpolated_p(out.statistic, line ? kLine : kLevel);
  out.critical_5 = line ? kLine[1] : kLevel[1];
  return out;
}

UnitRootTest engle_granger(VectorView target, MatrixView regressors) {
  const Values y = scaled(target, true);
  const OrthogonalBasis basis = detail::basis_of(regressors, true);
  const Values e = basis.residual(y);
  UnitRootTest out;
  if (basis.rank() >= y.size()) {
    out.reason = too_few(y.size());
  } else if (detail::dot(e, e) <= 1e-16 * detail::dot(y, y)) {
    out.reason = "the regressors give the target without error";
  }
  if (!out.defined()) return out;
  const std::size_t variables = regressors.columns() + 1;
  out = dickey_fuller(e, Deterministics::kNone, LagCriterion::kAic);
  out.terms = Deterministics::kConstant;
  if (!out.defined()) return out;
  out.p = detail::mackinnon_p(out.statistic, out.terms, variables);
  out.critical_5 =
      detail::mackinnon_critical_5(out.terms, variables, static_cast<double>(y.size() - 1));
  return out;
}

LineTest test_line(VectorView series) {
  LineTest out;
  const std::size_t n = series.size();
  const Values shifted = scaled(series, true);
  if (n < 3 || is_constant(shifted)) return out;
  const OrthogonalBasis basis = basis_of_terms(Deterministics::kTrend, n);
  const Values left = basis.residual(shifted);
  const double residual_ss = detail::dot(left, left);
  if (detail::is_rounding(residual_ss, detail::dot(shifted, shifted))) {
    out.t = std::numeric_limits<double>::infinity();
    out.p = 0.0;
    return out;
  }
  const double dof = static_cast<double>(n - 2);
  out.t = detail::dot(basis[1], shifted) / std::sqrt(residual_ss / dof);
  out.p = student_t_two_sided_p(out.t, dof);
  return out;
}

}  // namespace steppe::numerics
