// SPDX-License-Identifier: Apache-2.0
#pragma once

// What regression.ridge says about a fit, and a fit as bytes. Computes nothing.

#include "steppe/numerics/penalized_regression.hpp"
#include "steppe/numerics/ridge.hpp"
#include "steppe/saved_fit.hpp"

namespace steppe::ridge {

struct Protocol {
  numerics::RidgeFit fit;
  numerics::PenalizedNames names;
};

void write_report(const Protocol& protocol, Report& out);

// Every number of the fit in the order of saved_fields() in ridge_saved.cpp.
void save(const Protocol& protocol, Writer& writer);
Result<Protocol> load(Reader& reader);

}  // namespace steppe::ridge
