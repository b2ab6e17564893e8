// SPDX-License-Identifier: Apache-2.0
#include "kernels/machine.hpp"

#if defined(STEPPE_X86_64_KERNELS)
#include <sys/platform/x86.h>
#endif

namespace steppe::numerics {

#if defined(STEPPE_X86_64_KERNELS)
namespace {

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

}  // namespace

int widest_variant() {
  static const int widest = has_v4() ? 2 : has_v3() ? 1 : 0;
  return widest;
}
#else
int widest_variant() { return 0; }
#endif

}  // namespace steppe::numerics
