// SPDX-License-Identifier: Apache-2.0

// Huber's M-estimate.
//
// Model: y = b0 + b1 x1 + ... + bp xp + e; as regression.ols, but a part of the errors e may be
//   anything: the centre of their distribution is normal with deviation s, its tails are heavy.
// Estimates: b with sum psi(r_i / s) x_i = 0, r the residuals, psi(u) = u held within -k and k (k:
//   `tuning`); s a robust scale of the residuals, estimated with b: median |r| / 0.67449 (`mad`) or
//   Huber's proposal 2. On the scale of the target, or with `transform` on that of its logarithm or
//   Box-Cox power (transformed_fit.hpp). Covariance of b: Huber's H1 (asymptotic),
//   K^2 (sum psi^2 s^2 / (n - rank)) / m^2 (X'X)^-1, m the mean of psi', K = 1 + rank var(psi') /
//   (n m^2); t and limits from Student t with n - rank degrees of freedom.
// Inputs: regressors n x p, target n, in any units; no missing values, no weights.
// Outputs: report with the weight of every row; fitted values n; at a new row x0 the mean x0'b, its
//   standard error from that covariance, the standard error of a new observation sqrt(v + its
//   square) with v = s^2 (for `mad` times n / (n - rank)), and Student t quantiles of both.
// Assumptions: errors independent and symmetric. The interval of a new observation is that of an
//   observation from the normal centre: outliers of the future are not in it.
// Degenerate cases: dependent columns are dropped and named; n = rank gives no standard errors; at
//   least half of the rows on one fit give scale 0, that fit, and weight 0 elsewhere; a constant
//   target is such a fit. Each with a warning.
// Errors: as regression.ols; not_converged where the estimating equation is missed by 1e-9.
// Cost: fit 2 n rank^2 operations per iteration, 20 to 200 iterations; predict p^2 per row.
// Source: Huber 1981, Robust Statistics, ch. 7; numerics in steppe/numerics/huber_regression.hpp,
//   checked against rlm of R's MASS and RLM of statsmodels. Departure: rlm has 0.6745 for 0.67449.

#include "steppe/numerics/huber_regression.hpp"

#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "huber_protocol.hpp"
#include "steppe/numerics/distributions.hpp"
#include "steppe/numerics/transformed_fit.hpp"
#include "steppe/regression.hpp"

namespace {

namespace numerics = steppe::numerics;
using steppe::Result;

class HuberRegressionFit {
 public:
  explicit HuberRegressionFit(steppe::huber::Protocol protocol) : protocol_(std::move(protocol)) {}

  void fitted(const steppe::OutputView& out) const {
    if (!out.wanted()) return;
    const auto& values = protocol_.linear.fit.fitted;
    for (std::size_t i = 0; i < values.size(); ++i) out(i, 0) = values[i];
  }

  Result<void> predict(const steppe::MatrixView& regressors,
                       const steppe::VectorView& probabilities,
                       const steppe::RegressionForecast& out, const steppe::Host&) const {
    const double dof = protocol_.linear.inference.residual_dof;
    std::vector<double> t;
    for (std::size_t k = 0; k < probabilities.size(); ++k)
      t.push_back(numerics::student_t_quantile(probabilities[k], dof));
    return numerics::each_forecast_row(
        protocol_.linear, regressors,
        [&](const numerics::ForecastRow& row) { write_row(row, t, out); });
  }

  void report(steppe::Report& out) const { steppe::huber::write_report(protocol_, out); }

  steppe::LinearModelView linear_model() const {
    const auto& linear = protocol_.linear;
    return {.has_intercept = linear.fit.intercept,
            .coefficients = {linear.fit.coefficients.data(), linear.fit.coefficients.size()},
            .covariance = linear.inference.covariance.data(),
            .residual_variance = linear.inference.residual_variance,
            .degrees_of_freedom = linear.inference.residual_dof};
  }

  void save(steppe::Writer& writer) const { steppe::huber::save(protocol_, writer); }
  steppe::FitShape shape() const {
    return {protocol_.linear.fit.fitted.size(), protocol_.linear.regressor_names.size()};
  }

 private:
  void write_row(const numerics::ForecastRow& row, const std::vector<double>& t,
                 const steppe::RegressionForecast& out) const {
    const auto& inference = protocol_.linear.inference;
    const double variance = protocol_.covariance_factor * row.value.leverage;
    const double se_mean = std::sqrt(variance);
    const double se_prediction = std::sqrt(inference.residual_variance + variance);
    const double dof = inference.residual_dof;
    const std::size_t r = row.number;
    if (out.mean.wanted()) out.mean(r, 0) = row.value.mean;
    if (out.se_mean.wanted()) out.se_mean(r, 0) = se_mean;
    if (out.se_prediction.wanted()) out.se_prediction(r, 0) = se_prediction;
    if (out.degrees_of_freedom.wanted())
      out.degrees_of_freedom(r, 0) = dof > 0.0 ? dof : steppe::kUndefined;
    for (std::size_t k = 0; k < t.size(); ++k) {
      if (out.mean_quantiles.wanted()) out.mean_quantiles(k, r) = row.value.mean + t[k] * se_mean;
      if (out.prediction_quantiles.wanted())
        out.prediction_quantiles(k, r) = row.value.mean + t[k] * se_prediction;
    }
  }

  steppe::huber::Protocol protocol_;
};

constexpr const char* kHuberScales[] = {"mad", "proposal_2"};
constexpr const char* kHuberStarts[] = {"least_squares", "lad"};

class Huber {
 public:
  using Fit = numerics::TransformedFit<HuberRegressionFit>;

  static constexpr steppe::ComponentInfo kInfo{
      "regression.huber", "1.0.0", "Huber's robust regression: outliers of the target weigh less",
      "Steppe", "Apache-2.0"};
  static constexpr steppe::Option kOptions[] = {
      numerics::kInterceptOption,
      numerics::kCoverageOption,
      {.name = "tuning",
       .type = steppe::OptionType::kDouble,
       .help = "Residuals beyond this many scales weigh less",
       .unit = "1",
       .default_double = 1.345,
       .minimum = 0.1,
       .maximum = 100.0},
      {.name = "scale",
       .type = steppe::OptionType::kString,
       .help = "Estimate of the scale: median absolute deviation, or Huber's proposal 2",
       .default_string = "mad",
       .choices = kHuberScales},
      {.name = "start",
       .type = steppe::OptionType::kString,
       .help = "Where the iterations start: least squares, or least absolute deviations",
       .default_string = "least_squares",
       .choices = kHuberStarts},
      numerics::kTransformOption,
      numerics::kBoxCoxLambdaOption,
      numerics::kPointOption};
  static constexpr steppe::Tag kTags[] = {
      {"intervals"},         {"deterministic"},   {"concurrent_predict"},     {"scale_equivariant"},
      {"shift_equivariant"}, {"additive_errors"}, {"minimum_observations", 1}};

  static Result<Huber> create(const steppe::Arguments& arguments) {
    auto linear = numerics::LinearSettings::read(kInfo.id, arguments);
    if (!linear) return linear.error();
    return Huber(*std::move(linear), arguments);
  }

  Result<std::unique_ptr<Fit>> fit(const steppe::RegressionData& data,
                                   const steppe::Host& host) const {
    if (auto error = numerics::find_problem(linear_, data)) return *std::move(error);
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
  using Inner = Result<std::unique_ptr<HuberRegressionFit>>;

  Huber(numerics::LinearSettings linear, const steppe::Arguments& arguments)
      : linear_(std::move(linear)), tuning_(arguments.number("tuning", 1.345)) {
    if (arguments.string("scale", "mad") == "proposal_2") scale_ = numerics::HuberScale::kProposal2;
    if (arguments.string("start", "least_squares") == "lad")
      start_ = numerics::HuberStart::kLeastAbsolute;
  }

  Inner fit_scaled(const steppe::RegressionData& data, const steppe::Host& host) const {
    auto solved = numerics::solve_regression(linear_, data, host);
    if (!solved) return solved.error();
    std::vector<double> leverages = solved->leverages;
    auto estimate = numerics::fit_huber(
        *std::move(solved), {data.regressors, data.target},
        {.tuning = tuning_, .scale = scale_, .start = start_, .cancelled = [&host] {
           return host.cancelled();
         }});
    if (!estimate) return estimate.error();
    return std::make_unique<HuberRegressionFit>(
        protocol_of(*std::move(estimate), std::move(leverages), data));
  }

  Inner load_scaled(steppe::Reader& reader) const {
    auto protocol = steppe::huber::load(reader);
    if (!protocol) return protocol.error();
    reader.must(protocol->linear.fit.intercept == linear_.intercept,
                "it has another intercept than its options");
    return std::make_unique<HuberRegressionFit>(*std::move(protocol));
  }

  steppe::huber::Protocol protocol_of(numerics::HuberFit estimate, std::vector<double> leverages,
                                      const steppe::RegressionData& data) const {
    std::vector<double> covariance;
    for (const double entry : estimate.linear.covariance)  // NaN of dropped columns: 0
      covariance.push_back(std::isnan(entry) ? 0.0 : estimate.covariance_factor * entry);
    steppe::huber::Protocol out;
    out.linear = numerics::coefficient_protocol(std::move(estimate.linear), std::move(covariance),
                                                data, linear_.coverage);
    out.weights = std::move(estimate.weights);
    out.leverages = std::move(leverages);
    out.scale = estimate.scale;
    out.tuning = tuning_;
    out.covariance_factor = estimate.covariance_factor;
    out.central_share = estimate.central_share;
    out.equation_error = estimate.equation_error;
    out.iterations = estimate.iterations;
    numerics::LinearInference& inference = out.linear.inference;
    inference.exact = out.exact();
    const double dof = inference.residual_dof;
    const auto n = static_cast<double>(out.linear.fit.observations);
    const double correction = scale_ == numerics::HuberScale::kMad ? n / dof : 1.0;
    inference.residual_variance =
        dof > 0.0 ? out.scale * out.scale * correction : steppe::kUndefined;
    inference.residual_deviation = std::sqrt(inference.residual_variance);
    return out;
  }

  numerics::LinearSettings linear_;
  double tuning_;
  numerics::HuberScale scale_ = numerics::HuberScale::kMad;
  numerics::HuberStart start_ = numerics::HuberStart::kLeastSquares;
};

STEPPE_PLUGIN(Huber);

}  // namespace
