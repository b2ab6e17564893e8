// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <string>

#include "best_subset_protocol.hpp"

namespace steppe::best_subset {
namespace {

using numerics::Subset;
using numerics::SubsetCriterion;

// The name of the criterion's column.
std::string criterion_name(SubsetCriterion criterion) {
  switch (criterion) {
    case SubsetCriterion::kBic:
      return "bic";
    case SubsetCriterion::kAdjustedRSquared:
      return "adjusted_r_squared";
    case SubsetCriterion::kPress:
      return "press";
    default:
      return "aicc";
  }
}

double defined(double value) { return std::isfinite(value) ? value : kUndefined; }

// A row per subset; `behind`: how far its score is from the best one's.
Table subset_table(const Protocol& protocol, const char* name, const std::vector<Subset>& subsets) {
  Table table{
      .name = name,
      .columns = {"regressors", "residual_ss", criterion_name(protocol.criterion), "behind"}};
  for (const Subset& one : subsets)
    table.add_row(numerics::subset_text(protocol.chosen, one.columns),
                  {static_cast<double>(one.columns.size()), one.residual_ss, defined(one.value),
                   defined(one.score - protocol.search.best.score)});
  return table;
}

}  // namespace

void Protocol::write_report(Report& out) const {
  const Protocol& protocol = *this;
  numerics::write_selected_protocol(protocol.chosen, protocol.search.best.columns, out);
  out.text("criterion", criterion_name(protocol.criterion));
  if (protocol.criterion == SubsetCriterion::kPress)
    out.scalar("press", defined(protocol.search.best.value));
  out.table(subset_table(protocol, "best_of_size", protocol.search.best_of_size));
  if (!protocol.search.runners_up.empty()) {
    out.table(subset_table(protocol, "runners_up", protocol.search.runners_up));
    const std::size_t count = protocol.search.runners_up.size();
    std::string text = protocol.search.more_runners_up ? "at least " : "";
    text += std::to_string(count) + (count == 1 ? " other subset is" : " other subsets are");
    out.warning("runners_up", text +
                                  " within 2 units of the best: the data hardly tell them apart, "
                                  "see the table runners_up");
  }
  if (!protocol.all_judged)
    out.warning("not_all_by_press",
                "more than 12 regressors to choose from: of each size only the 10 subsets with the "
                "smallest residual sums were cross-validated");
}

}  // namespace steppe::best_subset
