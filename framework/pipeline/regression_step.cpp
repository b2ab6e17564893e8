// SPDX-License-Identifier: Apache-2.0
#include "pipeline/dates.hpp"
#include "pipeline/read_options.hpp"
#include "pipeline/steps.hpp"

namespace steppe {
namespace {

constexpr const char* kRegressorsExpected =
    "a list of trend steps and columns such as [\"mining\", \"region.innovation\"]";

void read_regressor(const Field& field, const std::string& name, const StepContext& context,
                    StepDraft& draft, RegressionStep& regression) {
  const StepReference reference{ReferenceRole::kRegressor, name, field.where()};
  draft.references.push_back(reference);
  RegressorRef regressor;
  regressor.name = name;
  regressor.place = context.faults.place(reference.where);
  if (reference.column().empty()) {
    regressor.trend_step = reference.step();
  } else {
    regressor.column = ColumnRef{reference.step(), reference.column(), regressor.place};
  }
  regression.regressors.push_back(std::move(regressor));
}

void read_regressors(const Field& list, const StepContext& context, StepDraft& draft,
                     RegressionStep& regression) {
  if (list.value->kind != JsonValue::Kind::kArray) {
    return refuse_type(list, kRegressorsExpected, context.faults);
  }
  const auto names = read_names(list, kRegressorsExpected, context.faults);
  for (std::size_t i = 0; names && i < names->size(); ++i) {
    read_regressor(item(list, i), (*names)[i], context, draft, regression);
  }
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
  const Field list = required(step, "regressors", kRegressorsExpected, faults);
  if (list) read_regressors(list, context, draft, regression);
  regression.rows = read_rows(member(step, "rows"), context.frequency, faults);
  const Field word = member(step, "regression");
  const ComponentDescription* component = read_component_word(word, "regression", context);
  if (component != nullptr) {
    regression.component = {component->name(), component->id, {}, faults.place(word.where())};
    regression.component.options = read_options(
        step, {*component, own_keys(StepKind::kRegression, false), context.folder}, faults);
  }
  draft.spec = std::move(regression);
}

}  // namespace steppe
