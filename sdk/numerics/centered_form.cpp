// SPDX-License-Identifier: Apache-2.0
#include "centered_form.hpp"

#include <algorithm>
#include <cmath>

namespace steppe::numerics {
namespace detail {
namespace {

// The constant and the slopes of the kept terms, with their covariance, row-major. Without an
// intercept the constant is 0 and so is all that belongs to it.
struct Estimates {
  ExtendedVector value;
  ExtendedVector covariance;
};

DoubleDouble covariance_entry(const CenteredForm& form, std::size_t a, std::size_t b) {
  const std::size_t size = form.kept.size();
  DoubleDouble sum;
  for (std::size_t i = std::max(a, b); i < size; ++i)
    sum += form.inverse_r[a * size + i] * form.inverse_r[b * size + i];
  return sum;
}

Estimates estimates_of(const CenteredForm& form, bool intercept) {
  const std::size_t size = form.kept.size() + 1;
  Estimates result{ExtendedVector(size), ExtendedVector(size * size)};
  result.value[0] = form.response_mean;
  DoubleDouble constant_variance = form.inverse_total_weight;
  for (std::size_t a = 1; a < size; ++a) {
    result.value[a] = form.slopes[a - 1];
    result.value[0] -= form.slopes[a - 1] * form.column_means[a - 1];
    DoubleDouble with_constant;
    for (std::size_t b = 1; b < size; ++b) {
      const DoubleDouble entry = covariance_entry(form, a - 1, b - 1);
      result.covariance[a * size + b] = entry;
      with_constant -= entry * form.column_means[b - 1];
    }
    if (intercept) {
      result.covariance[a] = result.covariance[a * size] = with_constant;
      constant_variance -= with_constant * form.column_means[a - 1];
    }
  }
  if (intercept) result.covariance[0] = constant_variance;
  return result;
}

// The kept terms and the constant in powers of the columns: T, row-major, where row 0 is the
// constant. The dependencies of the dropped terms become those between powers.
ExtendedVector power_matrix(const CenteredForm& form, std::vector<TermDependency>& dropped) {
  const std::size_t size = form.kept.size() + 1;
  ExtendedVector matrix(size * size);
  matrix[0] = 1.0;
  PowerExpansion expansion(form, form.terms.size());
  std::size_t next_kept = 0;
  std::size_t next_dropped = 0;
  for (std::size_t term = 0; term < form.terms.size(); ++term) {
    if (next_dropped < dropped.size() && dropped[next_dropped].term == term) {
      dropped[next_dropped] = expansion.drop(dropped[next_dropped]);
      ++next_dropped;
      continue;
    }
    expansion.keep(term);
    const ExtendedVector column = expansion.expand(term);
    ++next_kept;
    matrix[next_kept] = column[0];
    for (std::size_t i = 0; i < next_kept; ++i)
      matrix[(i + 1) * size + next_kept] = column[form.kept[i] + 1];
  }
  return matrix;
}

// T v and T C T'.
Estimates transformed(const Estimates& from, const ExtendedVector& matrix) {
  const std::size_t size = from.value.size();
  Estimates result{ExtendedVector(size), ExtendedVector(size * size)};
  ExtendedVector half(size * size);  // T C
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t k = i == 0 ? 0 : i; k < size; ++k) {
      result.value[i] += matrix[i * size + k] * from.value[k];
      for (std::size_t j = 0; j < size; ++j)
        half[i * size + j] += matrix[i * size + k] * from.covariance[k * size + j];
    }
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t j = 0; j < size; ++j)
      for (std::size_t k = j; k < size; ++k)
        result.covariance[i * size + j] += half[i * size + k] * matrix[j * size + k];
  return result;
}

DoubleDouble term_value(const CenteredForm& form, std::size_t term, VectorView row) {
  if (form.terms.empty()) return row[term];
  const auto [column, power] = form.terms[term];
  return power_of(row[column], form.shifts[column], power);
}

}  // namespace

void fill_coefficients(LeastSquaresFit& fit, std::size_t terms,
                       std::vector<TermDependency> dropped) {
  Estimates estimates = estimates_of(fit.centered, fit.intercept);
  if (fit.has_powers()) {
    for (const TermDependency& dependency : dropped)
      fit.centered.dependencies.push_back(rounded(dependency, fit.intercept));
    estimates = transformed(estimates, power_matrix(fit.centered, dropped));
  }
  for (const TermDependency& dependency : dropped)
    fit.dropped.push_back(rounded(dependency, fit.intercept));

  const std::size_t offset = fit.intercept ? 1 : 0;
  const std::size_t q = terms + offset;
  const std::size_t size = estimates.value.size();
  fit.coefficients.assign(q, kUndefined);
  fit.covariance.assign(q * q, kUndefined);
  const auto place = [&](std::size_t i) { return i == 0 ? 0 : fit.centered.kept[i - 1] + offset; };
  for (std::size_t i = 1 - offset; i < size; ++i) {
    fit.coefficients[place(i)] = estimates.value[i].value();
    for (std::size_t j = 1 - offset; j < size; ++j)
      fit.covariance[place(i) * q + place(j)] = estimates.covariance[i * size + j].value();
  }
}

void orthogonal_row(const CenteredForm& form, VectorView row, std::vector<double>& a) {
  const std::size_t size = form.kept.size();
  ExtendedVector from_mean(size);
  a.assign(size + 1, 0.0);
  a[0] = sqrt(form.inverse_total_weight).value();
  for (std::size_t k = 0; k < size; ++k)
    from_mean[k] = term_value(form, form.kept[k], row) - form.column_means[k];
  for (std::size_t i = 0; i < size; ++i) {
    DoubleDouble along;
    for (std::size_t k = 0; k <= i; ++k) along += form.inverse_r[k * size + i] * from_mean[k];
    a[i + 1] = along.value();
  }
}

ExtendedVector coefficient_map(const LeastSquaresFit& fit) {
  const CenteredForm& form = fit.centered;
  const std::size_t kept = form.kept.size();
  const std::size_t size = kept + 1;
  ExtendedVector map(size * size);
  map[0] = sqrt(form.inverse_total_weight);
  for (std::size_t k = 0; k < kept; ++k)
    for (std::size_t i = k; i < kept; ++i) {
      map[(k + 1) * size + i + 1] = form.inverse_r[k * kept + i];
      if (fit.intercept) map[i + 1] -= form.column_means[k] * form.inverse_r[k * kept + i];
    }
  if (!fit.has_powers()) return map;
  std::vector<TermDependency> dropped;
  for (const DependentColumn& dependency : form.dependencies)
    dropped.push_back(unrounded(dependency, fit.intercept));
  const ExtendedVector to_powers = power_matrix(form, dropped);
  ExtendedVector result(size * size);
  for (std::size_t i = 0; i < size; ++i)
    for (std::size_t k = i; k < size; ++k)
      for (std::size_t j = 0; j < size; ++j)
        result[i * size + j] += to_powers[i * size + k] * map[k * size + j];
  return result;
}

ExtendedRowValue evaluate_row(const CenteredForm& form, VectorView row) {
  const std::size_t size = form.kept.size();
  ExtendedVector from_mean(size);
  ExtendedRowValue result{form.response_mean, form.inverse_total_weight};
  for (std::size_t k = 0; k < size; ++k) {
    from_mean[k] = term_value(form, form.kept[k], row) - form.column_means[k];
    result.mean += form.slopes[k] * from_mean[k];
  }
  for (std::size_t i = 0; i < size; ++i) {
    DoubleDouble along;
    for (std::size_t k = 0; k <= i; ++k) along += form.inverse_r[k * size + i] * from_mean[k];
    result.leverage += along * along;
  }
  return result;
}

}  // namespace detail

RowValue evaluate(const LeastSquaresFit& fit, VectorView row) {
  const auto value = detail::evaluate_row(fit.centered, row);
  return {value.mean.value(), value.leverage.value()};
}

// Between the terms of the factorisation: of powers far from zero nothing would be left of 1e-8.
const DependentColumn* broken_dependency(const LeastSquaresFit& fit, VectorView row) {
  constexpr double kTolerance = 1e-8;
  const std::size_t offset = fit.intercept ? 1 : 0;
  const auto& dependencies = fit.has_powers() ? fit.centered.dependencies : fit.dropped;
  const auto value = [&](std::size_t coefficient) {
    return fit.intercept && coefficient == 0
               ? 1.0
               : detail::term_value(fit.centered, coefficient - offset, row).value();
  };
  for (std::size_t d = 0; d < dependencies.size(); ++d) {
    const DependentColumn& dependency = dependencies[d];
    double difference = value(dependency.column);
    double size = std::abs(difference);
    for (std::size_t k = 0; k < dependency.factors.size(); ++k) {
      const double term = dependency.factors[k] * value(dependency.depends_on[k]);
      difference -= term;
      size += std::abs(term);
    }
    if (!(std::abs(difference) <= kTolerance * size)) return &fit.dropped[d];
  }
  return nullptr;
}

}  // namespace steppe::numerics
