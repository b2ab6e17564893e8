// SPDX-License-Identifier: Apache-2.0

// Quantile regression.
//
// Model: the tau quantile of y given x is b0 + b1 x1 + ... + bp xp; tau the option `quantile`. No
//   distribution of the errors is assumed, and its spread may change with x.
// Estimates: b minimises sum rho(y - x'b), rho(r) = tau r for r > 0, (tau - 1) r below, on the
//   scale of the target, or with `transform` on that of its logarithm or Box-Cox power, whose
//   quantiles are taken back as they are; exactly: the fit passes through as many rows as it has
//   coefficients.
// Inputs: regressors n x p, target n, in any units; no missing values, no weights.
// Outputs: report; fitted values n; at a new row x0 the mean is the quantile x0'b, its standard
//   error from the covariance of b (`iid` or `nid`), its quantiles by Student t with n - rank
//   degrees of freedom. Quantiles of a new observation: the fits of the probabilities asked for,
//   each solved when it is asked for, sorted at each row where they cross (over the probabilities
//   of one request), and no nearer than the limits of the quantile x0'b itself. A standard error of
//   a new observation and degrees of freedom: undefined, for no distribution is assumed.
// Assumptions: independent rows; linear quantiles at every probability asked for. Limits are fits
//   to few rows: on small samples intervals near 95 % are too narrow, a warning says from where on.
// Degenerate cases: dependent columns are dropped and named; several solutions: that of a tau a
//   trifle lower; n = rank, a constant target and an exact fit have no standard errors; an exact
//   fit is that of every quantile. Each with a warning.
// Errors: as regression.ols; not_converged when the simplex does not end.
// Cost: fit about 100 n rank^2 operations and 24 n rank bytes, kept for predict, which solves again
//   for each new probability (remembered up to 64); per row K rank.
// Source: Koenker, Bassett 1978, Econometrica 46, 33-50; Koenker 2005, Quantile Regression;
//   Chernozhukov, Fernandez-Val, Galichon 2010, Econometrica 78, 1093-1125 (sorting); numerics in
//   steppe/numerics/quantile_regression.hpp. Departure: where several solutions are best, quantreg
//   gives another one.

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <utility>
#include <vector>

#include "quantile_protocol.hpp"
#include "steppe/numerics/distributions.hpp"
#include "steppe/numerics/transformed_fit.hpp"
#include "steppe/regression.hpp"

namespace {

namespace numerics = steppe::numerics;
using steppe::Result;

using Shift = std::vector<double>;

// What predict knows of the probabilities asked for, and of one row.
struct Asked {
  const steppe::VectorView& probabilities;
  const std::vector<Shift>& shifts;
  const std::vector<double>& t;
  double error;  // standard error of the quantile at the row
};

class QuantileRegressionFit {
 public:
  explicit QuantileRegressionFit(steppe::quantile::Protocol protocol)
      : protocol_(std::move(protocol)) {}

  void fitted(const steppe::OutputView& out) const {
    if (!out.wanted()) return;
    const auto& values = protocol_.linear.fit.fitted;
    for (std::size_t i = 0; i < values.size(); ++i) out(i, 0) = values[i];
  }

  Result<void> predict(const steppe::MatrixView& regressors,
                       const steppe::VectorView& probabilities,
                       const steppe::RegressionForecast& out, const steppe::Host& host) const {
    std::vector<Shift> shifts;
    std::vector<double> t;
    const double dof = protocol_.linear.inference.residual_dof;
    for (std::size_t k = 0; k < probabilities.size(); ++k) {
      t.push_back(numerics::student_t_quantile(probabilities[k], dof));
      if (!out.prediction_quantiles.wanted()) continue;
      auto shift = shift_to(probabilities[k], host);
      if (!shift) return shift.error();
      shifts.push_back(*std::move(shift));
    }
    return numerics::each_forecast_row(
        protocol_.linear, regressors, [&](const numerics::ForecastRow& row) {
          const double error = write_mean(row, t, out);
          if (!shifts.empty()) write_quantiles(row, {probabilities, shifts, t, error}, out);
        });
  }

  void report(steppe::Report& out) const { steppe::quantile::write_report(protocol_, out); }
  void save(steppe::Writer& writer) const { steppe::quantile::save(protocol_, writer); }
  steppe::FitShape shape() const {
    return {protocol_.linear.fit.fitted.size(), protocol_.linear.regressor_names.size()};
  }

 private:
  // The fit of another quantile, solved once; NaN where there is none. Several threads may ask.
  Result<Shift> shift_to(double probability, const steppe::Host& host) const {
    constexpr std::size_t kRemembered = 64;
    if (!(probability > 0.0 && probability < 1.0) || protocol_.linear.inference.residual_dof == 0.0)
      return Shift(protocol_.fit.design.rank, steppe::kUndefined);
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (const auto known = shifts_.find(probability); known != shifts_.end())
        return known->second;
    }
    auto shift = numerics::shift_to_quantile(protocol_.fit, probability,
                                             [&host] { return host.cancelled(); });
    if (!shift) return shift.error();
    const std::lock_guard<std::mutex> lock(mutex_);
    if (shifts_.size() < kRemembered) shifts_.emplace(probability, *shift);
    return shift;
  }

  // Gives the standard error.
  double write_mean(const numerics::ForecastRow& row, const std::vector<double>& t,
                    const steppe::RegressionForecast& out) const {
    const Shift z = numerics::coordinates(protocol_.linear.fit, row.regressors);
    const std::vector<double>& covariance = protocol_.errors.shift_covariance;
    double variance = 0.0;
    for (std::size_t a = 0; a < z.size(); ++a)
      for (std::size_t b = 0; b < z.size(); ++b)
        variance += z[a] * covariance[a * z.size() + b] * z[b];
    const double error = std::sqrt(variance);
    const std::size_t r = row.number;
    if (out.mean.wanted()) out.mean(r, 0) = row.value.mean;
    if (out.se_mean.wanted()) out.se_mean(r, 0) = error;
    if (out.se_prediction.wanted()) out.se_prediction(r, 0) = steppe::kUndefined;
    if (out.degrees_of_freedom.wanted()) out.degrees_of_freedom(r, 0) = steppe::kUndefined;
    for (std::size_t k = 0; k < t.size(); ++k)
      if (out.mean_quantiles.wanted()) out.mean_quantiles(k, r) = row.value.mean + t[k] * error;
    return error;
  }

  void write_quantiles(const numerics::ForecastRow& row, const Asked& asked,
                       const steppe::RegressionForecast& out) const {
    const auto& [probabilities, shifts, t, error] = asked;
    const Shift z = numerics::coordinates(protocol_.linear.fit, row.regressors);
    std::vector<std::size_t> order;  // of the probabilities that have a fit, ascending
    std::vector<double> values;
    for (std::size_t k = 0; k < shifts.size(); ++k) {
      const double value =
          std::inner_product(z.begin(), z.end(), shifts[k].begin(), row.value.mean);
      out.prediction_quantiles(k, row.number) = value;
      if (std::isnan(value)) continue;
      order.push_back(k);
      values.push_back(value);
    }
    std::ranges::stable_sort(
        order, [&](std::size_t a, std::size_t b) { return probabilities[a] < probabilities[b]; });
    std::ranges::sort(values);
    for (std::size_t k = 0; k < order.size(); ++k) {
      const double probability = probabilities[order[k]];
      double value = values[k];
      // Where few rows make the fit at this probability, it may be nearer than the limits of the
      // quantile itself; an observation is no more certain than that.
      const double limit = row.value.mean + t[order[k]] * error;
      if (probability < std::min(0.5, protocol_.fit.quantile) && limit < value) value = limit;
      if (probability > std::max(0.5, protocol_.fit.quantile) && limit > value) value = limit;
      out.prediction_quantiles(order[k], row.number) = value;
    }
  }

  steppe::quantile::Protocol protocol_;
  mutable std::mutex mutex_;
  mutable std::map<double, Shift> shifts_;
};

constexpr const char* kQuantileErrorNames[] = {"iid", "nid"};

class Quantile {
 public:
  using Fit = numerics::TransformedFit<QuantileRegressionFit, true>;

  static constexpr steppe::ComponentInfo kInfo{"regression.quantile", "1.0.0",
                                               "Quantile regression, exact, with standard errors",
                                               "Steppe", "Apache-2.0"};
  static constexpr steppe::Option kOptions[] = {
      numerics::kInterceptOption,
      numerics::kCoverageOption,
      {.name = "quantile",
       .type = steppe::OptionType::kDouble,
       .help = "Share of observations that the fit is to be above",
       .unit = "1",
       .default_double = 0.5,
       .minimum = 0.0,
       .maximum = 1.0,
       .exclusive_minimum = true,
       .exclusive_maximum = true},
      {.name = "standard_errors",
       .type = steppe::OptionType::kString,
       .help = "Whether the spread of the errors may change from row to row (nid) or not (iid)",
       .default_string = "iid",
       .choices = kQuantileErrorNames},
      numerics::kTransformOption,
      numerics::kBoxCoxLambdaOption};
  static constexpr steppe::Tag kTags[] = {{"intervals"},          {"deterministic"},
                                          {"concurrent_predict"}, {"scale_equivariant"},
                                          {"shift_equivariant"},  {"minimum_observations", 1}};

  static Result<Quantile> create(const steppe::Arguments& arguments) {
    auto linear = numerics::LinearSettings::read(kInfo.id, arguments);
    if (!linear) return linear.error();
    return Quantile(*std::move(linear), arguments);
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
  using Inner = Result<std::unique_ptr<QuantileRegressionFit>>;

  Quantile(numerics::LinearSettings linear, const steppe::Arguments& arguments)
      : linear_(std::move(linear)), quantile_(arguments.number("quantile", 0.5)) {
    if (arguments.string("standard_errors", "iid") == "nid")
      kind_ = numerics::QuantileErrorKind::kNid;
  }

  Inner fit_scaled(const steppe::RegressionData& data, const steppe::Host& host) const {
    const numerics::Cancelled cancelled = [&host] { return host.cancelled(); };
    auto solved = numerics::solve_regression(linear_, data, host);
    if (!solved) return solved.error();
    auto estimate = numerics::fit_quantile(*std::move(solved), {data.regressors, data.target},
                                           quantile_, cancelled);
    if (!estimate) return estimate.error();
    auto errors = numerics::quantile_errors(*estimate, kind_, cancelled);
    if (!errors) return errors.error();
    steppe::quantile::Protocol protocol;
    std::vector<double> covariance =
        numerics::coefficient_covariance(estimate->linear, errors->shift_covariance);
    protocol.linear = numerics::coefficient_protocol(std::move(estimate->linear),
                                                     std::move(covariance), data, linear_.coverage);
    protocol.linear.inference.exact = estimate->exact;
    protocol.fit = *std::move(estimate);
    protocol.fit.subgradient = {};  // it has done its work
    protocol.kind = kind_;
    protocol.errors = *std::move(errors);
    return std::make_unique<QuantileRegressionFit>(std::move(protocol));
  }

  Inner load_scaled(steppe::Reader& reader) const {
    auto protocol = steppe::quantile::load(reader);
    if (!protocol) return protocol.error();
    reader.must(protocol->linear.fit.intercept == linear_.intercept,
                "it has another intercept than its options");
    reader.must(protocol->fit.quantile == quantile_, "it has another quantile than its options");
    return std::make_unique<QuantileRegressionFit>(*std::move(protocol));
  }

  numerics::LinearSettings linear_;
  double quantile_;
  numerics::QuantileErrorKind kind_ = numerics::QuantileErrorKind::kIid;
};

STEPPE_PLUGIN(Quantile);

}  // namespace
