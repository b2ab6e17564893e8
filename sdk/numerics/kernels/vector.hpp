// SPDX-License-Identifier: Apache-2.0
#pragma once

// Short vectors for the kernels, as wide as the instruction set this file is compiled for. Included
// by kernels_impl.hpp only, inside a namespace per variant: two variants must never share a symbol,
// or the linker could hand the wide one to an old machine. For the same reason nothing here calls a
// function of the standard library that the compiler might emit out of line.

#if !defined(STEPPE_KERNEL_VARIANT)
#error "vector.hpp belongs to a kernel variant"
#endif

#include <cstddef>
#include <cstdint>

#define STEPPE_INLINE [[gnu::always_inline]] inline

namespace steppe::numerics::STEPPE_KERNEL_VARIANT {

#if defined(__AVX512F__)
constexpr std::size_t kBytes = 64;
#elif defined(__AVX__)
constexpr std::size_t kBytes = 32;
#else
constexpr std::size_t kBytes = 16;
#endif
constexpr std::size_t kWidth = kBytes / sizeof(double);

typedef double Vec __attribute__((vector_size(kBytes)));
typedef std::int64_t Mask __attribute__((vector_size(kBytes)));  // all ones or all zeros
typedef std::uint64_t Bits __attribute__((vector_size(kBytes)));
typedef double UnalignedVec __attribute__((vector_size(kBytes), aligned(8), may_alias));
typedef std::int64_t UnalignedMask __attribute__((vector_size(kBytes), aligned(8), may_alias));

STEPPE_INLINE Vec load(const double* p) { return *reinterpret_cast<const UnalignedVec*>(p); }
STEPPE_INLINE void store(double* p, Vec v) { *reinterpret_cast<UnalignedVec*>(p) = v; }
STEPPE_INLINE void store(std::int64_t* p, Mask v) { *reinterpret_cast<UnalignedMask*>(p) = v; }
STEPPE_INLINE Vec broadcast(double x) { return x - Vec{}; }
STEPPE_INLINE Bits bits_of(Vec v) { return reinterpret_cast<Bits>(v); }
STEPPE_INLINE Vec vec_of(Bits b) { return reinterpret_cast<Vec>(b); }

// Whether any lane is set.
STEPPE_INLINE bool any(Mask m) {
#if defined(__AVX__) && !defined(__AVX512F__)
  return __builtin_ia32_movmskpd256(reinterpret_cast<Vec>(m)) != 0;
#else
  std::int64_t all = 0;
  for (std::size_t i = 0; i < kWidth; ++i) all |= m[i];
  return all != 0;
#endif
}

}  // namespace steppe::numerics::STEPPE_KERNEL_VARIANT
