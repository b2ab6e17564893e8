// SPDX-License-Identifier: Apache-2.0
#pragma once

// What regression.gls_ar knows of a fit, how it is reported, and its form as bytes.

#include "steppe/numerics/autoregressive_errors.hpp"
#include "steppe/numerics/linear_protocol.hpp"

namespace steppe::gls_ar {

struct Protocol {
  numerics::LinearProtocol ordinary;  // least squares without autocorrelation: where it started
  numerics::AutoregressiveFit fit;
  numerics::LinearInference inference;  // of the transformed rows; follows from the others
};

void write_report(const Protocol& protocol, Report& out);

void save(const Protocol& protocol, Writer& writer);
Result<Protocol> load(Reader& reader);

}  // namespace steppe::gls_ar
