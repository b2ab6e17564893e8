// SPDX-License-Identifier: Apache-2.0

// One regression for the rows of all keys of a panel, with a constant of its own for each key.
//
// Model: y_it = a_i + x_it'b + e_it, i the key, t its rows; without effects one constant for all.
// Estimates: b by least squares of what is left after the means of each key (within transform),
//   a_i the rest of the means; s^2 = sum e^2 / (N - slopes - keys). Covariance of b clustered by
//   key, classical, or hc1.
// Inputs: regressors n x (p + 1), the last column the number of the row's key, 0, 1, .. (tag
//   pooled_rows); target n, in any units; no missing values, no weights. Keys may have any number
//   of rows.
// Outputs: report; fitted values n; for a row (x0, key) the mean a_i + x0'b, its standard error
//   sqrt(s^2 / T_i + d'C d) with d = x0 - mean of the key, that of a new observation, Student t
//   quantiles of both.
// Assumptions: errors of mean 0, independent between keys; for classical errors also within them.
// Degenerate cases: dependent columns and those that never change within a key are dropped and
//   named; as many rows as coefficients give no standard errors, one key no clustered ones; few
//   keys, keys of one row, exact fits and constant targets. Each with a warning.
// Errors: N1 fewer rows than coefficients; a key that is no whole number; for a forecast a key that
//   was not in the fit, a broken dependency (N4), a result too large for a number (N7).
// Cost: about 4 n p^2 operations in pairs of doubles; predict p^2 per row.
// Source: Wooldridge 2010, 10.5; Cameron, Miller 2015; numerics in
//   steppe/numerics/panel_regression.hpp, checked against gretl, R and 50 digits.

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "panel_protocol.hpp"
#include "steppe/numerics/distributions.hpp"
#include "steppe/numerics/equation.hpp"
#include "steppe/numerics/linear_settings.hpp"
#include "steppe/regression.hpp"

namespace {

namespace numerics = steppe::numerics;
using steppe::Error;
using steppe::ErrorKind;
using steppe::Result;
using steppe::panel::Protocol;

constexpr double kMostKeys = 9007199254740992.0;  // 2^53: whole numbers up to here are exact

Error at_row(ErrorKind kind, std::size_t row, std::string message, std::string fault = {}) {
  return {kind, std::move(message), "row " + std::to_string(row + 1), std::move(fault)};
}

std::string in_quotes(const std::string& name) {
  std::string text;
  text += '"';
  text += name;
  text += '"';
  return text;
}

// The number in the last column.
Result<std::size_t> key_at(const steppe::MatrixView& regressors, std::size_t row) {
  const std::size_t last = regressors.columns() - 1;
  const double key = regressors.present(row, last) ? regressors(row, last) : steppe::kUndefined;
  if (key >= 0.0 && key < kMostKeys && key == std::floor(key)) return static_cast<std::size_t>(key);
  return at_row(
      ErrorKind::kInvalidData, row,
      (std::isnan(key) ? std::string("a missing value") : steppe::numerics::number_text(key)) +
          " is no key: the last column of regression.panel numbers the key of each row, "
          "0, 1, ..; a program that gives the regressors alone does not know the tag "
          "pooled_rows");
}

// The columns before the key.
steppe::MatrixView without_key(const steppe::MatrixView& regressors) {
  steppe_matrix view{};
  view.struct_size = sizeof(view);
  view.data = regressors.data();
  view.rows = regressors.rows();
  view.columns = regressors.columns() - 1;
  view.row_stride = regressors.row_stride();
  view.column_stride = regressors.column_stride();
  return steppe::MatrixView(view);
}

steppe::VectorView row_of(const steppe::MatrixView& matrix, std::size_t row) {
  return {matrix.data() + static_cast<std::ptrdiff_t>(row) * matrix.row_stride(), matrix.columns(),
          matrix.column_stride()};
}

class PanelRegressionFit {
 public:
  explicit PanelRegressionFit(Protocol protocol) : protocol_(std::move(protocol)) {}

  void fitted(const steppe::OutputView& out) const {
    if (!out.wanted()) return;
    const auto& values = protocol_.fit.fitted;
    for (std::size_t i = 0; i < values.size(); ++i) out(i, 0) = values[i];
  }

  Result<void> predict(const steppe::MatrixView& regressors,
                       const steppe::VectorView& probabilities,
                       const steppe::RegressionForecast& out, const steppe::Host&) const {
    std::vector<double> t;
    for (std::size_t k = 0; k < probabilities.size(); ++k)
      t.push_back(numerics::student_t_quantile(probabilities[k], protocol_.fit.test_dof));
    for (std::size_t row = 0; row < regressors.rows(); ++row) {
      const auto key = place_at(regressors, row);
      if (!key) return key.error();
      const steppe::VectorView x = row_of(without_key(regressors), row);
      if (auto error = find_bad_row(regressors, row, *key)) return *std::move(error);
      const numerics::PanelValue value = evaluate(protocol_.fit, *key, x);
      if (!std::isfinite(value.mean) || std::isinf(value.variance))
        return at_row(ErrorKind::kDomainError, row, "the forecast is too large for a number", "N7");
      write_row(value, row, t, out);
    }
    return {};
  }

  void report(steppe::Report& out) const { steppe::panel::write_report(protocol_, out); }
  void save(steppe::Writer& writer) const { steppe::panel::save(protocol_, writer); }
  steppe::FitShape shape() const {
    return {protocol_.fit.fitted.size(), protocol_.names.size() + 1};
  }

 private:
  Result<std::size_t> place_at(const steppe::MatrixView& regressors, std::size_t row) const {
    const auto number = key_at(regressors, row);
    if (!number) return number.error();
    if (const auto place = protocol_.place(*number)) return *place;
    return at_row(ErrorKind::kInsufficientData, row,
                  steppe::panel::key_text(*number) + " has no row in the fit: there is no effect " +
                      "of it, and no forecast",
                  "N1");
  }

  std::optional<Error> find_bad_row(const steppe::MatrixView& regressors, std::size_t row,
                                    std::size_t key) const {
    for (std::size_t j = 0; j < protocol_.names.size(); ++j) {
      if (!regressors.present(row, j))
        return at_row(ErrorKind::kInvalidData, row, in_quotes(protocol_.names[j]) + " is missing");
      if (!std::isfinite(regressors(row, j)))
        return at_row(ErrorKind::kInvalidData, row,
                      in_quotes(protocol_.names[j]) + " is not a finite number");
    }
    const auto* broken =
        broken_dependency(protocol_.fit, key, row_of(without_key(regressors), row));
    if (broken == nullptr) return std::nullopt;
    return at_row(ErrorKind::kRankDeficient, row,
                  "the fit rests on " + steppe::panel::dependency_text(protocol_, *broken) +
                      ", which this row does not keep; there is no forecast for it: remove one of "
                      "these regressors",
                  "N4");
  }

  void write_row(const numerics::PanelValue& value, std::size_t row, const std::vector<double>& t,
                 const steppe::RegressionForecast& out) const {
    const double se_mean = std::sqrt(value.variance);
    const double se_prediction = std::sqrt(protocol_.fit.residual_variance + value.variance);
    const double dof = protocol_.fit.test_dof;
    if (out.mean.wanted()) out.mean(row, 0) = value.mean;
    if (out.se_mean.wanted()) out.se_mean(row, 0) = se_mean;
    if (out.se_prediction.wanted()) out.se_prediction(row, 0) = se_prediction;
    if (out.degrees_of_freedom.wanted())
      out.degrees_of_freedom(row, 0) = dof > 0.0 ? dof : steppe::kUndefined;
    for (std::size_t k = 0; k < t.size(); ++k) {
      if (out.mean_quantiles.wanted()) out.mean_quantiles(k, row) = value.mean + t[k] * se_mean;
      if (out.prediction_quantiles.wanted())
        out.prediction_quantiles(k, row) = value.mean + t[k] * se_prediction;
    }
  }

  Protocol protocol_;
};

class Panel {
 public:
  using Fit = PanelRegressionFit;

  static constexpr steppe::ComponentInfo kInfo{
      "regression.panel", "1.0.0",
      "Linear regression of the rows of all keys at once, with effects of the keys", "Steppe",
      "Apache-2.0"};
  static constexpr steppe::Option kOptions[] = {
      {.name = "effects",
       .type = steppe::OptionType::kString,
       .help = "A constant of its own for each key (fixed), or one for all (none)",
       .default_string = "fixed",
       .choices = steppe::panel::kEffects},
      {.name = "covariance",
       .type = steppe::OptionType::kString,
       .help = "What the errors may be: correlated within a key (clustered), of one variance "
               "(classical), of any (hc1)",
       .default_string = "clustered",
       .choices = steppe::panel::kCovariances},
      numerics::kCoverageOption};
  static constexpr steppe::Tag kTags[] = {
      {"intervals"},         {"deterministic"}, {"concurrent_predict"},     {"scale_equivariant"},
      {"shift_equivariant"}, {"pooled_rows"},   {"minimum_observations", 1}};

  explicit Panel(const steppe::Arguments& arguments)
      : coverage_(arguments.number("coverage", 0.95)) {
    if (arguments.string("effects", "fixed") == "none") effects_ = numerics::PanelEffects::kNone;
    const auto covariance = arguments.string("covariance", "clustered");
    if (covariance == "classical") covariance_ = numerics::PanelCovariance::kClassical;
    if (covariance == "hc1") covariance_ = numerics::PanelCovariance::kHc1;
  }

  Result<std::unique_ptr<Fit>> fit(const steppe::RegressionData& data,
                                   const steppe::Host& host) const {
    if (auto error = find_problem(data)) return *std::move(error);
    Protocol protocol;
    std::vector<std::size_t> keys;
    for (std::size_t i = 0; i < data.target.size(); ++i) {
      const auto key = key_at(data.regressors, i);
      if (!key) return key.error();
      keys.push_back(*key);
    }
    protocol.numbers = keys;
    std::sort(protocol.numbers.begin(), protocol.numbers.end());
    protocol.numbers.erase(std::unique(protocol.numbers.begin(), protocol.numbers.end()),
                           protocol.numbers.end());
    for (std::size_t& key : keys) key = *protocol.place(key);
    protocol.names = data.regressor_names;
    protocol.names.pop_back();
    protocol.target = data.target_name;
    protocol.coverage = coverage_;
    auto solved = numerics::solve_panel({.design = without_key(data.regressors),
                                         .response = data.target,
                                         .keys = keys,
                                         .key_count = protocol.numbers.size(),
                                         .effects = effects_,
                                         .covariance = covariance_,
                                         .column_names = protocol.names,
                                         .response_name = data.target_name,
                                         .cancelled = [&host] { return host.cancelled(); }});
    if (!solved) return solved.error();
    protocol.fit = *std::move(solved);
    return std::make_unique<Fit>(std::move(protocol));
  }

  static constexpr std::uint32_t kSavedSchema = steppe::panel::kSavedSchema;
  Result<std::unique_ptr<Fit>> load(std::uint32_t, steppe::Reader& reader) const {
    auto protocol = steppe::panel::load(reader);
    if (!protocol) return protocol.error();
    reader.must(protocol->fit.effects == effects_ && protocol->fit.covariance == covariance_,
                "it has other effects or another covariance than its options");
    return std::make_unique<Fit>(*std::move(protocol));
  }

 private:
  std::optional<Error> find_problem(const steppe::RegressionData& data) const {
    const auto refuse = [](ErrorKind kind, std::string message, std::string fault = {}) {
      return Error{kind, std::move(message), {}, std::move(fault)};
    };
    if (!data.weights.empty())
      return refuse(ErrorKind::kNotSupported, "regression.panel has no weights; remove them");
    if (data.target.empty()) return refuse(ErrorKind::kInsufficientData, "no observations", "N1");
    if (data.regressors.columns() == 0)
      return refuse(ErrorKind::kInvalidConfig,
                    "there is no column: the last one numbers the key of each row");
    if (data.regressors.has_missing()) {
      for (std::size_t i = 0; i < data.target.size(); ++i)
        for (std::size_t j = 0; j + 1 < data.regressors.columns(); ++j)
          if (!data.regressors.present(i, j))
            return at_row(ErrorKind::kInvalidData, i,
                          in_quotes(data.regressor_names[j]) + " is missing");
    }
    const auto& names = data.regressor_names;
    if (effects_ == numerics::PanelEffects::kNone &&
        std::find(names.begin(), names.end() - 1, "intercept") != names.end() - 1)
      return refuse(ErrorKind::kInvalidConfig,
                    "a regressor is named \"intercept\", the name of the constant term; rename it");
    return std::nullopt;
  }

  double coverage_;
  numerics::PanelEffects effects_ = numerics::PanelEffects::kFixed;
  numerics::PanelCovariance covariance_ = numerics::PanelCovariance::kClustered;
};

STEPPE_PLUGIN(Panel);

}  // namespace
