// SPDX-License-Identifier: Apache-2.0
#pragma once

// The C tables of a regression. Included by regression.hpp only.

#include "steppe/detail/saved_fit_table.hpp"

namespace steppe::detail {

inline Result<RegressionData> regression_data_of(const steppe_regression_data& data) {
  RegressionData out;
  out.regressors = MatrixView(*data.regressors);
  out.target = VectorView(*data.target);
  if (data.weights != nullptr) out.weights = VectorView(*data.weights);
  for (std::size_t c = 0; c < out.regressors.columns(); ++c) {
    out.regressor_names.emplace_back(data.regressor_names[c]);
  }
  out.target_name = data.target_name;
  const std::size_t n = out.target.size();
  if (out.regressors.rows() != n || (data.weights != nullptr && out.weights.size() != n)) {
    return Error{ErrorKind::kInternal, "target, regressors and weights differ in length"};
  }
  return out;
}

template <RegressionModel M>
struct RegressionCalls {
  using F = typename M::Fit;
  static const F& of(const void* fit) { return *static_cast<const F*>(fit); }

  static steppe_status fit(const void* instance, const steppe_regression_data* data,
                           const steppe_host* host, void** fit, steppe_error* error) noexcept {
    *fit = nullptr;
    return guarded(error, [&]() -> steppe_status {
      const Result<RegressionData> view = regression_data_of(*data);
      if (!view) return copy_error(view.error(), error);
      auto made = static_cast<const M*>(instance)->fit(*view, Host(host));
      if (!made) return copy_error(made.error(), error);
      *fit = std::move(*made).release();
      return STEPPE_OK;
    });
  }
  static steppe_status fitted(const void* fit, const steppe_output* out,
                              steppe_error* error) noexcept {
    return guarded(error, [&] {
      of(fit).fitted(OutputView(out));
      return STEPPE_OK;
    });
  }
  static steppe_status predict(const void* fit, const steppe_matrix* regressors,
                               const steppe_vector* probabilities,
                               const steppe_regression_forecast* forecast, const steppe_host* host,
                               steppe_error* error) noexcept {
    return guarded(error, [&] {
      const RegressionForecast out{OutputView(forecast->mean),
                                   OutputView(forecast->se_mean),
                                   OutputView(forecast->se_prediction),
                                   OutputView(forecast->mean_quantiles),
                                   OutputView(forecast->prediction_quantiles),
                                   OutputView(forecast->degrees_of_freedom)};
      return finish(
          of(fit).predict(MatrixView(*regressors), VectorView(*probabilities), out, Host(host)),
          error);
    });
  }
  static steppe_status report(const void* fit, const steppe_sink* sink,
                              steppe_error* error) noexcept {
    return guarded(error, [&] {
      Report out(sink);
      of(fit).report(out);
      return STEPPE_OK;
    });
  }
  static void destroy(void* fit) noexcept { delete static_cast<F*>(fit); }
};

// The linear_model capability of a fit that has one.
template <typename F>
struct LinearModelCalls {
  static LinearModelView of(const void* fit) { return static_cast<const F*>(fit)->linear_model(); }

  static std::uint64_t size(const void* fit) noexcept { return of(fit).coefficients.size(); }
  static std::int32_t has_intercept(const void* fit) noexcept { return of(fit).has_intercept; }
  static steppe_status coefficients(const void* fit, const steppe_output* out,
                                    steppe_error* error) noexcept {
    return guarded(error, [&] {
      const LinearModelView model = of(fit);
      const OutputView view(out);
      for (std::size_t i = 0; i < model.coefficients.size(); ++i)
        view(i, 0) = model.coefficients[i];
      return STEPPE_OK;
    });
  }
  static steppe_status covariance(const void* fit, const steppe_output* out,
                                  steppe_error* error) noexcept {
    return guarded(error, [&] {
      const LinearModelView model = of(fit);
      const OutputView view(out);
      const std::size_t q = model.coefficients.size();
      for (std::size_t i = 0; i < q * q; ++i) view(i / q, i % q) = model.covariance[i];
      return STEPPE_OK;
    });
  }
  static double residual_variance(const void* fit) noexcept { return of(fit).residual_variance; }
  static double degrees_of_freedom(const void* fit) noexcept { return of(fit).degrees_of_freedom; }
};

template <typename M>
const void* query_regression(std::string_view id) noexcept {
  using Calls = RegressionCalls<M>;
  static const steppe_regression table = {sizeof(steppe_regression),
                                          0,
                                          &Calls::fit,
                                          &Calls::fitted,
                                          &Calls::predict,
                                          &Calls::report,
                                          &Calls::destroy};
  if (id == STEPPE_REGRESSION) return &table;
  if constexpr (requires(const typename M::Fit fit) {
                  { fit.linear_model() } -> std::same_as<LinearModelView>;
                }) {
    using Linear = LinearModelCalls<typename M::Fit>;
    static const steppe_linear_model linear = {sizeof(steppe_linear_model),
                                               0,
                                               &Linear::size,
                                               &Linear::has_intercept,
                                               &Linear::coefficients,
                                               &Linear::covariance,
                                               &Linear::residual_variance,
                                               &Linear::degrees_of_freedom};
    if (id == STEPPE_LINEAR_MODEL) return &linear;
  }
  using F = typename M::Fit;
  if constexpr (SavesFits<M, F, std::unique_ptr<F>> && requires(const F fit) {
                  { fit.shape() } -> std::same_as<FitShape>;
                }) {
    if (id == STEPPE_SAVED_FIT) return saved_fit_table<M, F, &load_whole<M, F>>();
  }
  return nullptr;
}

template <RegressionModel M>
struct ComponentTable<M> {
  static const steppe_component* get() { return component_table<M, &query_regression<M>>(); }
};

}  // namespace steppe::detail
