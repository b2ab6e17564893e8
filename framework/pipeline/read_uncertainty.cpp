// SPDX-License-Identifier: Apache-2.0
// How a regression step wants the error of its forecast drivers.

#include "pipeline/steps.hpp"

namespace steppe {
namespace {

constexpr const char* kDrawsExpected =
    "a whole number of draws, 1000 to 1000000; more draws, less chance in the interval";

void read_draws(const Field& draws, FaultList& faults, RegressionStep& regression) {
  const auto count = read_integer(draws, kDrawsExpected, faults);
  if (!count) return;
  if (*count < kFewestDraws || *count > kMostDraws) {
    return faults.refuse("J5", draws.where(),
                         shown(*draws.value) + " is out of range; expected " + kDrawsExpected);
  }
  regression.draws = *count;
}

void read_correlation(const Field& word, FaultList& faults, RegressionStep& regression) {
  const auto index = read_choice(word, correlation_names(), faults);
  if (!index) return;
  regression.driver_correlation = static_cast<CorrelationSource>(*index);
  if (regression.uncertainty == Uncertainty::kKnownDrivers) {
    faults.refuse(
        "J13", word.where(),
        "the errors of drivers correlate where they are carried through, \"uncertainty\" is "
        "\"known_drivers\"; remove one of them");
  }
}

}  // namespace

const std::vector<std::string>& uncertainty_names() {
  static const std::vector<std::string> names = {std::string(name_of(Uncertainty::kClosedForm)),
                                                 std::string(name_of(Uncertainty::kSimulation)),
                                                 std::string(name_of(Uncertainty::kKnownDrivers))};
  return names;
}

const std::vector<std::string>& correlation_names() {
  static const std::vector<std::string> names = {
      std::string(name_of(CorrelationSource::kResiduals)),
      std::string(name_of(CorrelationSource::kRolling)),
      std::string(name_of(CorrelationSource::kNone))};
  return names;
}

void read_uncertainty(const Field& step, FaultList& faults, RegressionStep& regression) {
  if (const Field word = member(step, "uncertainty")) {
    const auto index = read_choice(word, uncertainty_names(), faults);
    if (index) regression.uncertainty = static_cast<Uncertainty>(*index);
  }
  if (const Field word = member(step, "driver_correlation")) {
    read_correlation(word, faults, regression);
  }
  const Field draws = member(step, "draws");
  if (!draws) return;
  read_draws(draws, faults, regression);
  if (regression.uncertainty && *regression.uncertainty != Uncertainty::kSimulation) {
    faults.refuse("J13", draws.where(),
                  "draws belong to a simulation, \"uncertainty\" is \"" +
                      std::string(name_of(*regression.uncertainty)) + "\"; remove one of them");
  }
}

}  // namespace steppe
