// SPDX-License-Identifier: Apache-2.0

// The keys `uncertainty`, `draws` and `driver_correlation` of a regression step.
#include <gtest/gtest.h>

#include "pipeline/pipeline_testing.hpp"

namespace steppe::testing {
namespace {

std::string regression_with(const std::string& keys) {
  return with_steps(R"("r": {"regression": "ols", "target": "s.y", "regressors": ["s.x"], )" +
                    keys + "}");
}

TEST(UncertaintyKey, J11_KnowsThreeWays) {
  check_faults(
      regression_with(R"("uncertainty": "closed")"),
      {R"(error[J11] run.json:3:85 (steps.r.uncertainty): "closed" is not known; expected one of "closed_form", "simulation", "known_drivers")"});
}

TEST(UncertaintyKey, J5_RefusesDrawsOutOfRange) {
  check_faults(
      regression_with(R"("draws": 999)"),
      {R"(error[J5] run.json:3:79 (steps.r.draws): 999 is out of range; expected a whole number of draws, 1000 to 1000000; more draws, less chance in the interval)"});
  check_faults(
      regression_with(R"("draws": 1e4)"),
      {R"(error[J5] run.json:3:79 (steps.r.draws): 1e4 is not a whole number; expected a whole number of draws, 1000 to 1000000; more draws, less chance in the interval)"});
}

TEST(UncertaintyKey, J11_KnowsThreeSourcesOfCorrelation) {
  check_faults(
      regression_with(R"("driver_correlation": "none of them")"),
      {R"(error[J11] run.json:3:92 (steps.r.driver_correlation): "none of them" is not known; expected one of "residuals", "rolling", "none")"});
}

TEST(UncertaintyKey, J13_RefusesACorrelationOfKnownDrivers) {
  check_faults(
      regression_with(R"("uncertainty": "known_drivers", "driver_correlation": "none")"),
      {R"(error[J13] run.json:3:124 (steps.r.driver_correlation): the errors of drivers correlate where they are carried through, "uncertainty" is "known_drivers"; remove one of them)"});
}

TEST(UncertaintyKey, J13_RefusesDrawsWithoutASimulation) {
  check_faults(
      regression_with(R"("uncertainty": "closed_form", "draws": 5000)"),
      {R"(error[J13] run.json:3:109 (steps.r.draws): draws belong to a simulation, "uncertainty" is "closed_form"; remove one of them)"});
}

}  // namespace
}  // namespace steppe::testing
