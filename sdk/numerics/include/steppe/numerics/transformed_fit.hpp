// SPDX-License-Identifier: Apache-2.0
#pragma once

// The options `transform`, `box_cox_lambda` and `point` for a regression whose estimator knows
// nothing of them: it is given the target on the scale of the transform, and what it forecasts is
// taken back.
//
//   using Fit = numerics::TransformedFit<RidgeFit>;
//   return Fit::make(settings_, data, host,
//                    [&](const RegressionData& scaled) { return fit_ridge(scaled, host); });
//
// Quantiles are taken back exactly, whatever the estimator. The median of a symmetric error is the
// point, or the mean by the variance of the prediction, see target_transform.hpp. What the inner
// fit reports is of the scale of the transform, and the report says so. A lambda that is not given
// is that of least squares on the same regressors.
// Not for: LinearRegressionFit, which also has likelihood and criteria on the scale of the target.

#include <cstdint>
#include <memory>
#include <utility>

#include "steppe/numerics/linear_regression.hpp"

namespace steppe::numerics {

// What an inner fit forecasts, on the scale of the fit.
class FitScaleForecasts {
 public:
  // Asks for what `out` asks for, and for what the way back needs.
  FitScaleForecasts(std::size_t rows, std::size_t probabilities, const RegressionForecast& out);
  RegressionForecast views();
  Result<void> take_back(const TargetScale& scale, const RegressionForecast& out) const;

 private:
  std::size_t rows_;
  std::size_t probabilities_;
  bool se_mean_wanted_;
  bool mean_quantiles_wanted_;
  bool prediction_quantiles_wanted_;
  std::vector<double> points_;     // mean, its standard error, that of an observation: rows each
  std::vector<double> quantiles_;  // of the mean, then of an observation: probabilities x rows each
};

// A transformed target beside its inner fit.
struct TransformedTarget {
  TargetScale scale;
  std::vector<double> fitted;  // on the scale of the target
  double r_squared = kUndefined;
};
void save(const TransformedTarget& target, Writer& writer);
TransformedTarget load_transformed_target(const LinearSettings& settings, Reader& reader);
// `quantile`: of one, R squared says nothing.
void write_transformed(const TransformedTarget& target, bool quantile, Report& out);

template <typename Inner, bool kOfQuantile = false>
class TransformedFit {
 public:
  explicit TransformedFit(std::unique_ptr<Inner> inner, TransformedTarget target = {})
      : inner_(std::move(inner)), target_(std::move(target)) {}

  // `fit_inner(data)` gives a Result<std::unique_ptr<Inner>>.
  template <typename FitInner>
  static Result<std::unique_ptr<TransformedFit>> make(const LinearSettings& settings,
                                                      const RegressionData& data, const Host& host,
                                                      const FitInner& fit_inner) {
    if (auto error = find_untransformable(settings, data)) return *std::move(error);
    TransformedTarget target;
    RegressionData scaled = data;
    std::vector<double> values;
    if (settings.transform != TransformKind::kNone) {
      auto scale = scale_target(settings, data, host);
      if (!scale) return scale.error();
      target.scale = std::move(scale->scale);
      values = std::move(scale->values);
      scaled.target = {values.data(), values.size()};
      scaled.target_name = target.scale.text();
    }
    auto inner = fit_inner(scaled);
    if (!inner) return inner.error();
    if (target.scale.changes()) add_fitted(**inner, data, target);
    return std::make_unique<TransformedFit>(*std::move(inner), std::move(target));
  }

  void fitted(const OutputView& out) const {
    if (!target_.scale.changes()) return inner_->fitted(out);
    for (std::size_t i = 0; out.wanted() && i < target_.fitted.size(); ++i)
      out(i, 0) = target_.fitted[i];
  }
  Result<void> predict(const MatrixView& regressors, const VectorView& probabilities,
                       const RegressionForecast& out, const Host& host) const {
    if (!target_.scale.changes()) return inner_->predict(regressors, probabilities, out, host);
    FitScaleForecasts forecasts(regressors.rows(), probabilities.size(), out);
    if (auto done = inner_->predict(regressors, probabilities, forecasts.views(), host); !done)
      return done;
    return forecasts.take_back(target_.scale, out);
  }
  void report(Report& out) const {
    inner_->report(out);
    if (target_.scale.changes()) write_transformed(target_, kOfQuantile, out);
  }
  LinearModelView linear_model() const
    requires requires(const Inner& fit) { fit.linear_model(); }
  {
    return target_.scale.changes() ? LinearModelView{} : inner_->linear_model();
  }
  void save(Writer& writer) const {
    numerics::save(target_, writer);
    inner_->save(writer);
  }
  // Bytes of the first schema hold the inner fit only.
  template <typename LoadInner>
  static Result<std::unique_ptr<TransformedFit>> load(const LinearSettings& settings,
                                                      std::uint32_t schema, Reader& reader,
                                                      const LoadInner& load_inner) {
    TransformedTarget target;
    if (schema > 1) target = load_transformed_target(settings, reader);
    auto inner = load_inner(reader);
    if (!inner) return inner.error();
    if (target.scale.changes())
      reader.must(target.fitted.size() == (*inner)->shape().observations,
                  "the parts of the regression differ in size");
    return std::make_unique<TransformedFit>(*std::move(inner), std::move(target));
  }
  FitShape shape() const { return inner_->shape(); }

 private:
  static void add_fitted(const Inner& inner, const RegressionData& data,
                         TransformedTarget& target) {
    target.fitted.resize(data.target.size());
    steppe_output column{};
    column.data = target.fitted.data();
    column.rows = target.fitted.size();
    column.columns = column.row_stride = column.column_stride = 1;
    inner.fitted(OutputView(&column));
    for (double& value : target.fitted) value = target.scale.transform.back(value);
    target.r_squared = original_r_squared(data.target, data.weights, target.fitted);
  }

  std::unique_ptr<Inner> inner_;
  TransformedTarget target_;
};

}  // namespace steppe::numerics
