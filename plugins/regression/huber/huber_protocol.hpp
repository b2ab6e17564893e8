// SPDX-License-Identifier: Apache-2.0
#pragma once

// What regression.huber knows of a fit, how it reports and saves it.

#include <vector>

#include "steppe/numerics/coefficient_protocol.hpp"
#include "steppe/report.hpp"

namespace steppe::huber {

struct Protocol {
  numerics::LinearProtocol linear;
  std::vector<double> weights;    // n
  std::vector<double> leverages;  // n; empty for many rows
  double scale = 0.0;
  double tuning = 0.0;
  double covariance_factor = 0.0;  // of (X'X)^-1
  double central_share = 0.0;
  double equation_error = 0.0;
  std::size_t iterations = 0;

  bool exact() const { return scale == 0.0; }
};

void write_report(const Protocol& protocol, Report& out);

void save(const Protocol& protocol, Writer& writer);
Result<Protocol> load(Reader& reader);

}  // namespace steppe::huber
