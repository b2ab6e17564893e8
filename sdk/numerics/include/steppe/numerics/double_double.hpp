// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

namespace steppe::numerics {

// A number held as the unevaluated sum of two doubles, about 32 decimal digits.
//
// For: sums, means and factorisations of small problems whose double result must be right to the
// last digits. Not for: bulk arithmetic (an operation costs 10 to 25 double operations) or
// exponents beyond those of double. Magnitudes should stay within 1e-140 to 1e140, callers scale by
// powers of two (`scaled`) before they multiply. Non-finite operands give non-finite or NaN
// results; nothing throws.
//
// Source: Dekker 1971, Numerische Mathematik 18, 224-242 (product, square root);
// Hida, Li, Bailey 2001, 15th IEEE Symposium on Computer Arithmetic (accurate sum, division).
struct DoubleDouble {
  double high = 0.0;
  double low = 0.0;

  constexpr DoubleDouble() = default;
  // Implicit: every double is a DoubleDouble without loss.
  constexpr DoubleDouble(double value) : high(value) {}
  constexpr DoubleDouble(double high_part, double low_part) : high(high_part), low(low_part) {}

  // The nearest double.
  [[nodiscard]] constexpr double value() const { return high + low; }
};

// a + b exactly, |a| >= |b| or a = 0.
constexpr DoubleDouble quick_two_sum(double a, double b) {
  const double sum = a + b;
  return {sum, b - (sum - a)};
}

// a + b exactly (Knuth).
constexpr DoubleDouble two_sum(double a, double b) {
  const double sum = a + b;
  const double b_part = sum - a;
  return {sum, (a - (sum - b_part)) + (b - b_part)};
}

// a * b exactly (Veltkamp split, Dekker product): no fused instruction, the same bits everywhere.
constexpr DoubleDouble two_product(double a, double b) {
  constexpr double kSplit = 134217729.0;  // 2^27 + 1
  const double a_big = kSplit * a;
  const double b_big = kSplit * b;
  const double a_high = a_big - (a_big - a);
  const double b_high = b_big - (b_big - b);
  const double a_low = a - a_high;
  const double b_low = b - b_high;
  const double product = a * b;
  return {product, ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low};
}

constexpr DoubleDouble operator-(DoubleDouble a) { return {-a.high, -a.low}; }

constexpr DoubleDouble operator+(DoubleDouble a, DoubleDouble b) {
  DoubleDouble sum = two_sum(a.high, b.high);
  const DoubleDouble tail = two_sum(a.low, b.low);
  sum = quick_two_sum(sum.high, sum.low + tail.high);
  return quick_two_sum(sum.high, sum.low + tail.low);
}

constexpr DoubleDouble operator-(DoubleDouble a, DoubleDouble b) { return a + (-b); }

constexpr DoubleDouble operator*(DoubleDouble a, DoubleDouble b) {
  const DoubleDouble product = two_product(a.high, b.high);
  return quick_two_sum(product.high, product.low + (a.high * b.low + a.low * b.high));
}

constexpr DoubleDouble operator/(DoubleDouble a, DoubleDouble b) {
  const double first = a.high / b.high;
  DoubleDouble remainder = a - b * first;
  const double second = remainder.high / b.high;
  remainder = remainder - b * second;
  const double third = remainder.high / b.high;
  return quick_two_sum(first, second) + third;
}

constexpr DoubleDouble& operator+=(DoubleDouble& a, DoubleDouble b) { return a = a + b; }
constexpr DoubleDouble& operator-=(DoubleDouble& a, DoubleDouble b) { return a = a - b; }

// NaN for a negative argument, 0 for 0.
inline DoubleDouble sqrt(DoubleDouble a) {
  if (a.high == 0.0) return {};
  const double root = std::sqrt(a.high);
  const DoubleDouble correction = (a - two_product(root, root)) / (2.0 * root);
  return quick_two_sum(root, correction.value());
}

// a * 2^exponent, exact unless the result leaves the range of double.
inline DoubleDouble scaled(DoubleDouble a, int exponent) {
  return {std::ldexp(a.high, exponent), std::ldexp(a.low, exponent)};
}

inline double magnitude(DoubleDouble a) { return std::abs(a.high); }

}  // namespace steppe::numerics
