// SPDX-License-Identifier: Apache-2.0
#pragma once

// Ways to ask for an elastic net. Test support only.

#include <gtest/gtest.h>

#include <optional>

#include "penalized_testing.hpp"
#include "steppe/numerics/elastic_net.hpp"

namespace steppe::numerics::test {

struct NetSettings {
  double mix = 1.0;
  std::optional<double> penalty = {};
  bool standardize = true;
};

inline ElasticNetProblem net_problem(const PenalizedData& data, const NetSettings& settings = {}) {
  return {.design = data.design(),
          .response = data.response(),
          .standardize = settings.standardize,
          .mix = settings.mix,
          .penalty = settings.penalty};
}

inline ElasticNetFit net_of(const ElasticNetProblem& problem) {
  auto fit = solve_elastic_net(problem);
  if (!fit.ok()) ADD_FAILURE() << fit.error().message;
  return *std::move(fit);
}

}  // namespace steppe::numerics::test
