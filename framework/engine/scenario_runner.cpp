// SPDX-License-Identifier: Apache-2.0
#include "engine/scenario_runner.hpp"

#include <algorithm>
#include <cmath>

#include "engine/series_error.hpp"

namespace steppe {
namespace {

// A driver of the regression: the regressors that are its values, at one lag or several.
struct DriverGroup {
  std::string name;
  std::vector<std::size_t> regressors;
};

std::vector<DriverGroup> drivers_of(const RegressionStep& regression) {
  std::vector<DriverGroup> out;
  for (std::size_t i = 0; i < regression.regressors.size(); ++i) {
    const std::string& name = regression.regressors[i].name;
    auto found = std::find_if(out.begin(), out.end(),
                              [&](const DriverGroup& group) { return group.name == name; });
    if (found == out.end()) found = out.insert(out.end(), {name, {}});
    found->regressors.push_back(i);
  }
  return out;
}

class ScenarioRunner {
 public:
  ScenarioRunner(const ScenarioCase& input, const EngineSettings& settings)
      : input_(input), settings_(settings), groups_(drivers_of(input.regression)) {}

  void run(SeriesResult& result) {
    auto out = std::make_shared<ScenarioComparison>();
    out->base = input_.base.rows;
    out->base_regression = *input_.base.regression;
    for (const Scenario& scenario : input_.step.scenarios) {
      out->scenarios.push_back(forecast(scenario));
    }
    measure(*out, result);
    for (std::size_t i = 0; i < out->effects.size(); ++i) out->tornado.push_back(i);
    const auto size = [&](std::size_t i) {
      const double effect = std::fabs(out->effects[i].effect);
      return std::isnan(effect) ? -1 : effect;
    };
    std::stable_sort(out->tornado.begin(), out->tornado.end(),
                     [&](std::size_t a, std::size_t b) { return size(a) > size(b); });
    judge(*out, result);
    result.scenarios = std::move(out);
  }

 private:
  const RegressionOutlook& outlook() const { return input_.fitted.outlook; }

  ScenarioForecast forecast(const Scenario& scenario) const {
    ScenarioForecast out;
    out.name = scenario.name;
    const std::vector<ForecastRow>& base = input_.base.rows;
    RegressionOutlook changed = outlook();
    ChangedDrivers drivers(input_.regression.id, {base.front().ordinal, base.back().ordinal},
                           *changed.calendar);
    for (const Shock& shock : scenario.shocks) {
      out.changes.push_back({shock.driver, shock.text});
      const auto group = std::find_if(groups_.begin(), groups_.end(), [&](const DriverGroup& one) {
        return one.name == shock.driver;
      });
      if (auto done = drivers.apply(shock, group->regressors, input_.path, changed); !done) {
        out.error = done.error();
        return out;
      }
    }
    SeriesResult again;
    forecast_regression(input_.fitted.fit, input_.fitted.model.label(), changed, settings_, again);
    if (again.status == SeriesStatus::kFailed) {
      out.error = again.error;
      return out;
    }
    out.rows = std::move(again.rows);
    out.regression = std::move(*again.regression);
    for (Warning& warning : again.warnings) {
      const auto& known = input_.base.warnings;
      const bool old = std::any_of(known.begin(), known.end(), [&](const Warning& w) {
        return w.code == warning.code && w.text == warning.text;
      });
      if (!old) out.warnings.push_back(std::move(warning));
    }
    for (std::size_t r = 0; r < base.size(); ++r) {
      constexpr double kPerCent = 100;
      const double difference = out.rows[r].mean - base[r].mean;
      out.difference.push_back(difference);
      out.per_cent.push_back(base[r].mean == 0 ? kUndefined
                                               : kPerCent * difference / std::fabs(base[r].mean));
    }
    warn_of_changes_without_effect(scenario, out);
    return out;
  }

  // A driver that only counts with a lag may be changed too late to reach the horizon.
  void warn_of_changes_without_effect(const Scenario& scenario, ScenarioForecast& out) const {
    for (const Shock& shock : scenario.shocks) {
      bool reached = false;
      for (const DriverGroup& group : groups_) {
        if (group.name != shock.driver) continue;
        for (const std::size_t i : group.regressors) {
          for (std::size_t row = 0; row < out.regression.rows.size(); ++row) {
            const RegressionRow& before = input_.base.regression->rows[row];
            reached |= out.regression.rows[row].regressors[i] != before.regressors[i] ||
                       out.regression.rows[row].forecast[i] != before.forecast[i];
          }
        }
      }
      if (reached) continue;
      out.warnings.push_back(
          {"change_without_effect", "the change of \"" + shock.driver + "\" by " + shock.text +
                                        " alters no value that the forecast is made from"});
    }
  }

  // Regressors of the base rows, `change` applied to those of one driver that lie ahead of the data
  // of the regression, at the date of the driver.
  template <typename Change>
  std::vector<double> regressors_with(const DriverGroup& group, Change&& change) const {
    std::vector<double> out;
    for (const RegressionRow& row : input_.base.regression->rows) {
      out.insert(out.end(), row.regressors.begin(), row.regressors.end());
    }
    const std::size_t p = outlook().drivers.size();
    for (std::size_t r = 0; r < input_.base.rows.size(); ++r) {
      for (const std::size_t i : group.regressors) {
        const Driver& driver = outlook().drivers[i];
        const std::int64_t date = input_.base.rows[r].ordinal - driver.lag;
        if (date > outlook().last) out[r * p + i] = change(driver_value(driver, date));
      }
    }
    return out;
  }

  Outcome<std::vector<double>> point_forecast(const std::vector<double>& regressors) const {
    auto predicted =
        input_.fitted.fit.predict(regressors, input_.base.rows.size(), settings_.probabilities);
    if (!predicted) return predicted.error();
    return std::move(predicted->mean);
  }

  // One standard deviation of the driver's forecast error at every date where it has one; ten per
  // cent of it when it has none anywhere.
  bool has_deviation(const DriverGroup& group) const {
    const Driver& driver = outlook().drivers[group.regressors.front()];
    return std::any_of(input_.base.rows.begin(), input_.base.rows.end(), [&](const auto& row) {
      return driver_value(driver, row.ordinal).standard_error > 0;
    });
  }

  void measure(ScenarioComparison& out, SeriesResult& result) const {
    constexpr double kStep = 0.01;   // of an elasticity: one per cent up and down
    constexpr double kSwing = 0.10;  // of the tornado
    const auto base = point_forecast(
        regressors_with(groups_.front(), [](const DriverValue& at) { return at.value; }));
    for (const DriverGroup& group : groups_) {
      DriverEffect effect{group.name, {}, has_deviation(group), kUndefined, kUndefined, kUndefined};
      const auto scaled = [&](double share) {
        return point_forecast(
            regressors_with(group, [&](const DriverValue& at) { return at.value * (1 + share); }));
      };
      const auto swung = [&](double sign) {
        if (!effect.by_standard_deviation) return scaled(sign * kSwing);
        return point_forecast(regressors_with(group, [&](const DriverValue& at) {
          return std::isnan(at.standard_error) ? at.value : at.value + sign * at.standard_error;
        }));
      };
      const auto up = scaled(kStep);
      const auto down = scaled(-kStep);
      const auto lowered = swung(-1);
      const auto raised = swung(1);
      if (!base || !up || !down || !lowered || !raised) {
        result.warnings.push_back(
            {"effects_undefined", "the forecast has no value for a changed \"" + group.name +
                                      "\": no elasticity, no swing"});
        effect.elasticities.assign(input_.base.rows.size(), kUndefined);
        out.effects.push_back(std::move(effect));
        continue;
      }
      for (std::size_t r = 0; r < base->size(); ++r) {
        const double y = (*base)[r];
        effect.elasticities.push_back(y == 0 ? kUndefined
                                             : ((*up)[r] - (*down)[r]) / (2 * kStep * y));
      }
      effect.lowered = lowered->back();
      effect.raised = raised->back();
      effect.effect = effect.raised - effect.lowered;
      out.effects.push_back(std::move(effect));
    }
  }

  // What the series as a whole is worth.
  static void judge(const ScenarioComparison& out, SeriesResult& result) {
    std::size_t failed = 0;
    for (const ScenarioForecast& scenario : out.scenarios) {
      for (const Warning& warning : scenario.warnings) {
        result.warnings.push_back({warning.code, scenario.name + ": " + warning.text});
      }
      if (!scenario.rows.empty()) continue;
      ++failed;
      result.warnings.push_back({"scenario_failed", scenario.name + ": " + scenario.error.message});
    }
    if (failed == 0) return;
    result.status = SeriesStatus::kDegraded;
    if (failed < out.scenarios.size()) return;
    Error error = out.scenarios.front().error;
    error.message = "scenario \"" + out.scenarios.front().name + "\": " + error.message;
    fail(result, std::move(error));
    for (std::size_t i = 0; i < failed; ++i) {
      if (result.warnings.back().code == "scenario_failed") result.warnings.pop_back();
    }
  }

  const ScenarioCase& input_;
  const EngineSettings& settings_;
  std::vector<DriverGroup> groups_;
};

}  // namespace

void compare_scenarios(const ScenarioCase& input, const EngineSettings& settings,
                       SeriesResult& result) {
  ScenarioRunner(input, settings).run(result);
}

}  // namespace steppe
