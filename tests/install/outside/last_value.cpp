// SPDX-License-Identifier: Apache-2.0
#include <steppe/trend_model.hpp>

// A trend that repeats the last observation for ever.
struct LastValue {
  static constexpr steppe::ComponentInfo kInfo{"trend.last_value", "1.0.0", "Repeats the end"};
  struct Fit {
    double last;
    steppe::Prediction predict(double) const { return {.mean = last}; }
  };
  steppe::Result<Fit> fit(const steppe::Series& series) const { return Fit{series.y.back()}; }
};

STEPPE_PLUGIN(LastValue);
