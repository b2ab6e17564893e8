// SPDX-License-Identifier: Apache-2.0
#include "kernels/cross_products.hpp"

#include "kernels/machine.hpp"

namespace steppe::numerics {

namespace baseline {
extern const CrossProductTable kCrossProducts;
}
#if defined(STEPPE_X86_64_KERNELS)
namespace v3 {
extern const CrossProductTable kCrossProducts;
}
namespace v4 {
extern const CrossProductTable kCrossProducts;
}

const CrossProductTable& cross_products(int variant) {
  return variant == 2   ? v4::kCrossProducts
         : variant == 1 ? v3::kCrossProducts
                        : baseline::kCrossProducts;
}
#else
const CrossProductTable& cross_products(int) { return baseline::kCrossProducts; }
#endif

const CrossProductTable& cross_products() { return cross_products(widest_variant()); }

}  // namespace steppe::numerics
