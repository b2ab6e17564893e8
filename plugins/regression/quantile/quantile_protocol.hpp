// SPDX-License-Identifier: Apache-2.0
#pragma once

// What regression.quantile knows of a fit, how it reports and saves it.

#include "steppe/numerics/coefficient_protocol.hpp"
#include "steppe/numerics/quantile_regression.hpp"
#include "steppe/report.hpp"

namespace steppe::quantile {

struct Protocol {
  numerics::LinearProtocol linear;
  numerics::QuantileFit fit;  // its member `linear` is empty: it is in linear.fit
  numerics::QuantileErrorKind kind = numerics::QuantileErrorKind::kNid;
  numerics::QuantileErrors errors;
};

void write_report(const Protocol& protocol, Report& out);

void save(const Protocol& protocol, Writer& writer);
Result<Protocol> load(Reader& reader);

}  // namespace steppe::quantile
