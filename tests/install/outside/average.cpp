// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <steppe/numerics/distributions.hpp>
#include <steppe/trend_model.hpp>

// The average of all observations, with Student prediction intervals; needs at least 2.
struct Average {
  static constexpr steppe::ComponentInfo kInfo{"trend.average", "1.0.0", "Average of the series"};
  static constexpr steppe::Tag kTags[] = {{"intervals"}, {"minimum_observations", 2}};

  struct Fit {
    double mean, standard_error, degrees_of_freedom;
    steppe::Prediction predict(double) const { return {mean, standard_error}; }
    double quantile(double, double p) const {
      return mean + standard_error * steppe::numerics::student_t_quantile(p, degrees_of_freedom);
    }
    int parameter_count() const { return 1; }
  };

  steppe::Result<Fit> fit(const steppe::Series& series) const {
    const auto n = static_cast<double>(series.y.size());
    if (n < 2) {
      return steppe::Error{steppe::ErrorKind::kInsufficientData,
                           "1 observation; at least 2 are needed", "", "N1"};
    }
    double mean = 0;
    double squares = 0;
    for (std::size_t i = 0; i < series.y.size(); ++i) mean += series.y[i] / n;
    for (std::size_t i = 0; i < series.y.size(); ++i) {
      squares += (series.y[i] - mean) * (series.y[i] - mean);
    }
    // A new observation varies by the noise and by the error of the average.
    return Fit{mean, std::sqrt(squares / (n - 1) * (1 + 1 / n)), n - 1};
  }
};

STEPPE_PLUGIN(Average);
