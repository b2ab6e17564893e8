// SPDX-License-Identifier: Apache-2.0

// Least squares with autocorrelated errors.
//
// Model: y_t = b0 + b1 x1_t + ... + bp xp_t + u_t, u_t = rho u_(t-1) + e_t; y the target, x the
//   regressors, b the coefficients (b0 only with `intercept`), u errors that remember the date
//   before, |rho| < 1, e of mean 0 and equal variance, independent; the intervals also take e as
//   normal.
// Estimates: rho is the slope of u_t on u_(t-1) without a constant; b is least squares of
//   y_t - rho y_(t-1) on x_t - rho x_(t-1), both repeated until rho changes by no more than 1e-12.
//   Prais-Winsten keeps the first row, times sqrt(1 - rho^2); Cochrane-Orcutt leaves it out. With
//   `transform` y is the logarithm of the target or a Box-Cox power of it (transformed_fit.hpp).
// Inputs: regressors n x p, target n, in any units; rows are consecutive dates in order; no missing
//   values, no weights.
// Outputs: the protocol of the transformed rows (report), one-step fitted values
//   x_t'b + rho u_(t-1); rows to predict are the dates after the last one, in order: mean
//   x'b + rho^h u_n, the standard error of that mean, of an observation (with the variance
//   s^2 (1 - rho^(2h)) / (1 - rho^2) of the errors), and Student t quantiles of both.
// Assumptions: those of the model. Standard errors and forecasts take rho as known.
// Degenerate cases: dependent columns are dropped and named, and a new row must keep the
//   dependency; an exact fit has no errors, so rho is undefined and the standard errors are 0; of
//   several solutions the likeliest (Prais-Winsten) or closest (Cochrane-Orcutt) is taken. Each
//   with a warning.
// Errors: insufficient_data for n < rank + 2 (Cochrane-Orcutt: + 3); domain_error when no rho in
//   (-1, 1) stands still, and for magnitudes out of range; not_converged after 1000 iterations
//   without one; rank_deficient for transformed columns that depend on one another and for a new
//   row that breaks a dependency; invalid_data for values missing or not finite; not_supported for
//   weights.
// Cost: fit 15 n (p+1)^2 double-double operations and 200 (p+1)^3; predict (p+1)^2 per row.
// Source: Greene, Econometric Analysis, ch. 20; Prais, Winsten 1954; Cochrane, Orcutt 1949;
//   Goldberger 1962. No departure. The error of rho is not in the standard errors.

#include <cmath>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "gls_ar_protocol.hpp"
#include "steppe/numerics/distributions.hpp"
#include "steppe/numerics/linear_regression.hpp"
#include "steppe/numerics/transformed_fit.hpp"

namespace {

using steppe::Error;
using steppe::ErrorKind;
using steppe::Result;
using steppe::numerics::FirstRow;

class GlsArFit {
 public:
  explicit GlsArFit(steppe::gls_ar::Protocol protocol) : protocol_(std::move(protocol)) {}

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
      if (auto error = steppe::numerics::find_bad_row(protocol_.ordinary, regressors, row))
        return *std::move(error);
      const auto value = steppe::numerics::predict(protocol_.fit, protocol_.ordinary.fit,
                                                   row_of(regressors, row), row + 1);
      if (!std::isfinite(value.mean) || !std::isfinite(value.coefficients))
        return Error{ErrorKind::kDomainError, "the forecast is too large for a number",
                     "row " + std::to_string(row + 1), "N7"};
      write_row(row, value, t, out);
    }
    return {};
  }

  void report(steppe::Report& out) const { steppe::gls_ar::write_report(protocol_, out); }

  void save(steppe::Writer& writer) const { steppe::gls_ar::save(protocol_, writer); }
  steppe::FitShape shape() const {
    return {protocol_.fit.fitted.size(), protocol_.ordinary.regressor_names.size()};
  }

 private:
  static steppe::VectorView row_of(const steppe::MatrixView& matrix, std::size_t row) {
    return {matrix.data() + static_cast<std::ptrdiff_t>(row) * matrix.row_stride(),
            matrix.columns(), matrix.column_stride()};
  }

  void write_row(std::size_t row, const steppe::numerics::AutoregressiveValue& value,
                 const std::vector<double>& t, const steppe::RegressionForecast& out) const {
    const double s = protocol_.inference.residual_deviation;
    const double se_mean = s * std::sqrt(value.coefficients);
    const double se_prediction = s * std::sqrt(value.coefficients + value.innovations);
    if (out.mean.wanted()) out.mean(row, 0) = value.mean;
    if (out.se_mean.wanted()) out.se_mean(row, 0) = se_mean;
    if (out.se_prediction.wanted()) out.se_prediction(row, 0) = se_prediction;
    if (out.degrees_of_freedom.wanted())
      out.degrees_of_freedom(row, 0) = protocol_.inference.residual_dof;
    for (std::size_t k = 0; k < t.size(); ++k) {
      if (out.mean_quantiles.wanted()) out.mean_quantiles(k, row) = value.mean + t[k] * se_mean;
      if (out.prediction_quantiles.wanted())
        out.prediction_quantiles(k, row) = value.mean + t[k] * se_prediction;
    }
  }

  steppe::gls_ar::Protocol protocol_;
};

constexpr const char* kMethods[] = {"prais_winsten", "cochrane_orcutt"};

class GlsAr {
 public:
  using Fit = steppe::numerics::TransformedFit<GlsArFit>;

  static constexpr steppe::ComponentInfo kInfo{"regression.gls_ar", "1.0.0",
                                               "Least squares with errors that remember the date "
                                               "before (Prais-Winsten, Cochrane-Orcutt)",
                                               "Steppe", "Apache-2.0"};
  static constexpr steppe::Option kOptions[] = {
      {.name = "method",
       .type = steppe::OptionType::kString,
       .help = "Keep the first row (prais_winsten) or leave it out (cochrane_orcutt)",
       .default_string = "prais_winsten",
       .choices = kMethods},
      {.name = "rho",
       .type = steppe::OptionType::kDouble,
       .help = "Autocorrelation of the errors; estimated when absent",
       .unit = "1",
       .minimum = -1.0,
       .maximum = 1.0,
       .exclusive_minimum = true,
       .exclusive_maximum = true},
      steppe::numerics::kInterceptOption,
      steppe::numerics::kCoverageOption,
      steppe::numerics::kTransformOption,
      steppe::numerics::kBoxCoxLambdaOption,
      steppe::numerics::kPointOption};
  static constexpr steppe::Tag kTags[] = {
      {"intervals"},         {"deterministic"}, {"concurrent_predict"},     {"scale_equivariant"},
      {"shift_equivariant"}, {"ordered_rows"},  {"minimum_observations", 3}};

  static Result<GlsAr> create(const steppe::Arguments& arguments) {
    auto settings = steppe::numerics::LinearSettings::read(kInfo.id, arguments);
    if (!settings) return settings.error();
    return GlsAr(*std::move(settings), arguments);
  }

  Result<std::unique_ptr<Fit>> fit(const steppe::RegressionData& data,
                                   const steppe::Host& host) const {
    if (auto error = steppe::numerics::find_problem(settings_, data)) return *std::move(error);
    return Fit::make(settings_, data, host, [&](const steppe::RegressionData& scaled) {
      return fit_scaled(scaled, host);
    });
  }

  // 1: without a transform.
  static constexpr std::uint32_t kSavedSchema = 2;
  static constexpr std::uint32_t kSavedSchemaMin = 1;
  Result<std::unique_ptr<Fit>> load(std::uint32_t schema, steppe::Reader& reader) const {
    return Fit::load(settings_, schema, reader,
                     [&](steppe::Reader& rest) { return load_scaled(rest); });
  }

 private:
  using Inner = Result<std::unique_ptr<GlsArFit>>;

  GlsAr(steppe::numerics::LinearSettings settings, const steppe::Arguments& arguments)
      : settings_(std::move(settings)),
        first_row_(arguments.string("method", kMethods[0]) == kMethods[0] ? FirstRow::kKept
                                                                          : FirstRow::kLeftOut) {
    if (arguments.has("rho")) rho_ = arguments.number("rho");
  }

  Inner fit_scaled(const steppe::RegressionData& data, const steppe::Host& host) const {
    auto start = steppe::numerics::solve_regression(settings_, data, host);
    if (!start) return start.error();
    auto solved =
        steppe::numerics::solve_autoregressive({.design = data.regressors,
                                                .response = data.target,
                                                .first_row = first_row_,
                                                .rho = rho_,
                                                .cancelled = [&host] { return host.cancelled(); }},
                                               *start);
    if (!solved) return solved.error();
    steppe::gls_ar::Protocol protocol;
    protocol.ordinary.fit = *std::move(start);
    protocol.ordinary.regressor_names = data.regressor_names;
    protocol.ordinary.target_name = data.target_name;
    protocol.ordinary.coverage = settings_.coverage;
    protocol.fit = *std::move(solved);
    protocol.ordinary.inference = infer(protocol.ordinary.fit, settings_.coverage);
    protocol.inference = infer(protocol.fit, settings_.intercept, settings_.coverage);
    return std::make_unique<GlsArFit>(std::move(protocol));
  }

  Inner load_scaled(steppe::Reader& reader) const {
    auto protocol = steppe::gls_ar::load(reader);
    if (!protocol) return protocol.error();
    reader.must(protocol->ordinary.fit.intercept == settings_.intercept,
                "it has another intercept than its options");
    reader.must(protocol->fit.first_row == first_row_, "it has another method than its options");
    return std::make_unique<GlsArFit>(*std::move(protocol));
  }

  steppe::numerics::LinearSettings settings_;
  FirstRow first_row_;
  std::optional<double> rho_;
};

STEPPE_PLUGIN(GlsAr);

}  // namespace
