// SPDX-License-Identifier: Apache-2.0
#pragma once

// Saving and loading fits through steppe.saved_fit/1, for trends and regressions alike.

#include <functional>
#include <vector>

#include "conformance/harness.hpp"

namespace steppe::conformance {

using SavedBytes = std::vector<unsigned char>;

// Leaves by fail() when save answers with an error, or does not hand on that of the writer.
SavedBytes save(const steppe_saved_fit& table, const void* fit);

// A fit, or null and the answer. Leaves by fail() for an answer of ok without a fit.
void* load(const steppe_saved_fit& table, const Instance& instance, std::uint32_t schema,
           const SavedBytes& bytes, Answer& answer);

// The numbers of observations and of series or regressors that the table's `shape` names.
bool has_shape(const steppe_saved_fit& table, const void* fit, std::uint64_t observations,
               std::uint64_t columns);
void check_shape(const steppe_saved_fit& table, const void* fit, std::uint64_t observations,
                 std::uint64_t columns);

// Bytes cut short, with others behind them, with single bits turned and of an unknown schema: each
// gives invalid_data or, where the damage cannot be seen, a fit. Such a fit is handed to `use`,
// which uses and destroys it: it must not crash.
void check_damage(const steppe_saved_fit& table, const Instance& instance, const SavedBytes& bytes,
                  std::uint64_t seed, const std::function<void(void*)>& use);

}  // namespace steppe::conformance
