// SPDX-License-Identifier: Apache-2.0
#include "commands.hpp"
#include "terminal.hpp"

namespace steppe {
namespace {

// "trend.power 1.0.0 from /usr/lib/steppe/plugins/steppe_trend_power.so"
std::string server_of(const PluginCatalogue& catalogue, const std::string& id) {
  const auto entry = catalogue.find(id);
  if (!entry) return id;
  return id + " " + entry->component->version + " from " + escaped(entry->plugin->path);
}

std::string explained(const SourceStep& step, const PluginCatalogue& catalogue) {
  std::string text = step.id + ": source\n  reads " + escaped(step.path) + "\n";
  if (!step.key.empty()) {
    text += "  one series per";
    for (const std::string& key : step.key) text += " " + key;
    text += "\n";
  }
  return text + "  served by " + server_of(catalogue, step.component.id) + "\n";
}

std::string explained(const TrendStep& step, const PluginCatalogue& catalogue) {
  std::string text = step.id + ": trend of " + step.series.text() + "\n";
  if (step.best) {
    text += "  chosen by " +
            (step.pick ? "the operator: " + *step.pick : std::string(name_of(step.criterion))) +
            " among " + std::to_string(step.candidates.size()) + " candidates\n";
  }
  for (const ComponentUse& use : step.candidates) {
    text += "  " + use.label + ": served by " + server_of(catalogue, use.id) + "\n";
  }
  return text;
}

std::string explained(const RegressionStep& step, const PluginCatalogue& catalogue) {
  std::string text = step.id + ": regression of " + step.target.text() + " on";
  for (std::size_t i = 0; i < step.regressors.size(); ++i) {
    const RegressorRef& regressor = step.regressors[i];
    text += (i == 0 ? " " : ", ") + regressor.label;
    const std::string lag = regressor.lag == 0 ? "" : " lag " + std::to_string(regressor.lag);
    if (regressor.label != regressor.name + lag) text += " (" + regressor.name + lag + ")";
  }
  if (step.weights) text += "\n  weighted by " + step.weights->text();
  return text + "\n  served by " + server_of(catalogue, step.component.id) + "\n";
}

std::string explained(const ScenarioStep& step, const PluginCatalogue&) {
  std::string text = step.id + ": scenarios of " + step.of + "\n";
  for (const Scenario& scenario : step.scenarios) {
    text += "  " + escaped(scenario.name) + ":";
    for (std::size_t i = 0; i < scenario.shocks.size(); ++i) {
      const Shock& shock = scenario.shocks[i];
      text += (i == 0 ? " " : ", ") + escaped(shock.driver + " " + shock.text);
    }
    text += "\n";
  }
  return text;
}

}  // namespace

ExitCode explain_command(Session& session) {
  const auto spec = session.pipeline();
  if (!spec) return session.say(spec.error());
  std::string text = spec->file + ": steps in the order they run\n\n";
  for (std::size_t index : spec->order) {
    std::visit([&](const auto& step) { text += explained(step, session.catalogue()) + "\n"; },
               spec->steps[index]);
  }
  for (const OutputSpec& output : spec->outputs) text += "writes " + escaped(output.path) + "\n";
  return print(text);
}

}  // namespace steppe
