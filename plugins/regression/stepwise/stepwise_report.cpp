// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <string>

#include "stepwise_protocol.hpp"

namespace steppe::stepwise {
namespace {

using numerics::Step;
using numerics::SubsetCriterion;

const char* criterion_name(SubsetCriterion criterion) {
  if (criterion == SubsetCriterion::kAic) return "aic";
  return criterion == SubsetCriterion::kBic ? "bic" : "aicc";
}

// "2: - oil", "3: no change"
std::string change_text(const Protocol& protocol, std::size_t step,
                        const Step::Candidate& candidate) {
  std::string out = std::to_string(step + 1) + ": ";
  if (candidate.column == numerics::kNoColumn) return out + "no change";
  out += candidate.added ? "+ " : "- ";
  return out + protocol.chosen.regressor_names[candidate.column];
}

double finite_or_undefined(double value) { return std::isfinite(value) ? value : kUndefined; }

// Every change that was looked at, best first in each step; `made` is 1 for the one that was made.
Table trace_table(const Protocol& protocol) {
  Table table{.name = "trace",
              .columns = {"step", criterion_name(protocol.criterion), "residual_ss", "made"}};
  for (std::size_t s = 0; s < protocol.path.steps.size(); ++s) {
    const auto& candidates = protocol.path.steps[s].candidates;
    for (std::size_t c = 0; c < candidates.size(); ++c)
      table.add_row(change_text(protocol, s, candidates[c]),
                    {static_cast<double>(s + 1), finite_or_undefined(candidates[c].value),
                     finite_or_undefined(candidates[c].residual_ss), c == 0 ? 1.0 : 0.0});
  }
  return table;
}

}  // namespace

void Protocol::write_report(Report& out) const {
  const Protocol& protocol = *this;
  numerics::write_selected_protocol(protocol.chosen, protocol.path.columns, out);
  out.text("criterion", criterion_name(protocol.criterion));
  out.text("start", numerics::subset_text(protocol.chosen, protocol.path.steps.front().columns));
  out.table(trace_table(protocol));
  out.warning("stepwise",
              "stepwise selection finds a way, not the best regressors: it keeps noise, drops what "
              "matters when regressors correlate, and its R squared is too high and its p values "
              "too small (Harrell 2015, Regression Modeling Strategies, 4.3); better: "
              "regression.best_subset, which looks at all subsets, or regression.lasso");
}

}  // namespace steppe::stepwise
