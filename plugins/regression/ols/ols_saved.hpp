// SPDX-License-Identifier: Apache-2.0
#pragma once

// A fit of regression.ols as bytes, schema 1: every number of its protocol, in the order of
// fields() in the .cpp; vectors with their length before them, an extended number as two. What is
// undefined in a protocol may be NaN in the bytes; sizes and indices must fit one another.

#include "ols_report.hpp"
#include "steppe/saved_fit.hpp"

namespace steppe::ols {

constexpr std::uint32_t kSavedSchema = 1;

void save(const Protocol& protocol, Writer& writer);
Result<Protocol> load(Reader& reader);

}  // namespace steppe::ols
