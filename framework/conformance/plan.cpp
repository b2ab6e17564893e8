// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "conformance/runner.hpp"
#include "core/nearest.hpp"

namespace steppe::conformance {

namespace {

using Problem = std::optional<std::string>;

// `no case "load.entri"; did you mean "load.entry"?`
std::string unknown(const std::string& what, const std::string& word,
                    const std::vector<std::string>& known) {
  const std::string near = nearest(word, known);
  std::string text = "no " + what + " \"" + word + "\"";
  if (!near.empty()) return text + "; did you mean \"" + near + "\"?";
  if (known.empty()) return text + "; there is none";
  text += "; there is";
  for (const std::string& one : known) text += (one == known.front() ? " " : ", ") + one;
  return text;
}

template <typename List, typename Name>
bool has(const List& list, const std::string& word, Name name) {
  return std::ranges::find(list, word, name) != list.end();
}

bool applies(const Case& what, const ComponentDescription& component) {
  switch (what.subject) {
    case Subject::kPlugin:
      return false;
    case Subject::kComponent:
      return true;
    case Subject::kTrendModel:
      return component.kind() == "trend";
    case Subject::kRegression:
      return component.kind() == "regression";
    case Subject::kDataSource:
      return component.kind() == "source";
  }
  return false;
}

// Every one of the user's words must mean something here.
Problem check_words(const SuiteRequest& request, std::span<const Case> cases,
                    const std::vector<ComponentDescription>& components) {
  for (const std::string& id : request.cases) {
    std::vector<std::string> known;
    for (const Case& one : cases) known.emplace_back(one.id);
    if (std::ranges::find(known, id) == known.end()) {
      const std::string near = nearest(id, known);
      if (!near.empty()) return unknown("case", id, known);
      return "no case \"" + id + "\"; docs/conformance.md lists them";
    }
  }
  std::vector<std::string> ids;
  for (const auto& component : components) ids.push_back(component.id);
  if (!request.component.empty() && !has(ids, request.component, std::identity{})) {
    return unknown("component", request.component, ids);
  }
  for (const auto& [name, value] : request.options) {
    std::vector<std::string> known;
    for (const auto& component : components) {
      for (const auto& option : component.options) known.push_back(option.name);
    }
    if (!has(known, name, std::identity{})) return unknown("option", name, known);
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<PlannedCase>, std::string> plan_cases(
    const SuiteRequest& request, std::span<const Case> cases,
    const std::vector<ComponentDescription>& components) {
  if (auto problem = check_words(request, cases, components)) return *std::move(problem);
  std::vector<PlannedCase> plan;
  for (const Case& one : cases) {
    const bool named = std::ranges::find(request.cases, one.id) != request.cases.end();
    if (request.cases.empty() ? static_cast<int>(one.level) > request.level : !named) continue;
    if (one.subject == Subject::kPlugin) plan.push_back({&one, nullptr});
    for (const auto& component : components) {
      const bool wanted = request.component.empty() || component.id == request.component;
      if (wanted && applies(one, component)) plan.push_back({&one, &component});
    }
  }
  if (plan.empty()) return std::string("none of the cases asked for applies to a component here");
  return plan;
}

}  // namespace steppe::conformance
