// SPDX-License-Identifier: Apache-2.0
// The regressors of a regression step: names, and objects with a lag or a label.

#include <algorithm>

#include "core/nearest.hpp"
#include "pipeline/steps.hpp"

namespace steppe {
namespace {

constexpr const char* kRegressorsExpected =
    "a list of trend steps and columns such as [\"mining\", \"region.innovation\"]";
constexpr const char* kRegressorExpected =
    "a trend step or column such as \"mining\", or {\"of\": \"mining\", \"lag\": 1}";
constexpr const char* kLagExpected = "a number of steps back, 0 to 100000";
constexpr std::int64_t kMostLag = 100'000;

// What a regressor's name stands for is noted; the graph looks whether it is there.
RegressorRef referred(const Field& field, const std::string& name, const StepContext& context,
                      StepDraft& draft) {
  const StepReference reference{ReferenceRole::kRegressor, name, field.where()};
  draft.references.push_back(reference);
  RegressorRef regressor;
  regressor.name = name;
  regressor.label = name;
  regressor.place = context.faults.place(reference.where);
  if (reference.column().empty()) {
    regressor.trend_step = reference.step();
  } else {
    regressor.column = ColumnRef{reference.step(), reference.column(), regressor.place};
  }
  return regressor;
}

std::int64_t read_lag(const Field& lag, FaultList& faults) {
  if (!lag) return 0;
  const auto steps = read_integer(lag, kLagExpected, faults);
  if (!steps) return 0;
  if (*steps >= 0 && *steps <= kMostLag) return *steps;
  faults.refuse("J5", lag.where(),
                shown(*lag.value) + " is out of range; expected " + kLagExpected);
  return 0;
}

std::optional<RegressorRef> read_regressor_object(const Field& field, const StepContext& context,
                                                  StepDraft& draft) {
  FaultList& faults = context.faults;
  refuse_unknown_keys(field, {"of", "lag", "as"}, "of a regressor", faults);
  const Field of = required(field, "of", "a trend step or column such as \"mining\"", faults);
  const std::int64_t lag = read_lag(member(field, "lag"), faults);
  std::optional<std::string> label;
  if (const Field as = member(field, "as")) {
    label = read_text(as, "a name for the regressor", faults);
  }
  if (!of) return std::nullopt;
  const auto name = read_text(of, "a trend step or column such as \"mining\"", faults);
  if (!name) return std::nullopt;
  RegressorRef regressor = referred(of, *name, context, draft);
  regressor.lag = lag;
  if (lag != 0) regressor.label = *name + " lag " + std::to_string(lag);
  if (label) regressor.label = *label;
  return regressor;
}

std::optional<RegressorRef> read_regressor(const Field& field, const StepContext& context,
                                           StepDraft& draft) {
  if (field.value->kind == JsonValue::Kind::kObject) {
    return read_regressor_object(field, context, draft);
  }
  const bool text = field.value->kind == JsonValue::Kind::kString;
  const auto name =
      read_text(field, text ? kRegressorsExpected : kRegressorExpected, context.faults);
  if (!name) return std::nullopt;
  return referred(field, *name, context, draft);
}

}  // namespace

void read_regressors(const Field& list, const StepContext& context, StepDraft& draft,
                     std::vector<RegressorRef>& regressors) {
  if (list.value->kind != JsonValue::Kind::kArray || list.value->items.empty()) {
    return refuse_type(list, kRegressorsExpected, context.faults);
  }
  for (std::size_t i = 0; i < list.value->items.size(); ++i) {
    const Field entry = item(list, i);
    auto regressor = read_regressor(entry, context, draft);
    if (!regressor) continue;
    const auto twin =
        std::find_if(regressors.begin(), regressors.end(),
                     [&](const RegressorRef& other) { return other.label == regressor->label; });
    if (twin != regressors.end()) {
      const bool same = twin->name == regressor->name && twin->lag == regressor->lag;
      const bool plain = entry.value->kind == JsonValue::Kind::kString;
      context.faults.refuse("J11", entry.where(),
                            same && plain
                                ? shown(*entry.value) + " is given twice; remove one"
                                : "two regressors are called " + steppe::quoted(regressor->label) +
                                      "; name one of them with \"as\"");
    }
    regressors.push_back(std::move(*regressor));
  }
}

}  // namespace steppe
