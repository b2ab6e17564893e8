// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string_view>

#include "pipeline/dates.hpp"
#include "pipeline/read_options.hpp"
#include "pipeline/steps.hpp"

namespace steppe {
namespace {

bool claims_tag(const ComponentDescription& component, std::string_view name) {
  return std::any_of(component.tags.begin(), component.tags.end(),
                     [&](const TagDescription& tag) { return tag.name == name && tag.value != 0; });
}

bool uses_weights(const ComponentDescription& component) {
  return claims_tag(component, "uses_weights");
}

// Weights that a component would not look at are refused.
void check_weights(const Field& field, const ComponentDescription& component,
                   const StepContext& context) {
  if (uses_weights(component)) return;
  std::vector<std::string> words;
  for (const std::string& word : component_words(context.catalogue, "regression")) {
    const auto entry = context.catalogue.find("regression." + word);
    if (entry && uses_weights(*entry->component)) words.push_back(word);
  }
  context.faults.refuse("J13", field.where(),
                        component.id + " uses no weights; " +
                            (words.empty() ? "no regression present does: remove \"weights\""
                                           : "regressions that do: " + quoted_list(words)));
}

// Whether one fit takes the rows of all keys: as the key `pooled` says, and always for a component
// that does nothing else.
bool read_pooled(const Field& step, const ComponentDescription& component, FaultList& faults) {
  const bool always = claims_tag(component, "pooled_rows");
  const Field field = member(step, "pooled");
  const bool wanted =
      field ? read_truth(field, "true for one fit to the rows of all keys", faults).value_or(always)
            : always;
  if (always && !wanted) {
    faults.refuse("J13", field.where(),
                  component.id +
                      " fits the rows of all keys at once; remove \"pooled\", or use a regression "
                      "that fits each key by itself, such as \"ols\"");
  }
  if (wanted && claims_tag(component, "ordered_rows")) {
    faults.refuse("J13", field.where(),
                  component.id +
                      " needs rows of consecutive dates, which those of several keys are not; "
                      "remove \"pooled\"");
  }
  const Field tests = member(step, "diagnostics");
  if (wanted && tests) {
    faults.refuse("J13", tests.where(),
                  "the tests of assumptions take rows as one series, and a pooled fit has those of "
                  "all keys; remove \"diagnostics\"");
  }
  return always || wanted;
}

}  // namespace

void read_regression_step(const Field& step, const StepContext& context, StepDraft& draft) {
  FaultList& faults = context.faults;
  RegressionStep regression;
  regression.id = draft.id;
  regression.place = faults.place(draft.where);
  const Field target = required(step, "target", "a column such as \"region.grp\"", faults);
  const auto column = read_column(target, ReferenceRole::kTarget, context, draft);
  if (column) regression.target = *column;
  const Field list = required(
      step, "regressors",
      "a list of trend steps and columns such as [\"mining\", \"region.innovation\"]", faults);
  if (list) read_regressors(list, context, draft, regression.regressors);
  const Field weights = member(step, "weights");
  if (weights) {
    regression.weights = read_column(weights, ReferenceRole::kWeights, context, draft);
  }
  regression.rows = read_rows(member(step, "rows"), context.frequency, faults);
  read_uncertainty(step, faults, regression);
  regression.diagnostics = read_diagnostics(member(step, "diagnostics"), context);
  const Field word = member(step, "regression");
  const ComponentDescription* component = read_component_word(word, "regression", context);
  if (component != nullptr) {
    regression.component = {component->name(), component->id, {}, faults.place(word.where())};
    regression.component.options = read_options(
        step, {*component, own_keys(StepKind::kRegression, false), context.folder}, faults);
    if (weights) check_weights(weights, *component, context);
    regression.pooled = read_pooled(step, *component, faults);
  }
  draft.spec = std::move(regression);
}

}  // namespace steppe
