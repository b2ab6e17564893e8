// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernels.hpp"

namespace steppe::numerics {

namespace baseline {
extern const KernelTable kTable;
}
#if defined(STEPPE_X86_64_KERNELS)
namespace v3 {
extern const KernelTable kTable;
}
namespace v4 {
extern const KernelTable kTable;
}
#endif

namespace {

struct Variants {
  const KernelTable* tables[3] = {&baseline::kTable, nullptr, nullptr};
  std::size_t count = 1;
};

#if defined(STEPPE_X86_64_KERNELS)
// The features of the psABI levels that the compiler may use in the variants' code. A level is
// taken only when the operating system saves its registers, which __builtin_cpu_supports checks.
bool has_v3() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
         __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
         __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("lzcnt");
}
bool has_v4() {
  return has_v3() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl");
}
#endif

Variants find_variants() {
  Variants found;
#if defined(STEPPE_X86_64_KERNELS)
  __builtin_cpu_init();
  if (has_v3()) found.tables[found.count++] = &v3::kTable;
  if (has_v4()) found.tables[found.count++] = &v4::kTable;
#endif
  return found;
}

const Variants& variants() {
  static const Variants found = find_variants();
  return found;
}

}  // namespace

std::span<const KernelTable* const> available_kernels() {
  return {variants().tables, variants().count};
}

const KernelTable& kernels() { return *variants().tables[variants().count - 1]; }

}  // namespace steppe::numerics
