// SPDX-License-Identifier: Apache-2.0

// A regression that looks at nothing but the target and its weights: the forecast is the weighted
// mean, the report has the weights that came.
#include "steppe/regression.hpp"

namespace {

class WeightedMean {
 public:
  static constexpr steppe::ComponentInfo kInfo{"regression.weighted_mean", "1.0.0",
                                               "The weighted mean of the target"};
  static constexpr steppe::Tag kTags[] = {{"uses_weights"}};

  struct Fit {
    double mean = 0;
    std::vector<double> weights;
    void fitted(const steppe::OutputView& out) const {
      for (std::size_t i = 0; i < weights.size(); ++i) out(i, 0) = mean;
    }
    static void fill(const steppe::OutputView& out, double value) {
      for (std::size_t i = 0; out.wanted() && i < out.rows() * out.columns(); ++i) {
        out(i / out.columns(), i % out.columns()) = value;
      }
    }
    steppe::Result<void> predict(const steppe::MatrixView&, const steppe::VectorView&,
                                 const steppe::RegressionForecast& out, const steppe::Host&) const {
      fill(out.mean, mean);
      for (const auto* undefined : {&out.se_mean, &out.se_prediction, &out.mean_quantiles,
                                    &out.prediction_quantiles, &out.degrees_of_freedom}) {
        fill(*undefined, steppe::kUndefined);
      }
      return {};
    }
    void report(steppe::Report& report) const {
      report.text("equation", "y = mean");
      report.table({.name = "weights", .columns = {"weight"}, .values = weights});
    }
  };

  explicit WeightedMean(const steppe::Arguments&) {}

  steppe::Result<std::unique_ptr<Fit>> fit(const steppe::RegressionData& data,
                                           const steppe::Host&) const {
    auto fit = std::make_unique<Fit>();
    double sum = 0;
    double total = 0;
    for (std::size_t i = 0; i < data.target.size(); ++i) {
      const double weight = data.weights.size() == 0 ? 1.0 : data.weights[i];
      sum += weight * data.target[i];
      total += weight;
      fit->weights.push_back(weight);
    }
    fit->mean = sum / total;
    return fit;
  }
};

}  // namespace

STEPPE_PLUGIN(WeightedMean);
