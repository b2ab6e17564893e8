// SPDX-License-Identifier: Apache-2.0
#pragma once

// A regression as the engine sees it. Checks as in trend_model.hpp.

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
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

  // The same fit for one key of many: rows to predict are of that key. A component that knows keys
  // (tag pooled_rows) gets the key's number behind the regressors of each row.
  RegressionFit of_key(std::size_t number) const;
  // This fit for the key that `other` is for.
  RegressionFit like(const RegressionFit& other) const {
    RegressionFit out = *this;
    out.key_ = other.key_;
    return out;
  }

  Outcome<std::vector<double>> fitted_values() const;  // n
  // regressors r x p row-major.
  Outcome<RegressionPrediction> predict(std::span<const double> regressors, std::size_t row_count,
                                        std::span<const double> probabilities) const;
  Outcome<FitReport> report() const;
  bool has_tag(std::string_view name) const;  // of its component
  // Nothing for a regression that is not linear in its regressors: see linear_model.hpp.
  Outcome<std::optional<LinearModel>> linear_model() const;
  // For regressions that save their fits: see saved_fit.hpp.
  Outcome<FitBytes> save() const { return save_fit(*component_, fit_->fit); }
  // Of the data it was made from; with the column of keys where there is one.
  std::size_t columns() const { return shape_.columns; }

 private:
  // What the views of one fit share.
  struct Shared {
    Shared(std::shared_ptr<Component> owner, const steppe_regression* calls, void* handle)
        : component(std::move(owner)), table(calls), fit(handle) {}
    ~Shared();
    Shared(const Shared&) = delete;
    Shared& operator=(const Shared&) = delete;

    std::shared_ptr<Component> component;
    const steppe_regression* table;
    void* fit;
    std::mutex one_at_a_time;  // for predict without the tag concurrent_predict
  };

  std::shared_ptr<Component> component_;
  RegressionTables tables_;
  std::shared_ptr<Shared> fit_;
  std::optional<double> key_;
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
