// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernels.hpp"

#if defined(STEPPE_X86_64_KERNELS)
#include <sys/platform/x86.h>
#endif

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
// The features of the psABI levels that the compiler may use in the variants' code, as far as the
// operating system saves their registers. The C library has asked the processor already; asking it
// again for every plugin (as __builtin_cpu_supports does) costs 0.1 ms each on a virtual machine,
// which traps the instruction.
bool has_v3() {
  return CPU_FEATURE_ACTIVE(AVX2) && CPU_FEATURE_ACTIVE(FMA) && CPU_FEATURE_ACTIVE(BMI1) &&
         CPU_FEATURE_ACTIVE(BMI2) && CPU_FEATURE_ACTIVE(POPCNT) && CPU_FEATURE_ACTIVE(LZCNT);
}
bool has_v4() {
  return has_v3() && CPU_FEATURE_ACTIVE(AVX512F) && CPU_FEATURE_ACTIVE(AVX512BW) &&
         CPU_FEATURE_ACTIVE(AVX512CD) && CPU_FEATURE_ACTIVE(AVX512DQ) &&
         CPU_FEATURE_ACTIVE(AVX512VL);
}
#endif

Variants find_variants() {
  Variants found;
#if defined(STEPPE_X86_64_KERNELS)
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
