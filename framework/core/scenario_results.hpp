// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a scenario step gives for one key: the forecast of a regression as it is and with its
// drivers changed, and how strongly it hangs on each of them.

#include <string>
#include <vector>

#include "core/results.hpp"

namespace steppe {

// What a scenario does to one driver: "mining", "+10%".
struct ScenarioChange {
  std::string driver;
  std::string text;
};

struct ScenarioForecast {
  std::string name;
  std::vector<ScenarioChange> changes;
  Error error;                    // why it has no rows; empty otherwise
  std::vector<ForecastRow> rows;  // on the dates of the base
  RegressionRows regression;
  // Per row, against the base: in the target's unit, and in per cent of it (NaN where it is 0).
  std::vector<double> difference;
  std::vector<double> per_cent;
  std::vector<Warning> warnings;
};

// How the point forecast answers to one driver, all others as they are.
struct DriverEffect {
  std::string driver;
  // Per date: per cent of the target for one per cent of the driver at every date ahead. NaN where
  // the target is 0.
  std::vector<double> elasticities;
  // At the last date, with the driver lowered and raised at every date ahead by one standard
  // deviation of its forecast error, or by ten per cent where it is known or has none.
  bool by_standard_deviation = false;
  double lowered = 0;
  double raised = 0;
  double effect = 0;  // raised - lowered
};

struct ScenarioComparison {
  std::vector<ForecastRow> base;
  RegressionRows base_regression;
  std::vector<ScenarioForecast> scenarios;  // in the order of the pipeline
  std::vector<DriverEffect> effects;        // in the order of the regressors
  std::vector<std::size_t> tornado;         // indices of effects, the largest first
};

}  // namespace steppe
