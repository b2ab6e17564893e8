// SPDX-License-Identifier: Apache-2.0
#include "pipeline/steps.hpp"

#include <algorithm>
#include <array>

namespace steppe {
namespace {

struct KindEntry {
  const char* name;
  StepKind kind;
  void (*read)(const Field&, const StepContext&, StepDraft&);
};

// In the order of the documentation. The kinds without a reader are designed but not built yet.
constexpr std::array<KindEntry, 7> kKinds = {{
    {"source", StepKind::kSource, read_source_step},
    {"check", StepKind::kUnknown, nullptr},
    {"derive", StepKind::kUnknown, nullptr},
    {"trend", StepKind::kTrend, read_trend_step},
    {"regression", StepKind::kRegression, read_regression_step},
    {"combine", StepKind::kUnknown, nullptr},
    {"scenario", StepKind::kScenario, read_scenario_step},
}};

// ASCII letters, digits and _ and whatever lies beyond ASCII; not a digit first. Other characters
// are kept free for expressions over columns.
bool is_step_id(const std::string& id) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (id.empty() || is_digit(id.front())) return false;
  return std::all_of(id.begin(), id.end(), [&is_digit](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    return letter || is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
  });
}

const std::vector<std::string>& available_kinds() {
  static const std::vector<std::string> names = {"source", "trend", "regression", "scenario"};
  return names;
}

std::vector<const KindEntry*> kinds_in(const Field& step) {
  std::vector<const KindEntry*> found;
  for (const KindEntry& entry : kKinds) {
    if (member(step, entry.name)) found.push_back(&entry);
  }
  return found;
}

// A step without a kind: perhaps its first key is a slip of the pen, or names a library.
void refuse_kindless(const Field& step, FaultList& faults) {
  const auto& members = step.value->members;
  if (members.empty()) {
    faults.refuse(
        "J11", step.where(),
        "a step without a kind; expected one of the keys " + quoted_list(available_kinds()));
    return;
  }
  const JsonMember& first = members.front();
  for (const JsonMember& entry : members) {
    const Where place = {entry.position, path_of_member(step.path, entry.key)};
    if (refuse_special_key(entry.key, place, faults)) return;
  }
  const Where where = {first.position, path_of_member(step.path, first.key)};
  faults.refuse(
      "J10", where,
      "unknown step kind " + steppe::quoted(first.key) + suggestion(first.key, available_kinds()));
}

void read_kind(const Field& step, const StepContext& context, StepDraft& draft) {
  const auto kinds = kinds_in(step);
  if (kinds.empty()) return refuse_kindless(step, context.faults);
  if (kinds.size() > 1) {
    const Field second = member(step, kinds[1]->name);
    context.faults.refuse("J11", second.where(),
                          "a step with two kinds, " + steppe::quoted(kinds[0]->name) + " and " +
                              steppe::quoted(kinds[1]->name) + "; make it two steps");
    return;
  }
  const KindEntry& entry = *kinds.front();
  if (entry.read == nullptr) {
    context.faults.not_available(
        "J10", member(step, entry.name).where(),
        std::string(entry.name) + " steps are not available in this version");
    return;
  }
  draft.kind = entry.kind;
  entry.read(step, context, draft);
}

StepDraft read_step(const Field& step, const JsonMember& entry, const StepContext& context) {
  StepDraft draft;
  draft.id = entry.key;
  draft.where = {entry.position, step.path};
  if (!is_step_id(draft.id)) {
    context.faults.refuse("J11", draft.where,
                          steppe::quoted(draft.id) +
                              " cannot name a step; use letters, digits and _, " +
                              "not a digit first");
  }
  if (is_object(step, "a step such as {\"trend\": \"linear\", \"series\": \"region.mining\"}",
                context.faults)) {
    read_kind(step, context, draft);
  }
  return draft;
}

}  // namespace

std::vector<StepDraft> read_steps(const Field& steps, const StepContext& context) {
  std::vector<StepDraft> drafts;
  if (!is_object(steps, "an object of steps by name", context.faults)) return drafts;
  if (steps.value->members.empty()) {
    context.faults.refuse("J11", steps.where(), "no steps; expected at least one");
  }
  for (const JsonMember& entry : steps.value->members) {
    const Field step = {&entry.value, path_of_member(steps.path, entry.key)};
    drafts.push_back(read_step(step, entry, context));
  }
  return drafts;
}

}  // namespace steppe
