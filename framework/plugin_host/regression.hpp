// SPDX-License-Identifier: Apache-2.0
#pragma once

// A regression as the engine sees it. Checks as in trend_model.hpp.

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/fault.hpp"
#include "core/fit_report.hpp"
#include "plugin_host/library.hpp"
#include "plugin_host/linear_model.hpp"
#include "plugin_host/saved_fit.hpp"
#include "steppe/abi/regression.h"

namespace steppe {

// regressors n x p row-major, without an intercept column.
struct RegressionInput {
  std::vector<double> regressors;
  std::vector<double> target;   // n
  std::vector<double> weights;  // empty or n
  std::vector<std::string> regressor_names;
  std::string target_name;
};

// r rows; quantiles K x r row-major. NaN where undefined.
struct RegressionPrediction {
  std::vector<double> mean;
  std::vector<double> se_mean;
  std::vector<double> se_prediction;
  std::vector<double> mean_quantiles;
  std::vector<double> prediction_quantiles;
  std::vector<double> degrees_of_freedom;
};

// What a component offers as a regression; `linear` is null when it does not offer that.
struct RegressionTables {
  const steppe_regression* regression = nullptr;
  const steppe_linear_model* linear = nullptr;
};

// The data a fit was made from.
struct RegressionShape {
  std::size_t rows = 0;
  std::size_t columns = 0;
};

class RegressionFit {
 public:
  RegressionFit(std::shared_ptr<Component> component, const RegressionTables& tables, void* fit,
                const RegressionShape& shape, const steppe_host* host);
  ~RegressionFit();
  RegressionFit(RegressionFit&& other) noexcept;
  RegressionFit& operator=(RegressionFit&&) = delete;

  Outcome<std::vector<double>> fitted_values() const;  // n
  // regressors r x p row-major.
  Outcome<RegressionPrediction> predict(std::span<const double> regressors, std::size_t row_count,
                                        std::span<const double> probabilities) const;
  Outcome<FitReport> report() const;
  bool has_tag(std::string_view name) const;  // of its component
  // Nothing for a regression that is not linear in its regressors: see linear_model.hpp.
  Outcome<std::optional<LinearModel>> linear_model() const;
  // For regressions that save their fits: see saved_fit.hpp.
  Outcome<FitBytes> save() const { return save_fit(*component_, fit_); }

 private:
  std::shared_ptr<Component> component_;
  RegressionTables tables_;
  void* fit_;
  RegressionShape shape_;
  const steppe_host* host_;
};

class RegressionModel {
 public:
  static Outcome<RegressionModel> open(std::shared_ptr<Component> component,
                                       const steppe_host* host);
  // A data error of the regression (rank, too few rows) has its own kind; place.plugin is set.
  Outcome<RegressionFit> fit(const RegressionInput& input) const;

  // A fit of this regression, with the same options, from what RegressionFit::save gave.
  Outcome<RegressionFit> load(const FitRecord& record) const;
  Outcome<SavedSchemas> saved_schemas() const { return saved_schemas_of(*component_); }
  const std::string& label() const { return component_->label(); }
  bool has_tag(std::string_view name) const;

 private:
  RegressionModel(std::shared_ptr<Component> component, const RegressionTables& tables,
                  const steppe_host* host)
      : component_(std::move(component)), tables_(tables), host_(host) {}

  std::shared_ptr<Component> component_;
  RegressionTables tables_;
  const steppe_host* host_;
};

}  // namespace steppe
