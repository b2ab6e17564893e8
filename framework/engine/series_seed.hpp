// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace steppe {

// FNV-1a over step and key, mixed with the run's seed: the same for any order of series and any
// split.
inline std::uint64_t series_seed(std::uint64_t run_seed, const std::string& step,
                                 const std::string& key) {
  std::uint64_t hash = 14695981039346656037u ^ run_seed;
  for (const std::string* text : {&step, &key}) {
    for (char c : *text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    hash = (hash ^ 0xffu) * 1099511628211u;
  }
  return hash;
}

}  // namespace steppe
