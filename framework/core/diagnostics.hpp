// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the host found when it tested the assumptions of a regression, whatever plugin made it.
// `evaluation` fills it, `report` writes it.

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "core/fit_report.hpp"

namespace steppe {

// Undefined has its reason in the verdict. Information is a measure without a test.
enum class DiagnosticOutcome { kPassed, kFailed, kUndefined, kInformation };

struct Diagnostic {
  std::string test;  // snake_case and stable: "durbin_watson"
  std::string of;    // "residuals", "regression", a series ("mining") or a pair ("grp ~ mining")
  double statistic = std::numeric_limits<double>::quiet_NaN();
  double p = std::numeric_limits<double>::quiet_NaN();
  DiagnosticOutcome outcome = DiagnosticOutcome::kUndefined;
  std::string verdict;               // one line in plain words
  std::string reference;             // where the test comes from
  std::vector<ReportScalar> values;  // further numbers: degrees of freedom, lags
  std::vector<ReportTable> tables;   // "influence": a row per observation
};

struct Diagnostics {
  std::vector<Diagnostic> tests;  // empty when details are off
  std::string remark;             // what so few observations can prove; empty for many

  const Diagnostic* find(std::string_view test) const {
    for (const Diagnostic& candidate : tests) {
      if (candidate.test == test) return &candidate;
    }
    return nullptr;
  }
};

inline std::string_view name_of(DiagnosticOutcome outcome) {
  switch (outcome) {
    case DiagnosticOutcome::kPassed:
      return "passed";
    case DiagnosticOutcome::kFailed:
      return "failed";
    case DiagnosticOutcome::kInformation:
      return "information";
    case DiagnosticOutcome::kUndefined:
      break;
  }
  return "undefined";
}

}  // namespace steppe
