// SPDX-License-Identifier: Apache-2.0
#include "kernels/kernels.hpp"

#include "kernels/machine.hpp"

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

Variants find_variants() {
  Variants found;
#if defined(STEPPE_X86_64_KERNELS)
  if (widest_variant() >= 1) found.tables[found.count++] = &v3::kTable;
  if (widest_variant() >= 2) found.tables[found.count++] = &v4::kTable;
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
