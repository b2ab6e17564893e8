// SPDX-License-Identifier: Apache-2.0
#include "pipeline/graph.hpp"

#include <algorithm>
#include <functional>
#include <queue>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "pipeline/fields.hpp"
#include "pipeline/step_fit.hpp"

namespace steppe {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

class Graph {
 public:
  explicit Graph(const std::vector<StepDraft>& steps) : steps_(steps) {
    for (std::size_t i = 0; i < steps.size(); ++i) index_.emplace(steps[i].id, i);
  }

  std::size_t target_of(const StepReference& reference) const {
    const auto found = index_.find(reference.step());
    return found == index_.end() ? kNone : found->second;
  }

  // Steps after those they refer to; those in or behind a cycle are left out.
  std::vector<std::size_t> order() const {
    std::vector<std::size_t> waiting(steps_.size(), 0);
    std::vector<std::vector<std::size_t>> users(steps_.size());
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      for (const StepReference& reference : steps_[i].references) {
        const std::size_t target = target_of(reference);
        if (target == kNone) continue;
        users[target].push_back(i);
        ++waiting[i];
      }
    }
    using Queue = std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>>;
    Queue ready;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      if (waiting[i] == 0) ready.push(i);
    }
    std::vector<std::size_t> out;
    while (!ready.empty()) {
      out.push_back(ready.top());
      ready.pop();
      for (const std::size_t user : users[out.back()]) {
        if (--waiting[user] == 0) ready.push(user);
      }
    }
    return out;
  }

 private:
  const std::vector<StepDraft>& steps_;
  std::unordered_map<std::string, std::size_t> index_;
};

// Finds cycles among the steps that have no order: from each of them there is a reference to
// another one, so following the first such reference must come back.
class CycleFinder {
 public:
  CycleFinder(const std::vector<StepDraft>& steps, const Graph& graph)
      : steps_(steps), graph_(graph), stuck_(steps.size(), true), seen_(steps.size(), false) {
    for (const std::size_t ordered : graph.order()) stuck_[ordered] = false;
  }

  // Edges (step, index of its reference) of every cycle found, the earliest step first.
  using Cycle = std::vector<std::pair<std::size_t, std::size_t>>;
  std::vector<Cycle> find() {
    std::vector<Cycle> cycles;
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      if (!stuck_[i] || seen_[i]) continue;
      Cycle cycle = walk(i);
      if (!cycle.empty()) cycles.push_back(std::move(cycle));
    }
    return cycles;
  }

 private:
  std::size_t next_reference(std::size_t step) const {
    const auto& references = steps_[step].references;
    for (std::size_t r = 0; r < references.size(); ++r) {
      const std::size_t target = graph_.target_of(references[r]);
      if (target != kNone && stuck_[target]) return r;
    }
    return kNone;
  }

  Cycle walk(std::size_t start) {
    Cycle path;
    std::size_t at = start;
    while (!seen_[at]) {
      seen_[at] = true;
      path.emplace_back(at, next_reference(at));
      at = graph_.target_of(steps_[at].references[path.back().second]);
    }
    const auto first =
        std::find_if(path.begin(), path.end(), [at](const auto& edge) { return edge.first == at; });
    Cycle cycle(first, path.end());  // empty when the walk ran into an earlier one
    std::rotate(cycle.begin(), std::min_element(cycle.begin(), cycle.end()), cycle.end());
    return cycle;
  }

  const std::vector<StepDraft>& steps_;
  const Graph& graph_;
  std::vector<bool> stuck_;
  std::vector<bool> seen_;
};

void report_cycle(const std::vector<StepDraft>& steps, const CycleFinder::Cycle& cycle,
                  FaultList& faults) {
  const auto [first, reference] = cycle.front();
  const Where where = steps[first].references[reference].where;
  if (cycle.size() == 1) {
    faults.refuse("J12", where, "step " + steppe::quoted(steps[first].id) + " refers to itself");
    return;
  }
  std::string text;
  for (const auto& edge : cycle) text += steps[edge.first].id + " -> ";
  faults.refuse(
      "J12", where,
      "the steps refer to each other in a circle: " + text + steps[first].id + "; break it");
}

void report_dangling(const std::vector<StepDraft>& steps, const StepReference& reference,
                     FaultList& faults) {
  constexpr std::size_t kConsidered = 200;  // suggestions cost time
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < steps.size() && i < kConsidered; ++i) ids.push_back(steps[i].id);
  faults.refuse(
      "J12", reference.where,
      "there is no step " + steppe::quoted(reference.step()) + suggestion(reference.step(), ids));
}

}  // namespace

void check_graph(const std::vector<StepDraft>& steps, FaultList& faults) {
  const Graph graph(steps);
  std::set<std::pair<std::size_t, std::size_t>> circular;
  for (const auto& cycle : CycleFinder(steps, graph).find()) {
    report_cycle(steps, cycle, faults);
    circular.insert(cycle.begin(), cycle.end());
  }
  for (std::size_t i = 0; i < steps.size(); ++i) {
    for (std::size_t r = 0; r < steps[i].references.size(); ++r) {
      const StepReference& reference = steps[i].references[r];
      const std::size_t target = graph.target_of(reference);
      if (target == kNone) {
        report_dangling(steps, reference, faults);
      } else if (!circular.contains({i, r})) {
        check_fit(steps[i], reference, steps[target], faults);
      }
    }
    check_regressors(steps, i, faults);
    check_scenarios(steps, i, faults);
  }
}

std::vector<std::size_t> topological_order(const std::vector<StepDraft>& steps) {
  return Graph(steps).order();
}

}  // namespace steppe
