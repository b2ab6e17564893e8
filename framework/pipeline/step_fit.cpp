// SPDX-License-Identifier: Apache-2.0
#include "pipeline/step_fit.hpp"

#include <algorithm>
#include <string>

#include "pipeline/fields.hpp"

namespace steppe {
namespace {

std::string named(const StepDraft& step) {
  const char* kind = step.kind == StepKind::kTrend      ? "trend"
                     : step.kind == StepKind::kSource   ? "source"
                     : step.kind == StepKind::kScenario ? "scenario"
                                                        : "regression";
  return std::string(kind) + " step " + steppe::quoted(step.id);
}

std::string wanted(ReferenceRole role) {
  switch (role) {
    case ReferenceRole::kSeries:
      return "needs a column of a source as its series";
    case ReferenceRole::kTarget:
      return "needs a column of a source as its target";
    case ReferenceRole::kRegressor:
      return "needs trend steps and columns of sources as regressors";
    case ReferenceRole::kWeights:
      return "needs a column of a source as its weights";
    case ReferenceRole::kScenarioOf:
      return "needs a regression step";
    case ReferenceRole::kPath:
      return "needs a column of a source as the path of a driver";
  }
  return "";
}

// A column that holds dates or keys is no series.
void check_column(const StepReference& reference, const StepDraft& user, const SourceStep& source,
                  FaultList& faults) {
  const std::string column = reference.column();
  const bool time = column == source.time_column;
  const bool key = std::find(source.key.begin(), source.key.end(), column) != source.key.end();
  if (!time && !key) return;
  faults.refuse("J13", reference.where,
                named(user) + " " + wanted(reference.role) + ", but " +
                    steppe::quoted(reference.text) + " is " +
                    (time ? "the time column" : "a key column") + " of source step " +
                    steppe::quoted(source.id));
}

// Null when there is no such source step.
const SourceStep* source_of(const std::vector<StepDraft>& steps, const std::string& id) {
  for (const StepDraft& step : steps) {
    if (step.id == id && step.kind == StepKind::kSource) return std::get_if<SourceStep>(&step.spec);
  }
  return nullptr;
}

std::string keys_of(const SourceStep& source) {
  const std::string name = "source step " + steppe::quoted(source.id);
  return source.key.empty() ? name + " without key" : name + " with key " + quoted_list(source.key);
}

// A regressor or a weight has a value for each key of the target, or one for all keys.
void check_keys(const StepDraft& user, const StepReference& reference, const SourceStep* target,
                const SourceStep* used, FaultList& faults) {
  if (target == nullptr || used == nullptr || used->key.empty()) return;
  if (used->key == target->key) return;
  const bool weights = reference.role == ReferenceRole::kWeights;
  const bool path = reference.role == ReferenceRole::kPath;
  const std::string what = weights ? "its weights" : path ? "the path" : "regressor";
  faults.refuse("J13", reference.where,
                named(user) + (path ? " is of " : " explains ") + keys_of(*target) + ", but " +
                    what + " " + steppe::quoted(reference.text) +
                    (weights ? " come from " : " comes from ") + keys_of(*used) +
                    "; give both the same key, or the " +
                    (weights ? "weights'"
                     : path  ? "path's"
                             : "regressor's") +
                    " source none");
}

// One fit for all keys needs keys.
void check_pool(const StepDraft& step, const RegressionStep& regression, const SourceStep* target,
                FaultList& faults) {
  if (!regression.pooled || target == nullptr || !target->key.empty()) return;
  for (const StepReference& reference : step.references) {
    if (reference.role != ReferenceRole::kTarget) continue;
    faults.refuse("J13", reference.where,
                  named(step) + " fits the rows of all keys at once, but " + keys_of(*target) +
                      " has one series; give the source its \"key\", or fit that series with a "
                      "regression that is not pooled");
  }
}

// The lag of the regressor that stands there.
std::int64_t lag_of(const RegressionStep& regression, const Place& place) {
  for (const RegressorRef& regressor : regression.regressors) {
    const Place& own = regressor.place;
    if (own.line == place.line && own.column == place.column) return regressor.lag;
  }
  return 0;
}

}  // namespace

void check_fit(const StepDraft& user, const StepReference& reference, const StepDraft& used,
               FaultList& faults) {
  if (used.kind == StepKind::kUnknown) return;  // has a fault of its own
  const bool column = reference.text.find('.') != std::string::npos;
  const std::string start = named(user) + " " + wanted(reference.role) + ", but ";
  if (used.kind == StepKind::kSource && reference.role != ReferenceRole::kScenarioOf) {
    if (!reference.column().empty()) {
      return check_column(reference, user, std::get<SourceStep>(used.spec), faults);
    }
    faults.refuse("J13", reference.where,
                  start + steppe::quoted(reference.text) + " names no column of " + named(used) +
                      "; write " + steppe::quoted(used.id + ".<column>"));
    return;
  }
  const bool regression = used.kind == StepKind::kRegression;
  if (regression && !column && reference.role == ReferenceRole::kScenarioOf) return;
  const bool trend = used.kind == StepKind::kTrend;
  const bool regressor = reference.role == ReferenceRole::kRegressor;
  if (regressor && trend && !column) return;
  std::string problem = "got " + named(used);
  if (column) problem = named(used) + " has no columns";
  if (column && regressor && trend) problem += "; write " + steppe::quoted(used.id);
  faults.refuse("J13", reference.where, start + problem);
}

void check_scenarios(const std::vector<StepDraft>& steps, std::size_t index, FaultList& faults) {
  const StepDraft& step = steps[index];
  const auto* scenario = std::get_if<ScenarioStep>(&step.spec);
  if (scenario == nullptr || step.kind != StepKind::kScenario) return;
  const auto used = std::find_if(steps.begin(), steps.end(), [scenario](const StepDraft& other) {
    return other.kind == StepKind::kRegression && other.id == scenario->of;
  });
  if (used == steps.end()) return;  // has a fault of its own
  const auto& regression = std::get<RegressionStep>(used->spec);
  const SourceStep* target = source_of(steps, regression.target.step);
  for (const StepReference& reference : step.references) {
    if (reference.role != ReferenceRole::kPath) continue;
    check_keys(step, reference, target, source_of(steps, reference.step()), faults);
  }
  std::vector<std::string> names;
  for (const RegressorRef& regressor : regression.regressors) {
    if (std::find(names.begin(), names.end(), regressor.name) == names.end()) {
      names.push_back(regressor.name);
    }
  }
  for (const auto& [driver, where] : step.drivers) {
    if (std::find(names.begin(), names.end(), driver) != names.end()) continue;
    const auto label = std::find_if(regression.regressors.begin(), regression.regressors.end(),
                                    [&](const RegressorRef& r) { return r.label == driver; });
    const bool found = label != regression.regressors.end();
    faults.refuse("J11", where,
                  steppe::quoted(driver) + " is no driver of " + named(*used) +
                      (found ? "; change " + steppe::quoted(label->name) + ", whose value it is"
                             : suggestion(driver, names)));
  }
}

void check_regressors(const std::vector<StepDraft>& steps, std::size_t index, FaultList& faults) {
  const auto* regression = std::get_if<RegressionStep>(&steps[index].spec);
  if (regression == nullptr || steps[index].kind != StepKind::kRegression) return;
  const std::string target = regression->target.text();
  const SourceStep* target_source = source_of(steps, regression->target.step);
  check_pool(steps[index], *regression, target_source, faults);
  for (const StepReference& reference : steps[index].references) {
    if (reference.role == ReferenceRole::kWeights) {
      check_keys(steps[index], reference, target_source, source_of(steps, reference.step()),
                 faults);
    }
    if (reference.role != ReferenceRole::kRegressor) continue;
    std::string series = reference.text;
    std::string source = reference.step();
    const auto used = std::find_if(steps.begin(), steps.end(), [&reference](const StepDraft& step) {
      return step.kind == StepKind::kTrend && step.id == reference.text;
    });
    if (used != steps.end()) {
      series = std::get<TrendStep>(used->spec).series.text();
      source = std::get<TrendStep>(used->spec).series.step;
    }
    check_keys(steps[index], reference, target_source, source_of(steps, source), faults);
    // A column of the target's own past explains it; its forecast would not.
    const bool past = used == steps.end() && lag_of(*regression, faults.place(reference.where)) > 0;
    if (series != target || target == "." || past) continue;
    faults.refuse("J13", reference.where,
                  "regressor " + steppe::quoted(reference.text) + " is the target " +
                      steppe::quoted(target) + " of " + named(steps[index]) + " itself; remove it");
  }
}

}  // namespace steppe
