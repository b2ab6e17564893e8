// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/philox.hpp"

#include "steppe/normal.hpp"

namespace steppe {

namespace {

constexpr std::uint32_t low(std::uint64_t x) { return static_cast<std::uint32_t>(x); }
constexpr std::uint32_t high(std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); }

double open_unit(std::uint32_t low_word, std::uint32_t high_word) {
  const std::uint64_t bits = (std::uint64_t{high_word} << 32) | low_word;
  return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
}

}  // namespace

std::array<std::uint32_t, 4> philox4x32_10(std::array<std::uint32_t, 4> counter,
                                           std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53} * counter[0];
    const std::uint64_t b = std::uint64_t{0xCD9E8D57} * counter[2];
    counter = {high(b) ^ counter[1] ^ key[0], low(b), high(a) ^ counter[3] ^ key[1], low(a)};
    key[0] += 0x9E3779B9;  // the golden ratio
    key[1] += 0xBB67AE85;  // sqrt(3) - 1
  }
  return counter;
}

void random_uniform(std::uint64_t seed, std::uint64_t stream, std::uint64_t position,
                    std::span<double> out) {
  for (std::size_t i = 0; i < out.size();) {
    const std::uint64_t at = position + i;
    const auto block = philox4x32_10({low(at / 2), high(at / 2), low(stream), high(stream)},
                                     {low(seed), high(seed)});
    if (at % 2 == 0) out[i++] = open_unit(block[0], block[1]);
    if (i < out.size()) out[i++] = open_unit(block[2], block[3]);
  }
}

void random_normal(std::uint64_t seed, std::uint64_t stream, std::uint64_t position,
                   std::span<double> out) {
  random_uniform(seed, stream, position, out);
  for (double& x : out) x = normal_quantile(x);
}

}  // namespace steppe
