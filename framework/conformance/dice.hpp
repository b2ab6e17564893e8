// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "plugin_host/philox.hpp"

namespace steppe::conformance {

// Random numbers of one case, one after another.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : seed_(seed) {}

  double uniform() {
    double out = 0;
    random_uniform(seed_, 7, position_++, {&out, 1});
    return out;
  }
  std::uint64_t below(std::uint64_t limit) {
    return static_cast<std::uint64_t>(uniform() * static_cast<double>(limit));
  }
  std::uint64_t bits() { return below(1ULL << 32) << 32 | below(1ULL << 32); }

 private:
  std::uint64_t seed_;
  std::uint64_t position_ = 0;
};

}  // namespace steppe::conformance
