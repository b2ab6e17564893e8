// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "report/backtest_outputs.hpp"
#include "report/outcome_text.hpp"
#include "report/summary_page.hpp"
#include "report/text_table.hpp"

namespace steppe {
namespace {

using Style = SummaryPage::Style;

std::string share_text(double share) {
  return std::isnan(share) ? "-" : readable_number(100 * share) + " %";
}

std::string horizon_name(const HorizonAccuracy& accuracy) {
  return accuracy.step == 0 ? "all" : std::to_string(accuracy.step);
}

void write_accuracy(SummaryPage& page, const BacktestStep& step,
                    const std::vector<double>& coverage) {
  TextTable table("r");
  std::vector<std::string> header = {"ahead", "forecasts", "mean error", "MAE",
                                     "RMSE",  "MAPE",      "MAE / naive"};
  for (const double c : coverage) header.push_back("inside " + percent_text(c) + " %");
  table.add(std::move(header));
  for (const HorizonAccuracy& accuracy : step.accuracy) {
    std::vector<std::string> cells = {horizon_name(accuracy),
                                      std::to_string(accuracy.count),
                                      readable_number(accuracy.mean_error),
                                      readable_number(accuracy.mae),
                                      readable_number(accuracy.rmse),
                                      share_text(accuracy.mape),
                                      readable_number(accuracy.relative_mae)};
    for (const double covered : accuracy.covered) cells.push_back(share_text(covered));
    table.add(std::move(cells));
  }
  page.table(table, "  ");
}

// What the numbers mean, where they mean something plain.
void write_judgement(SummaryPage& page, const BacktestStep& step) {
  const HorizonAccuracy& all = step.accuracy.back();
  if (all.relative_mae >= 1) {
    page.line("  the naive forecast (the last value) would have done as well or better",
              Style::kWarning);
  }
  if (all.with_interval < all.count) {
    page.line("  " + std::to_string(all.count - all.with_interval) + " of " +
                  std::to_string(all.count) +
                  " forecasts have no interval; the shares are of "
                  "the others",
              Style::kWarning);
  }
}

void write_failed(SummaryPage& page, const BacktestStep& step) {
  if (step.failed == 0) return;
  page.line("  " + std::to_string(step.failed) + " forecasts failed, first:", Style::kBad);
  for (const BacktestFailure& failure : step.failures) {
    const std::string key = failure.key.empty() ? "" : escaped(display_key(failure.key)) + " ";
    page.line("    " + key + "from " + label_of(failure.origin, step.calendar) + ": " +
              escaped(error_line(failure.error)));
  }
}

}  // namespace

std::string backtest_text(const BacktestResult& result, bool colour) {
  SummaryPage page(colour);
  page.heading("Backtest of " + escaped(result.name));
  page.line("  " + std::to_string(result.origins.size()) +
            (result.origins.size() == 1 ? " origin, " : " origins, ") + result.origins.front() +
            (result.origins.size() == 1 ? "" : " to " + result.origins.back()) + "; up to " +
            std::to_string(result.horizon) + (result.horizon == 1 ? " step" : " steps") +
            " ahead, judged by what was observed then");
  for (const BacktestStep& step : result.steps) {
    page.heading(escaped(step.id),
                 escaped(step.kind + " " + step.word) + " of " + escaped(step.series));
    if (!step.accuracy.empty()) {
      write_accuracy(page, step, result.coverage);
      write_judgement(page, step);
    }
    write_failed(page, step);
  }
  for (const Warning& warning : result.warnings) {
    page.line();
    page.line("warning: " + escaped(warning.text), Style::kWarning);
  }
  for (const std::string& file : result.written) page.line("written: " + escaped(file));
  return std::move(page).take();
}

}  // namespace steppe
