// SPDX-License-Identifier: Apache-2.0
#pragma once

// ln and exp of a vector, without branches, tables or fused operations.
// Method: P. T. P. Tang's and fdlibm's scheme of argument reduction and a polynomial; ln after
// fdlibm's e_log.c (Sun Microsystems, 1993: https://www.netlib.org/fdlibm/e_log.c), exp with a
// minimax polynomial of its own instead of fdlibm's division.

#include "kernels/vector.hpp"

namespace steppe::numerics::STEPPE_KERNEL_VARIANT {

constexpr double kSmallestNormal = 0x1p-1022;
constexpr double kLargest = 0x1.fffffffffffffp1023;
constexpr double kLn2High = 6.93147180369123816490e-01;  // 32 bits: a multiple up to 2^11 is exact
constexpr double kLn2Low = 1.90821492927058770002e-10;

// Each function comes in two halves, so that an array can be done in two short loops (ln_block,
// exp_block): the processor then has more independent chains at hand than one long loop gives it.

struct LnParts {
  Vec k;
  Vec f;
  Vec s;
};

// x = 2^k (1 + f), sqrt(1/2) < 1 + f < sqrt(2), for normal positive x; s = f / (2 + f). `bias` is
// 1023 plus the power of two that x was scaled up by.
STEPPE_INLINE LnParts ln_reduce(Vec x, double bias) {
  constexpr std::uint64_t kRootHalf = 0x3fe6a09e667f3bcdULL;  // bits of sqrt(1/2)
  constexpr std::uint64_t kOneMinusRoot = 0x3ff0000000000000ULL - kRootHalf;
  const Bits shifted = bits_of(x) + kOneMinusRoot;
  const Vec k = vec_of((shifted >> 52) | 0x4330000000000000ULL) - (0x1p52 + bias);
  const Vec f = vec_of((shifted & 0x000fffffffffffffULL) + kRootHalf) - 1.0;
  return {k, f, f / (f + 2.0)};
}

// k ln 2 + f - f^2/2 + s (f^2/2 + R(s^2)); coefficients of R from e_log.c.
STEPPE_INLINE Vec ln_finish(const LnParts& part) {
  const auto [k, f, s] = part;
  const Vec z = s * s;
  const Vec w = z * z;
  const Vec even = w * (3.999999999940941908e-01 +
                        w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const Vec odd = z * ((6.666666666666735130e-01 + w * 2.857142874366239149e-01) +
                       (w * w) * (1.818357216161805012e-01 + w * 1.479819860511658591e-01));
  const Vec half_square = 0.5 * f * f;
  const Vec correction = s * (half_square + (even + odd)) + k * kLn2Low;
  return k * kLn2High - ((half_square - correction) - f);
}

STEPPE_INLINE Vec ln_normal(Vec x, double bias = 1023.0) { return ln_finish(ln_reduce(x, bias)); }

constexpr double kExpLowest = -708.0;                // exp(x) is normal from here on
constexpr double kExpHighest = 709.782712893383973;  // and finite up to here

struct ExpParts {
  Vec shifted;  // k in the low bits
  Vec high;
  Vec low;
};

// x = k ln 2 + high - low, |high - low| <= ln(2)/2, for x from kExpLowest to kExpHighest.
STEPPE_INLINE ExpParts exp_reduce(Vec x) {
  constexpr double kRounder = 0x1.8p52;  // adding it rounds to an integer, kept in the low bits
  const Vec shifted = x * 1.44269504088896338700e+00 + kRounder;
  const Vec k = shifted - kRounder;
  return {shifted, x - k * kLn2High, k * kLn2Low};
}

// 2^(k + up) (1 + r + r^2 P(r)); P is minimax of degree 9 (relative error of the whole 5e-18, Remez
// exchange in 40 digits). The power of two is added to the exponent.
STEPPE_INLINE Vec exp_finish(const ExpParts& part, std::uint64_t up) {
  const auto [shifted, high, low] = part;
  const Vec r = high - low;
  const Vec r2 = r * r;
  const Vec r4 = r2 * r2;
  const Vec p01 = 0x1.0000000000005p-1 + r * 0x1.5555555555508p-3;
  const Vec p23 = 0x1.5555555551cd8p-5 + r * 0x1.1111111126335p-7;
  const Vec p45 = 0x1.6c16c1806841bp-10 + r * 0x1.a01a012b4edfep-13;
  const Vec p67 = 0x1.a019a2efd1cd3p-16 + r * 0x1.71df2f34e76fep-19;
  const Vec p89 = 0x1.28a6200a443bdp-22 + r * 0x1.ad615a07805f5p-26;
  const Vec p = (p01 + r2 * p23) + r4 * ((p45 + r2 * p67) + r4 * p89);
  const Vec y = 1.0 + (high + (r2 * p - low));
  return vec_of(bits_of(y) + ((bits_of(shifted) + up) << 52));
}

STEPPE_INLINE Vec exp_normal(Vec x, std::uint64_t up = 0) { return exp_finish(exp_reduce(x), up); }

STEPPE_INLINE Vec clamp_exponent(Vec x) {
  const Vec above = x < kExpLowest ? broadcast(kExpLowest) : x;
  return above > kExpHighest ? broadcast(kExpHighest) : above;
}

// Any double: one lane of the vector code where it applies, the exceptional values by name.
inline double ln_any(double x) {
  if (x != x || x > kLargest) return x + x;
  if (x < 0) return __builtin_nan("");
  if (x == 0) return -__builtin_inf();
  if (x < kSmallestNormal) return ln_normal(broadcast(x * 0x1p54), 1023.0 + 54.0)[0];
  return ln_normal(broadcast(x))[0];
}

inline double exp_any(double x) {
  if (x != x) return x + x;
  if (x > kExpHighest) return __builtin_inf();
  if (x < -746.0) return 0.0;
  if (x < kExpLowest) return exp_normal(broadcast(x), 128)[0] * 0x1p-128;  // a subnormal, perhaps
  return exp_normal(broadcast(x))[0];
}

constexpr std::size_t kBlock = 32;  // vectors that ln_block and exp_block do at a time

// out = ln(in) for `count` vectors of normal positive numbers; in place is allowed.
STEPPE_INLINE void ln_block(const double* in, double* out, std::size_t count) {
  LnParts part[kBlock];
  for (std::size_t i = 0; i < count; ++i) part[i] = ln_reduce(load(in + i * kWidth), 1023.0);
  for (std::size_t i = 0; i < count; ++i) store(out + i * kWidth, ln_finish(part[i]));
}

// out = exp(in) for `count` vectors; arguments outside the normal range are clamped to its ends.
STEPPE_INLINE void exp_block(const double* in, double* out, std::size_t count) {
  ExpParts part[kBlock];
  for (std::size_t i = 0; i < count; ++i) {
    part[i] = exp_reduce(clamp_exponent(load(in + i * kWidth)));
  }
  for (std::size_t i = 0; i < count; ++i) store(out + i * kWidth, exp_finish(part[i], 0));
}

}  // namespace steppe::numerics::STEPPE_KERNEL_VARIANT
