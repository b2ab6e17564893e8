// SPDX-License-Identifier: Apache-2.0
#include "polynomial_terms.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace steppe::numerics {

std::vector<DesignTerm> design_terms(std::size_t columns, std::span<const int> degrees) {
  std::vector<DesignTerm> terms;
  for (std::size_t j = 0; j < columns; ++j) {
    const int degree = degrees.empty() ? 1 : degrees[j];
    for (int power = 1; power <= degree; ++power) terms.push_back({j, power});
  }
  return terms;
}

std::vector<std::string> term_names(std::span<const std::string> columns,
                                    std::span<const DesignTerm> terms) {
  std::vector<std::string> names;
  for (const DesignTerm& term : terms) {
    names.push_back(columns[term.column]);
    if (term.power > 1) names.back().append("^").append(std::to_string(term.power));
  }
  return names;
}

namespace detail {

double power_shift(VectorView column, const RowWeights& weights) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (std::size_t i = 0; i < column.size(); ++i) {
    if (!(weights.weight[i].high > 0.0)) continue;
    low = std::min(low, column[i]);
    high = std::max(high, column[i]);
  }
  return low == high ? low : low / 2 + high / 2;
}

DoubleDouble power_of(double x, double shift, int power) {
  const DoubleDouble t = two_sum(x, -shift);
  DoubleDouble result = t;
  for (int i = 1; i < power; ++i) result = result * t;
  return result;
}

DependentColumn rounded(const TermDependency& dependency, bool intercept) {
  const std::size_t offset = intercept ? 1 : 0;
  DependentColumn result;
  result.column = dependency.term + offset;
  if (dependency.constant.high != 0.0) {
    result.depends_on.push_back(0);
    result.factors.push_back(dependency.constant.value());
  }
  for (std::size_t k = 0; k < dependency.on.size(); ++k) {
    result.depends_on.push_back(dependency.on[k] + offset);
    result.factors.push_back(dependency.factors[k].value());
  }
  return result;
}

TermDependency unrounded(const DependentColumn& dependency, bool intercept) {
  const std::size_t offset = intercept ? 1 : 0;
  TermDependency result;
  result.term = dependency.column - offset;
  for (std::size_t k = 0; k < dependency.depends_on.size(); ++k) {
    if (intercept && dependency.depends_on[k] == 0) {
      result.constant = dependency.factors[k];
      continue;
    }
    result.on.push_back(dependency.depends_on[k] - offset);
    result.factors.push_back(dependency.factors[k]);
  }
  return result;
}

PowerExpansion::PowerExpansion(const CenteredForm& form, std::size_t terms)
    : form_(form), size_(terms + 1) {}

void PowerExpansion::keep(std::size_t term) {
  powers_.emplace_back(size_);
  powers_.back()[term + 1] = 1.0;
}

// to += factor * (the terms of (x - shift)^power with powers of x below `below`), by the binomial
// theorem.
void PowerExpansion::add_powers(ExtendedVector& to, DoubleDouble factor, std::size_t term,
                                int below) const {
  const int power = form_.terms[term].power;
  const double shift = form_.shifts[form_.terms[term].column];
  const std::size_t first = term + 1 - static_cast<std::size_t>(power);  // the term of x itself
  DoubleDouble binomial = factor;  // times (-shift)^(power - m)
  for (int m = power; m >= 0; --m) {
    if (m < below) {
      if (m == 0) {
        to[0] += binomial;
      } else {
        const ExtendedVector& kept = powers_[first + static_cast<std::size_t>(m) - 1];
        for (std::size_t i = 0; i < size_; ++i) to[i] += binomial * kept[i];
      }
    }
    binomial = binomial * DoubleDouble(-shift) * static_cast<double>(m) /
               static_cast<double>(power - m + 1);
  }
}

ExtendedVector PowerExpansion::expand(std::size_t term) const {
  ExtendedVector result(size_);
  add_powers(result, 1.0, term, form_.terms[term].power + 1);
  return result;
}

// x^power = its dependency less what else (x - shift)^power is made of.
TermDependency PowerExpansion::drop(const TermDependency& dependency) {
  constexpr double kNegligible = 1e-10;  // rounding of what cancels
  ExtendedVector sum(size_);
  std::vector<double> sizes(size_, 0.0);
  const auto add = [&](DoubleDouble factor, std::size_t term, int below) {
    ExtendedVector part(size_);
    add_powers(part, factor, term, below);
    for (std::size_t i = 0; i < size_; ++i) {
      sum[i] += part[i];
      sizes[i] += magnitude(part[i]);
    }
  };
  sum[0] = dependency.constant;
  sizes[0] = magnitude(dependency.constant);
  for (std::size_t k = 0; k < dependency.on.size(); ++k)
    add(dependency.factors[k], dependency.on[k], form_.terms[dependency.on[k]].power + 1);
  add(-1.0, dependency.term, form_.terms[dependency.term].power);
  TermDependency result;
  result.term = dependency.term;
  for (std::size_t i = 0; i < size_; ++i) {
    if (!(magnitude(sum[i]) > kNegligible * sizes[i])) sum[i] = {};
    if (i == 0 || sum[i].high == 0.0) continue;
    result.on.push_back(i - 1);
    result.factors.push_back(sum[i]);
  }
  result.constant = sum[0];
  powers_.push_back(std::move(sum));
  return result;
}

}  // namespace detail
}  // namespace steppe::numerics
