// SPDX-License-Identifier: Apache-2.0
#pragma once

// Philox4x32-10, the counter-based generator behind the random service: a bijection of a 128-bit
// counter under a 64-bit key, so the number at a position needs no state and no order of calls.
//
// Source: Salmon, Moraes, Dror, Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", SC11,
// section 3.4 and table 2; known answers from the authors' Random123 library.

#include <array>
#include <cstdint>
#include <span>

namespace steppe {

std::array<std::uint32_t, 4> philox4x32_10(std::array<std::uint32_t, 4> counter,
                                           std::array<std::uint32_t, 2> key);

// The numbers at positions position, position + 1, ... of (seed, stream). The key is the seed, the
// counter is (position / 2, stream), each low word first; a block gives two numbers, each from 52
// of its bits: (k + 0.5) / 2^52 with 0 <= k < 2^52, never 0 and never 1.
void random_uniform(std::uint64_t seed, std::uint64_t stream, std::uint64_t position,
                    std::span<double> out);

// Standard normals by the inverse of their distribution function: the number at a position depends
// on the uniform at that position alone.
void random_normal(std::uint64_t seed, std::uint64_t stream, std::uint64_t position,
                   std::span<double> out);

}  // namespace steppe
