// SPDX-License-Identifier: Apache-2.0
// Failed tests that matter for the forecast, as warnings that say what to do.

#include <charconv>
#include <cmath>

#include "evaluation/diagnostic_parts.hpp"

namespace steppe {
namespace {

bool failed(const Diagnostic* test) {
  return test != nullptr && test->outcome == DiagnosticOutcome::kFailed;
}

// "p = 0.0613"; below 1e-10 the integral of Durbin-Watson has no digits left.
std::string p_phrase(double p) { return p < 1e-10 ? "p below 1e-10" : "p = " + short_number(p); }

std::string with_p(const char* name, double p) { return name + (" " + p_phrase(p)); }

void join(std::string& list, const std::string& part) { list += (list.empty() ? "" : ", ") + part; }

void warn_of_autocorrelation(const DiagnosticsInput& input, const Diagnostics& found,
                             std::vector<Warning>& out) {
  const Diagnostic* watson = found.find("durbin_watson");
  const Diagnostic* godfrey = found.find("breusch_godfrey");
  if (!failed(watson) && !failed(godfrey)) return;
  std::string evidence;
  bool negative = false;
  if (failed(watson)) {
    negative = watson->p > 0.5;
    join(evidence, with_p("Durbin-Watson", negative ? 1 - watson->p : watson->p));
  }
  if (failed(godfrey)) join(evidence, with_p("Breusch-Godfrey", godfrey->p));
  std::string advice;
  if (input.model != "regression.gls_ar") advice = "; gls_ar models it";
  if (input.covariance != "newey_west") {
    advice += "; \"covariance\": \"newey_west\" corrects the standard errors of the coefficients";
  }
  out.push_back({"autocorrelated_residuals",
                 "the residuals are autocorrelated (" + evidence + "): the intervals are " +
                     (negative ? "not those of independent errors" : "too narrow") + advice});
}

void warn_of_variance(const DiagnosticsInput& input, const Diagnostics& found,
                      std::vector<Warning>& out) {
  std::string evidence;
  if (const Diagnostic* test = found.find("breusch_pagan"); failed(test)) {
    join(evidence, with_p("Breusch-Pagan", test->p));
  }
  if (const Diagnostic* test = found.find("white"); failed(test)) {
    join(evidence, with_p("White", test->p));
  }
  if (evidence.empty()) return;
  std::string advice;
  if (input.covariance.empty() || input.covariance == "classical") {
    advice = "; \"covariance\": \"hc3\" corrects the standard errors of the coefficients";
  }
  if (input.weights.empty()) advice += "; wls takes weights where the variances are known";
  out.push_back({"heteroscedastic_residuals",
                 "the variance of the residuals changes with the regressors (" + evidence +
                     "): the intervals are too narrow in one place and too wide in another" +
                     advice});
}

void warn_of_spurious_regression(const DiagnosticsInput& input, const Diagnostics& found,
                                 std::vector<Warning>& out) {
  const Diagnostic* best = nullptr;  // nearest to cointegration
  for (const Diagnostic& test : found.tests) {
    if (test.test != "engle_granger" || test.outcome == DiagnosticOutcome::kUndefined) continue;
    if (test.outcome == DiagnosticOutcome::kPassed) return;
    if (best == nullptr || test.p < best->p) best = &test;
  }
  if (best == nullptr) return;
  std::string text =
      "target and regressors trend, and it is not shown that their trends keep "
      "together (Engle-Granger " +
      best->of + ", " + p_phrase(best->p) +
      "): R squared, t and p values may be the work of the trends alone";
  if (const Diagnostic* rule = found.find("granger_newbold"); failed(rule)) {
    text += "; R squared is above Durbin-Watson, as in spurious regressions";
  }
  text += "; compare with a regression of the changes";
  if (!found.remark.empty()) {
    text += "; " + std::to_string(input.target.size()) + " observations can hardly show it";
  }
  out.push_back({"spurious_regression", text});
}

void warn_of(const Diagnostics& found, const char* test, const Warning& warning,
             std::vector<Warning>& out) {
  const Diagnostic* entry = found.find(test);
  if (!failed(entry)) return;
  const std::string evidence = std::isnan(entry->p) ? "" : " (" + p_phrase(entry->p) + ")";
  out.push_back({warning.code, entry->verdict + evidence + ": " + warning.text});
}

}  // namespace

std::string short_number(double value) {
  char buffer[40];
  const auto end =
      std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::general, 3).ptr;
  return {buffer, end};
}

std::vector<Warning> diagnostic_warnings(const DiagnosticsInput& input, const Diagnostics& found) {
  std::vector<Warning> out;
  warn_of_spurious_regression(input, found, out);
  warn_of_autocorrelation(input, found, out);
  warn_of_variance(input, found, out);
  warn_of(found, "reset",
          {"misspecified_form",
           "a transform or another form may forecast better, above all outside the data"},
          out);
  warn_of(found, "jarque_bera", {"non_normal_residuals", "the intervals assume normal errors"},
          out);
  warn_of(found, "influence",
          {"influential_observation", "check the row; the forecast rests on it"}, out);
  warn_of(found, "chow",
          {"coefficients_changed", "rows before the change tell little of the future"}, out);
  warn_of(found, "cusum",
          {"coefficients_drift", "rows before the change tell little of the future"}, out);
  return out;
}

}  // namespace steppe
