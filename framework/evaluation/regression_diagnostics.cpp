// SPDX-License-Identifier: Apache-2.0
#include "evaluation/regression_diagnostics.hpp"

#include "evaluation/diagnostic_parts.hpp"
#include "evaluation/small_sample.hpp"

namespace steppe {
namespace {

void add_remark(const std::string& part, std::string& remark) {
  if (part.empty()) return;
  remark += (remark.empty() ? "" : ". ") + part;
}

}  // namespace

DiagnosticsReport diagnose(const DiagnosticsInput& input) {
  DiagnosticsReport out;
  Diagnostics& found = out.diagnostics;
  const TestedFit fit = tested_fit(input);
  add_remark(small_sample_remark(fit.rows()), found.remark);
  add_influence(input, fit, found);
  add_residual_tests(input, fit, found);
  add_stability_tests(input, fit, found);
  add_series_tests(input, found);
  out.warnings = diagnostic_warnings(input, found);
  add_remark(fit.remark, found.remark);
  return out;
}

}  // namespace steppe
