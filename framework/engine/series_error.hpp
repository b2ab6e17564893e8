// SPDX-License-Identifier: Apache-2.0
#pragma once

// How a series fails: its result says why, its neighbours are not touched.

#include <utility>

#include "core/fault.hpp"
#include "core/results.hpp"

namespace steppe {

inline void fail(SeriesResult& result, Error error) {
  result.status = SeriesStatus::kFailed;
  result.error = std::move(error);
}

// A fault of a plugin call as the error of the series it was made for.
inline Error error_of(const Fault& fault) {
  return {fault.kind, fault.message, fault.place.plugin, fault.code};
}

}  // namespace steppe
