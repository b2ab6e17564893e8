// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "pipeline/dates.hpp"
#include "pipeline/read_options.hpp"
#include "pipeline/steps.hpp"

namespace steppe {
namespace {

constexpr const char* kBest = "best";
constexpr const char* kCandidateExpected =
    "the name of a trend plugin or an object such as {\"trend\": \"polynomial\", \"order\": 3}";

// A component without options given, complete with defaults.
ComponentUse use_of(const ComponentDescription& component, const Field& options,
                    const std::vector<std::string>& own, const StepContext& context) {
  ComponentUse use;
  use.label = component.name();
  use.id = component.id;
  use.options = read_options(options, {component, own, context.folder}, context.faults);
  return use;
}

// A word stands for a plugin with all options at their defaults.
std::optional<ComponentUse> read_candidate_word(const Field& word, const StepContext& context) {
  const ComponentDescription* component = read_component_word(word, "trend", context);
  if (component == nullptr) return std::nullopt;
  JsonValue nothing;
  nothing.kind = JsonValue::Kind::kObject;
  nothing.position = word.value->position;
  ComponentUse use = use_of(*component, {&nothing, word.path}, {}, context);
  use.place = context.faults.place(word.where());
  return use;
}

std::optional<ComponentUse> read_candidate_object(const Field& candidate,
                                                  const StepContext& context) {
  static const std::vector<std::string> own = {"trend", "as"};
  const Field word = required(candidate, "trend", "the name of a trend plugin", context.faults);
  std::optional<std::string> label;
  if (const Field as = member(candidate, "as")) {
    label = read_text(as, "a name for the candidate", context.faults);
  }
  if (!word) return std::nullopt;
  const ComponentDescription* component = read_component_word(word, "trend", context);
  if (component == nullptr) return std::nullopt;
  ComponentUse use = use_of(*component, candidate, own, context);
  use.label = label.value_or(use.label);
  use.place = context.faults.place(word.where());
  return use;
}

bool has_label(const std::vector<ComponentUse>& uses, const std::string& label) {
  return std::any_of(uses.begin(), uses.end(),
                     [&label](const ComponentUse& use) { return use.label == label; });
}

// All that could be read; `complete` tells whether that is all there are.
std::vector<ComponentUse> read_candidates(const Field& list, const StepContext& context,
                                          bool& complete) {
  std::vector<ComponentUse> uses;
  complete = list.value->kind == JsonValue::Kind::kArray && !list.value->items.empty();
  if (!complete) {
    refuse_type(list, "a list of trend plugins, at least one", context.faults);
    return uses;
  }
  for (std::size_t i = 0; i < list.value->items.size(); ++i) {
    const Field candidate = item(list, i);
    const bool object = candidate.value->kind == JsonValue::Kind::kObject;
    const bool word = candidate.value->kind == JsonValue::Kind::kString;
    std::optional<ComponentUse> use;
    if (object) use = read_candidate_object(candidate, context);
    if (word) use = read_candidate_word(candidate, context);
    if (!object && !word) refuse_type(candidate, kCandidateExpected, context.faults);
    complete = complete && use.has_value();
    if (!use) continue;
    if (has_label(uses, use->label)) {
      context.faults.refuse("J11", candidate.where(),
                            "two candidates are called " + steppe::quoted(use->label) +
                                "; name one of them with \"as\"");
    }
    uses.push_back(std::move(*use));
  }
  return uses;
}

void read_pick(const Field& pick, bool complete, const StepContext& context, TrendStep& trend) {
  trend.pick = read_text(pick, "the name of a candidate", context.faults);
  if (!trend.pick || !complete || has_label(trend.candidates, *trend.pick)) return;
  std::vector<std::string> labels;
  for (const ComponentUse& use : trend.candidates) labels.push_back(use.label);
  context.faults.refuse(
      "J11", pick.where(),
      shown(*pick.value) + " is not one of the candidates" + suggestion(*trend.pick, labels));
}

void read_holdout(const Field& holdout, const StepContext& context, TrendStep& trend) {
  const auto count = read_integer(holdout, "a number of observations, at least 1", context.faults);
  if (count && *count < 1) {
    context.faults.refuse(
        "J5", holdout.where(),
        shown(*holdout.value) + " is out of range; expected a number of observations, at least 1");
  }
  if (trend.criterion != Criterion::kHoldout) {
    context.faults.refuse("J11", holdout.where(),
                          "\"holdout\" has no effect without \"criterion\": \"holdout\"");
  }
  trend.holdout = count.value_or(0);
}

void read_best(const Field& step, const StepContext& context, TrendStep& trend) {
  FaultList& faults = context.faults;
  refuse_unknown_keys(step, own_keys(StepKind::kTrend, true), "for \"trend\": \"best\"", faults);
  bool complete = false;
  const Field list = required(step, "candidates", "a list of trend plugins, at least one", faults);
  if (list) trend.candidates = read_candidates(list, context, complete);
  if (const Field criterion = member(step, "criterion")) {
    const auto index = read_choice(criterion, criterion_names(), faults);
    if (index) trend.criterion = static_cast<Criterion>(*index);
  }
  if (const Field pick = member(step, "pick")) read_pick(pick, complete, context, trend);
  if (const Field holdout = member(step, "holdout")) read_holdout(holdout, context, trend);
}

void read_plain(const Field& step, const Field& word, const StepContext& context,
                TrendStep& trend) {
  const bool automatic = word.value->text == "auto";
  const auto words = component_words(context.catalogue, "trend");
  if (automatic && std::find(words.begin(), words.end(), "auto") == words.end()) {
    context.faults.not_available(
        "J11", word.where(),
        "\"auto\" is not available in this version; use \"best\" with candidates");
    return;
  }
  const ComponentDescription* component = read_component_word(word, "trend", context);
  if (component == nullptr) return;
  trend.candidates.push_back(use_of(*component, step, own_keys(StepKind::kTrend, false), context));
  trend.candidates.back().place = context.faults.place(word.where());
}

}  // namespace

void read_trend_step(const Field& step, const StepContext& context, StepDraft& draft) {
  FaultList& faults = context.faults;
  TrendStep trend;
  trend.id = draft.id;
  trend.place = faults.place(draft.where);
  const Field series = required(step, "series", "a column such as \"region.mining\"", faults);
  const auto column = read_column(series, ReferenceRole::kSeries, context, draft);
  if (column) trend.series = *column;
  trend.rows = read_rows(member(step, "rows"), context.frequency, faults);
  if (const Field missing = member(step, "missing")) {
    const auto index = read_choice(missing, {"refuse", "trim"}, faults);
    if (index) trend.missing = static_cast<MissingPolicy>(*index);
  }
  const Field word = member(step, "trend");
  trend.best = word.value->kind == JsonValue::Kind::kString && word.value->text == kBest;
  if (trend.best) {
    read_best(step, context, trend);
  } else {
    read_plain(step, word, context, trend);
  }
  draft.spec = std::move(trend);
}

}  // namespace steppe
