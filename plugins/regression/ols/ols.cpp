// SPDX-License-Identifier: Apache-2.0

// Ordinary least squares.
//
// Model: y = b0 + b1 x1 + ... + bp xp + e; y the target, x the regressors, b the coefficients (b0
//   only with `intercept`), e errors of mean 0 and equal variance, independent; the intervals also
//   take them as normal.
// Estimates: b minimises the sum of squared residuals on the scale of the target; residual variance
//   s^2 = that sum / (n - rank).
// Inputs: regressors n x p, target n, in any units; no missing values, no weights.
// Outputs: the protocol (report), fitted values n; at a new row x0 the mean x0'b, its standard
// error
//   s sqrt(x0'(X'X)^-1 x0), the standard error of a new observation s sqrt(1 + x0'(X'X)^-1 x0), and
//   Student t quantiles of both. The regressors are taken as known.
// Assumptions: those of the model. Durbin-Watson takes the rows in time order.
// Degenerate cases: dependent columns are dropped and named, and a new row must keep the
// dependency;
//   n = rank gives coefficients but no standard errors and no R squared; a constant target gives
//   slopes 0 and no R squared; an exact fit gives standard errors 0 and no t, p, F. Each with a
//   warning.
// Errors: insufficient_data for n < p + intercept; invalid_data for values that are missing or not
//   finite; rank_deficient for a new row that breaks the dependency of a dropped column;
//   domain_error for magnitudes whose squares leave the range of double; not_supported for weights.
// Cost: fit 4 n (p+1)^2 double-double operations below 10,000 rows; from there on, where the
// columns
//   are well conditioned, about n p^2 double operations and 16 n bytes, and no influence of single
//   rows. Predict p^2 per row.
// Source: Greene, Econometric Analysis, ch. 3 to 5; numerics in steppe/numerics/least_squares.hpp.
//   Departure: of dependent columns the first ones stay, as in R's lm.

#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ols_report.hpp"
#include "ols_saved.hpp"
#include "steppe/numerics/distributions.hpp"
#include "steppe/numerics/least_squares.hpp"
#include "steppe/numerics/linear_inference.hpp"
#include "steppe/regression.hpp"

namespace {

using steppe::Error;
using steppe::ErrorKind;
using steppe::Result;

class OlsFit {
 public:
  OlsFit(steppe::ols::Protocol protocol) : protocol_(std::move(protocol)) {}

  void fitted(const steppe::OutputView& out) const {
    if (!out.wanted()) return;
    for (std::size_t i = 0; i < protocol_.fit.fitted.size(); ++i)
      out(i, 0) = protocol_.fit.fitted[i];
  }

  Result<void> predict(const steppe::MatrixView& regressors,
                       const steppe::VectorView& probabilities,
                       const steppe::RegressionForecast& out, const steppe::Host&) const {
    std::vector<double> t;
    for (std::size_t k = 0; k < probabilities.size(); ++k)
      t.push_back(
          steppe::numerics::student_t_quantile(probabilities[k], protocol_.inference.residual_dof));
    for (std::size_t row = 0; row < regressors.rows(); ++row) {
      if (auto error = find_bad_row(regressors, row)) return *std::move(error);
      const auto value = steppe::numerics::evaluate(protocol_.fit, row_of(regressors, row));
      if (!std::isfinite(value.mean) || !std::isfinite(value.leverage))
        return at_row(ErrorKind::kDomainError, row, "the forecast is too large for a number", "N7");
      write_row(row, value, t, out);
    }
    return {};
  }

  void report(steppe::Report& out) const { steppe::ols::write_report(protocol_, out); }

  void save(steppe::Writer& writer) const { steppe::ols::save(protocol_, writer); }
  steppe::FitShape shape() const {
    return {protocol_.fit.fitted.size(), protocol_.regressor_names.size()};
  }

  steppe::LinearModelView linear_model() const {
    const auto& coefficients = protocol_.fit.coefficients;
    return {.has_intercept = protocol_.fit.intercept,
            .coefficients = {coefficients.data(), coefficients.size()},
            .covariance = protocol_.inference.covariance.data(),
            .residual_variance = protocol_.inference.residual_variance,
            .degrees_of_freedom = protocol_.inference.residual_dof};
  }

 private:
  static steppe::VectorView row_of(const steppe::MatrixView& matrix, std::size_t row) {
    return {matrix.data() + static_cast<std::ptrdiff_t>(row) * matrix.row_stride(),
            matrix.columns(), matrix.column_stride()};
  }

  static Error at_row(ErrorKind kind, std::size_t row, std::string message, std::string fault) {
    return {kind, std::move(message), "row " + std::to_string(row + 1), std::move(fault)};
  }

  std::optional<Error> find_bad_row(const steppe::MatrixView& regressors, std::size_t row) const {
    for (std::size_t j = 0; j < regressors.columns(); ++j) {
      const std::string& name = protocol_.regressor_names[j];
      if (!regressors.present(row, j))
        return at_row(ErrorKind::kInvalidData, row, "\"" + name + "\" is missing", "");
      if (!std::isfinite(regressors(row, j)))
        return at_row(ErrorKind::kInvalidData, row, "\"" + name + "\" is not a finite number", "");
    }
    const auto* broken =
        steppe::numerics::broken_dependency(protocol_.fit, row_of(regressors, row));
    if (broken == nullptr) return std::nullopt;
    return at_row(ErrorKind::kRankDeficient, row,
                  "the fit rests on " + steppe::ols::dependency_text(protocol_, *broken) +
                      ", which this row does not keep; there is no forecast for it: remove one "
                      "of these regressors",
                  "N4");
  }

  void write_row(std::size_t row, const steppe::numerics::RowValue& value,
                 const std::vector<double>& t, const steppe::RegressionForecast& out) const {
    const auto& inference = protocol_.inference;
    const double se_mean = inference.residual_deviation * std::sqrt(value.leverage);
    const double se_prediction = inference.residual_deviation * std::sqrt(1.0 + value.leverage);
    if (out.mean.wanted()) out.mean(row, 0) = value.mean;
    if (out.se_mean.wanted()) out.se_mean(row, 0) = se_mean;
    if (out.se_prediction.wanted()) out.se_prediction(row, 0) = se_prediction;
    if (out.degrees_of_freedom.wanted())
      out.degrees_of_freedom(row, 0) =
          inference.residual_dof > 0.0 ? inference.residual_dof : steppe::kUndefined;
    for (std::size_t k = 0; k < t.size(); ++k) {
      if (out.mean_quantiles.wanted()) out.mean_quantiles(k, row) = value.mean + t[k] * se_mean;
      if (out.prediction_quantiles.wanted())
        out.prediction_quantiles(k, row) = value.mean + t[k] * se_prediction;
    }
  }

  steppe::ols::Protocol protocol_;
};

class Ols {
 public:
  using Fit = OlsFit;

  static constexpr steppe::ComponentInfo kInfo{
      "regression.ols", "1.0.0", "Ordinary least squares with the full regression protocol",
      "Steppe", "Apache-2.0"};
  static constexpr steppe::Option kOptions[] = {
      {.name = "intercept",
       .type = steppe::OptionType::kBool,
       .help = "Add a constant term to the regressors",
       .default_bool = true},
      {.name = "coverage",
       .type = steppe::OptionType::kDouble,
       .help = "Probability that the limits of a coefficient hold it",
       .unit = "1",
       .default_double = 0.95,
       .minimum = 0.0,
       .maximum = 1.0,
       .exclusive_minimum = true,
       .exclusive_maximum = true}};
  static constexpr steppe::Tag kTags[] = {
      {"intervals"},         {"deterministic"},   {"concurrent_predict"},     {"scale_equivariant"},
      {"shift_equivariant"}, {"additive_errors"}, {"minimum_observations", 1}};

  explicit Ols(const steppe::Arguments& arguments)
      : intercept_(arguments.boolean("intercept", true)),
        coverage_(arguments.number("coverage", 0.95)) {}

  Result<std::unique_ptr<Fit>> fit(const steppe::RegressionData& data,
                                   const steppe::Host& host) const {
    if (auto error = find_problem(data)) return *std::move(error);
    std::vector<std::string> quoted;
    for (const std::string& name : data.regressor_names) quoted.push_back("\"" + name + "\"");
    auto solved =
        steppe::numerics::solve_least_squares({.design = data.regressors,
                                               .response = data.target,
                                               .weights = {},
                                               .intercept = intercept_,
                                               .column_names = quoted,
                                               .response_name = "\"" + data.target_name + "\"",
                                               .cancelled = [&host] { return host.cancelled(); }});
    if (!solved) return solved.error();
    steppe::ols::Protocol protocol{
        *std::move(solved), {}, data.regressor_names, data.target_name, coverage_};
    protocol.inference = steppe::numerics::infer(protocol.fit, coverage_);
    return std::make_unique<Fit>(std::move(protocol));
  }

  static constexpr std::uint32_t kSavedSchema = steppe::ols::kSavedSchema;
  Result<std::unique_ptr<Fit>> load(std::uint32_t, steppe::Reader& reader) const {
    auto protocol = steppe::ols::load(reader);
    if (!protocol) return protocol.error();
    reader.must(protocol->fit.intercept == intercept_, "it has another intercept than its options");
    return std::make_unique<Fit>(*std::move(protocol));
  }

 private:
  std::optional<Error> find_problem(const steppe::RegressionData& data) const {
    const std::size_t n = data.target.size();
    const std::size_t coefficients = data.regressor_names.size() + (intercept_ ? 1 : 0);
    if (!data.weights.empty())
      return Error{ErrorKind::kNotSupported, "regression.ols has no weights; remove them", {}, {}};
    for (const std::string& name : data.regressor_names)
      if (intercept_ && name == "intercept")
        return Error{ErrorKind::kInvalidConfig,
                     "a regressor is named \"intercept\", the name of the constant term; rename it "
                     "or set \"intercept\": false",
                     {},
                     {}};
    if (n < coefficients)
      return Error{ErrorKind::kInsufficientData,
                   std::to_string(n) + " observations for " + std::to_string(coefficients) +
                       " coefficients; at least " + std::to_string(coefficients) +
                       " are needed, and more for standard errors",
                   {},
                   "N1"};
    return std::nullopt;
  }

  bool intercept_;
  double coverage_;
};

STEPPE_PLUGIN(Ols);

}  // namespace
