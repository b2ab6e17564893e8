// SPDX-License-Identifier: Apache-2.0

// Ridge regression.
//
// Model: y = b0 + b1 x1 + ... + bp xp + e; as regression.ols, with coefficients that are known to
//   be of moderate size.
// Estimates: b minimises the sum of squared residuals + penalty * sum (s_j b_j)^2, s_j the standard
//   deviation of column j (divisor n), or 1 without `standardize`; b0 is not penalised. The penalty
//   is given, or minimises generalised cross-validation. With `transform` y is the logarithm of
//   the target or a Box-Cox power of it, and forecasts are taken back (transformed_fit.hpp).
// Inputs: regressors n x p, target n, in any units; p may exceed n; no missing values, no weights.
// Outputs: report; fitted values n; at a new row x0 the mean x0'b, its standard error s sqrt(h) and
//   that of a new observation s sqrt(1 + h), h = 1/n + z0'(Z'Z + k)^-1 Z'Z (Z'Z + k)^-1 z0 with the
//   centred, scaled columns Z and the penalty k; Student t quantiles of both with n - tr(2H - HH')
//   degrees of freedom. The regressors are taken as known.
// Assumptions: those of the model; that the penalty were known beforehand; and no bias: shrinkage
//   draws the mean towards that of the target, which no interval shows. A warning says so.
// Degenerate cases: dependent columns share their effect and are named; a constant column has
//   coefficient 0; a constant target gives slopes 0; data on a plane are fitted without a penalty;
//   no residual degree of freedom gives no intervals. Each with a warning.
// Errors: insufficient_data for n < 3; rank_deficient for penalty 0 without a single answer;
//   invalid_data, domain_error and not_supported as regression.ols.
// Cost: fit n p^2 + p^3 (n^2 p for n <= p), predict p^2 per row.
// Source: Hoerl, Kennard 1970, Technometrics 12, 55-67; Golub, Heath, Wahba 1979, Technometrics 21,
//   215-223. Departure: MASS::lm.ridge leaves the intercept out of the trace in GCV, this counts
//   it.

#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "ridge_report.hpp"
#include "steppe/numerics/transformed_fit.hpp"

namespace {

using steppe::Result;

class RidgeRegressionFit {
 public:
  explicit RidgeRegressionFit(steppe::ridge::Protocol protocol) : protocol_(std::move(protocol)) {}

  void fitted(const steppe::OutputView& out) const {
    if (!out.wanted()) return;
    for (std::size_t i = 0; i < protocol_.fit.fitted.size(); ++i)
      out(i, 0) = protocol_.fit.fitted[i];
  }

  Result<void> predict(const steppe::MatrixView& regressors,
                       const steppe::VectorView& probabilities,
                       const steppe::RegressionForecast& out, const steppe::Host&) const {
    const auto evaluate = [this](steppe::VectorView row) {
      const auto value = steppe::numerics::evaluate(protocol_.fit, row);
      return steppe::numerics::PenalizedValue{value.mean, value.variance_factor};
    };
    return steppe::numerics::predict_penalized(
        {.residual_variance = protocol_.fit.residual_variance,
         .residual_dof = protocol_.fit.residual_dof,
         .errors_of_mean = true,
         .evaluate = evaluate},
        protocol_.names, regressors, probabilities, out);
  }

  void report(steppe::Report& out) const { steppe::ridge::write_report(protocol_, out); }

  void save(steppe::Writer& writer) const { steppe::ridge::save(protocol_, writer); }
  steppe::FitShape shape() const {
    return {protocol_.fit.fitted.size(), protocol_.names.regressors.size()};
  }

  steppe::LinearModelView linear_model() const {
    const auto& fit = protocol_.fit;
    return {.has_intercept = fit.intercept,
            .coefficients = {fit.coefficients.data(), fit.coefficients.size()},
            .covariance = fit.covariance.data(),
            .residual_variance = fit.residual_variance,
            .degrees_of_freedom = fit.residual_dof};
  }

  bool intercept() const { return protocol_.fit.intercept; }

 private:
  steppe::ridge::Protocol protocol_;
};

class Ridge {
 public:
  using Fit = steppe::numerics::TransformedFit<RidgeRegressionFit>;

  static constexpr steppe::ComponentInfo kInfo{
      "regression.ridge", "1.0.0",
      "Ridge regression, its penalty given or by generalised cross-validation", "Steppe",
      "Apache-2.0"};
  static constexpr auto kOptions = steppe::numerics::join_options(
      std::array{steppe::numerics::kPenalizedIntercept, steppe::numerics::kStandardize,
                 steppe::Option{.name = "penalty",
                                .type = steppe::OptionType::kDouble,
                                .help = "Factor of the sum of squared coefficients; without it "
                                        "generalised cross-validation chooses",
                                .minimum = 0.0}},
      steppe::numerics::kTransformOptions);
  static constexpr steppe::Tag kTags[] = {{"intervals"},          {"deterministic"},
                                          {"concurrent_predict"}, {"scale_equivariant"},
                                          {"shift_equivariant"},  {"minimum_observations", 3}};

  static Result<Ridge> create(const steppe::Arguments& arguments) {
    auto linear = steppe::numerics::LinearSettings::read(kInfo.id, arguments);
    if (!linear) return linear.error();
    return Ridge(*std::move(linear), arguments);
  }

  Result<std::unique_ptr<Fit>> fit(const steppe::RegressionData& data,
                                   const steppe::Host& host) const {
    if (auto error = steppe::numerics::find_penalized_problem(kInfo.id, intercept_, data))
      return *std::move(error);
    return Fit::make(linear_, data, host, [&](const steppe::RegressionData& scaled) {
      return fit_scaled(scaled, host);
    });
  }

  // 1: without a transform.
  static constexpr std::uint32_t kSavedSchema = 2;
  static constexpr std::uint32_t kSavedSchemaMin = 1;
  Result<std::unique_ptr<Fit>> load(std::uint32_t schema, steppe::Reader& reader) const {
    return Fit::load(linear_, schema, reader,
                     [&](steppe::Reader& rest) { return load_scaled(rest); });
  }

 private:
  using Inner = Result<std::unique_ptr<RidgeRegressionFit>>;

  Ridge(steppe::numerics::LinearSettings linear, const steppe::Arguments& arguments)
      : linear_(std::move(linear)),
        intercept_(arguments.boolean("intercept", true)),
        standardize_(arguments.boolean("standardize", true)) {
    if (arguments.has("penalty")) penalty_ = arguments.number("penalty");
  }

  Inner fit_scaled(const steppe::RegressionData& data, const steppe::Host& host) const {
    const auto quoted = steppe::numerics::quoted_names(data.regressor_names);
    auto solved = steppe::numerics::solve_ridge(
        {.design = data.regressors,
         .response = data.target,
         .intercept = intercept_,
         .standardize = standardize_,
         .penalty = penalty_,
         .column_names = quoted,
         .response_name = steppe::numerics::quoted_names({data.target_name})[0],
         .cancelled = [&host] { return host.cancelled(); }});
    if (!solved) return solved.error();
    return std::make_unique<RidgeRegressionFit>(
        steppe::ridge::Protocol{*std::move(solved), {data.regressor_names, data.target_name}});
  }

  Inner load_scaled(steppe::Reader& reader) const {
    auto protocol = steppe::ridge::load(reader);
    if (!protocol) return protocol.error();
    reader.must(protocol->fit.intercept == intercept_ && protocol->fit.standardize == standardize_,
                "it has another intercept or scale than its options");
    return std::make_unique<RidgeRegressionFit>(*std::move(protocol));
  }

  steppe::numerics::LinearSettings linear_;
  bool intercept_;
  bool standardize_;
  std::optional<double> penalty_;
};

STEPPE_PLUGIN(Ridge);

}  // namespace
