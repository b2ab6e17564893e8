// SPDX-License-Identifier: Apache-2.0
#include <string_view>

#include "core/utf8.hpp"
#include "report/diagnostics_parts.hpp"

namespace steppe {
namespace {

struct TestTitle {
  std::string_view test;
  std::string_view title;
};
constexpr TestTitle kTestTitles[] = {{"durbin_watson", "Durbin-Watson"},
                                     {"breusch_godfrey", "Breusch-Godfrey"},
                                     {"breusch_pagan", "Breusch-Pagan"},
                                     {"jarque_bera", "Jarque-Bera"},
                                     {"reset", "RESET"},
                                     {"cusum", "CUSUM"},
                                     {"augmented_dickey_fuller", "ADF"},
                                     {"kpss", "KPSS"},
                                     {"engle_granger", "Engle-Granger"},
                                     {"granger_newbold", "Granger-Newbold"},
                                     {"variance_inflation", "VIF"},
                                     {"influence", "Cook's distance"}};

std::string test_title(const Diagnostic& test) {
  std::string out = readable_name(test.test);
  for (const TestTitle& title : kTestTitles) {
    if (title.test == test.test) out = title.title;
  }
  const bool of_fit = test.of == "residuals" || test.of == "regression" ||
                      test.of == "regressors" || test.of == "observations";
  return of_fit ? out : out + " " + escaped(test.of);
}

// The tables of some tests end before p does.
std::string test_p_text(const Diagnostic& test) {
  std::string sign;
  for (const ReportScalar& value : test.values) {
    if (value.name == "p_at_least") sign = ">= ";
    if (value.name == "p_at_most") sign = "<= ";
  }
  return sign + readable_number(test.p);
}

}  // namespace

void write_diagnostics(SummaryPage& page, const Diagnostics& diagnostics) {
  if (!diagnostics.tests.empty()) {
    TextTable table("lrrl");
    table.add({"  test", "statistic", "p", "verdict"});
    for (const Diagnostic& test : diagnostics.tests) {
      const bool failed = test.outcome == DiagnosticOutcome::kFailed;
      table.add({(failed ? "! " : "  ") + test_title(test), readable_number(test.statistic),
                 test_p_text(test), escaped(test.verdict)});
    }
    page.line("  Diagnostics");
    page.table(table, "  ");
  }
  if (!diagnostics.remark.empty()) page.line("  " + escaped(diagnostics.remark));
}

}  // namespace steppe
