// SPDX-License-Identifier: Apache-2.0
#pragma once

// The capability steppe.saved_fit/1 of a component: bytes out, a fit back in. What TrendModel and
// RegressionModel share; the engine asks those.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/fault.hpp"
#include "plugin_host/library.hpp"
#include "steppe/abi/saved_fit.h"

namespace steppe {

// What a component wrote of one fit.
struct FitBytes {
  std::uint32_t schema = 0;
  std::string bytes;
};

// Bytes to make a fit of, and what is on record of it. A fit of another size is refused, since its
// outputs would not go where the caller has room for them.
struct FitRecord {
  std::uint32_t schema = 0;
  std::string_view bytes;
  std::size_t observations = 0;
  std::size_t columns = 0;  // series of a block, regressors of a regression
};

// The forms of saved fits that a component reads; newest 0 when it saves none.
struct SavedSchemas {
  std::uint32_t oldest = 0;
  std::uint32_t newest = 0;
};

// Its table; null when the component does not offer it.
Outcome<const steppe_saved_fit*> saved_fit_table(const Component& component);

Outcome<SavedSchemas> saved_schemas_of(const Component& component);

// Faults: F7 the component saves no fits; F10 more than 1 GiB; whatever it says itself.
Outcome<FitBytes> save_fit(const Component& component, const void* fit);

// A fit that the caller destroys. Faults: F7; F6 another schema; F13 bytes that it refuses or that
// make a fit of another size. `destroy` is that of the fit's own table.
Outcome<void*> load_fit(const Component& component, const FitRecord& record,
                        const steppe_host* host, void (*destroy)(void*));

}  // namespace steppe
