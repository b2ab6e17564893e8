// SPDX-License-Identifier: Apache-2.0
#include "engine/domains.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace steppe {
namespace {

const std::vector<std::string>& key_of_source(const PipelineSpec& spec, const std::string& id) {
  return std::get<SourceStep>(spec.steps[step_index(spec, id)]).key;
}

const std::vector<std::string>& key_of_step(const PipelineSpec& spec, const StepSpec& step) {
  if (const auto* source = std::get_if<SourceStep>(&step)) return source->key;
  if (const auto* trend = std::get_if<TrendStep>(&step)) {
    return key_of_source(spec, trend->series.step);
  }
  if (const auto* scenario = std::get_if<ScenarioStep>(&step)) {
    return key_of_step(spec, spec.steps[step_index(spec, scenario->of)]);
  }
  return key_of_source(spec, std::get<RegressionStep>(step).target.step);
}

}  // namespace

std::size_t step_index(const PipelineSpec& spec, const std::string& id) {
  for (std::size_t i = 0; i < spec.steps.size(); ++i) {
    if (id_of(spec.steps[i]) == id) return i;
  }
  return spec.steps.size();
}

std::vector<Domain> make_domains(const PipelineSpec& spec) {
  std::map<std::vector<std::string>, Domain> by_key;  // the empty key sorts first
  for (std::size_t index : spec.order) {
    const StepSpec& step = spec.steps[index];
    Domain& domain = by_key[key_of_step(spec, step)];
    domain.key_columns = key_of_step(spec, step);
    (std::holds_alternative<SourceStep>(step) ? domain.sources : domain.steps).push_back(index);
  }
  std::vector<Domain> domains;
  for (auto& [key, domain] : by_key) domains.push_back(std::move(domain));
  return domains;
}

bool carries_error_of(const PipelineSpec& spec, const std::string& trend) {
  for (const StepSpec& step : spec.steps) {
    const auto* regression = std::get_if<RegressionStep>(&step);
    if (regression == nullptr || regression->uncertainty == Uncertainty::kKnownDrivers) continue;
    for (const RegressorRef& regressor : regression->regressors) {
      if (regressor.trend_step == trend) return true;
    }
  }
  return false;
}

bool needs_rolling_errors_of(const PipelineSpec& spec, const std::string& trend) {
  for (const StepSpec& step : spec.steps) {
    const auto* regression = std::get_if<RegressionStep>(&step);
    if (regression == nullptr) continue;
    if (regression->driver_correlation != CorrelationSource::kRolling) continue;
    for (const RegressorRef& regressor : regression->regressors) {
      if (regressor.trend_step == trend) return true;
    }
  }
  return false;
}

std::vector<std::vector<std::string>> columns_needed(const PipelineSpec& spec) {
  std::vector<std::vector<std::string>> columns(spec.steps.size());
  const auto need = [&](const ColumnRef& ref) {
    auto& names = columns[step_index(spec, ref.step)];
    if (std::find(names.begin(), names.end(), ref.column) == names.end()) {
      names.push_back(ref.column);
    }
  };
  for (const StepSpec& step : spec.steps) {
    if (const auto* trend = std::get_if<TrendStep>(&step)) need(trend->series);
    if (const auto* regression = std::get_if<RegressionStep>(&step)) {
      need(regression->target);
      for (const RegressorRef& regressor : regression->regressors) {
        if (regressor.column) need(*regressor.column);
      }
      if (regression->weights) need(*regression->weights);
    }
    if (const auto* scenario = std::get_if<ScenarioStep>(&step)) {
      for (const Scenario& one : scenario->scenarios) {
        for (const Shock& shock : one.shocks) {
          if (shock.column) need(*shock.column);
        }
      }
    }
  }
  return columns;
}

DomainKeys keys_of(const Domain& domain, const std::vector<Panel>& panels) {
  DomainKeys out;
  for (std::size_t source : domain.sources) {
    std::vector<std::string> merged;
    const auto& members = panels[source].members;
    std::size_t k = 0;
    for (const PanelMember& member : members) {  // both sorted: a merge
      while (k < out.keys.size() && out.keys[k] < member.key) merged.push_back(out.keys[k++]);
      if (k < out.keys.size() && out.keys[k] == member.key) ++k;
      merged.push_back(member.key);
    }
    merged.insert(merged.end(), out.keys.begin() + static_cast<std::ptrdiff_t>(k), out.keys.end());
    out.keys = std::move(merged);
  }
  for (std::size_t source : domain.sources) {
    auto& places = out.member.emplace_back(out.keys.size(), -1);
    const auto& members = panels[source].members;
    std::size_t m = 0;
    for (std::size_t k = 0; k < out.keys.size() && m < members.size(); ++k) {
      if (members[m].key == out.keys[k]) places[k] = static_cast<std::int64_t>(m++);
    }
  }
  return out;
}

std::vector<std::vector<std::size_t>> make_blocks(const Domain& domain, const DomainKeys& keys,
                                                  const std::vector<Panel>& panels,
                                                  std::size_t limit) {
  // The dates of a key: first ordinal and count in each source; absent is (0, 0).
  using Dates = std::vector<std::pair<std::int64_t, std::size_t>>;
  std::map<Dates, std::size_t> open;  // the block of these dates that still has room
  std::vector<std::vector<std::size_t>> blocks;
  Dates dates(domain.sources.size());
  for (std::size_t k = 0; k < keys.keys.size(); ++k) {
    for (std::size_t i = 0; i < domain.sources.size(); ++i) {
      const std::int64_t m = keys.member[i][k];
      dates[i] = {0, 0};
      if (m < 0) continue;
      const PanelMember& member = panels[domain.sources[i]].members[static_cast<std::size_t>(m)];
      dates[i] = {member.first, member.count};
    }
    const auto [found, fresh] = open.try_emplace(dates, blocks.size());
    if (fresh || blocks[found->second].size() == limit) {
      found->second = blocks.size();
      blocks.emplace_back();
    }
    blocks[found->second].push_back(k);
  }
  return blocks;
}

}  // namespace steppe
