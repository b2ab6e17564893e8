// SPDX-License-Identifier: Apache-2.0
#pragma once

// Lasso and elastic net as regressions: what the plugins regression.lasso and
// regression.elastic_net share. The lasso is an elastic net of mix 1.
//
// Intervals. With the chosen columns A and their signs taken as known, the coefficients are linear
// in the target and have the covariance s^2 (A'A + n l)^-1 A'A (A'A + n l)^-1, s^2 = RSS / (n -
// df). The interval of a new observation rests on that. Choosing A from the same data and the bias
// of shrinkage are not in it, and a warning says so. Of the mean, where that bias is not small
// beside the rest, and of single coefficients no error is given at all.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "steppe/numerics/elastic_net.hpp"
#include "steppe/numerics/penalized_regression.hpp"
#include "steppe/numerics/transformed_fit.hpp"

namespace steppe::numerics {

inline constexpr const char* kPathSelections[] = {"aicc", "aic", "bic", "cv"};
inline constexpr const char* kPathRules[] = {"minimum", "one_standard_error"};
inline constexpr const char* kFoldRows[] = {"blocks", "random"};

// Rows of the option tables.
inline constexpr Option kPathPenalty = {
    .name = "penalty",
    .type = OptionType::kDouble,
    .help = "Factor of the penalty; without it one is chosen as select says",
    .minimum = 0.0};
inline constexpr Option kPathSelect = {.name = "select",
                                       .type = OptionType::kString,
                                       .help =
                                           "What chooses the penalty: an information criterion "
                                           "or cross-validation",
                                       .default_string = "aicc",
                                       .choices = kPathSelections};
inline constexpr Option kPathRule = {
    .name = "rule",
    .type = OptionType::kString,
    .help = "With cv: the least error, or the largest penalty within one standard error of it",
    .default_string = "minimum",
    .choices = kPathRules};
inline constexpr Option kPathFolds = {
    .name = "folds",
    .type = OptionType::kInt64,
    .help = "With cv: parts the rows are divided into; without it 10, or one per row if fewer",
    .minimum = 2,
    .maximum = 1000};
inline constexpr Option kPathFoldRows = {.name = "fold_rows",
                                         .type = OptionType::kString,
                                         .help =
                                             "With cv: whether a fold is a block of rows in "
                                             "their order or a random draw",
                                         .default_string = "blocks",
                                         .choices = kFoldRows};
inline constexpr Option kPathSeed = {.name = "seed",
                                     .type = OptionType::kInt64,
                                     .help = "With random folds: the draw",
                                     .default_integer = 1,
                                     .minimum = 0};
inline constexpr Option kPathLength = {.name = "path_length",
                                       .type = OptionType::kInt64,
                                       .help = "Number of penalties tried",
                                       .default_integer = 100,
                                       .minimum = 2,
                                       .maximum = 10000};
inline constexpr Option kPathRatio = {
    .name = "path_ratio",
    .type = OptionType::kDouble,
    .help =
        "Smallest penalty tried by the largest; without it 0.0001, or 0.01 where there are at "
        "least as many columns as rows",
    .unit = "1",
    .minimum = 0.0,
    .maximum = 1.0,
    .exclusive_minimum = true,
    .exclusive_maximum = true};

// The rows of both plugins.
inline constexpr auto kPathOptions =
    join_options(std::array{kPenalizedIntercept, kStandardize, kPathPenalty, kPathSelect, kPathRule,
                            kPathFolds, kPathFoldRows, kPathSeed, kPathLength, kPathRatio},
                 kTransformOptions);

struct ElasticNetSettings {
  // mix is read from the options where the plugin has that option, else it is 1.
  ElasticNetSettings(const char* plugin_id, const Arguments& arguments);

  const char* id;
  bool intercept;
  bool standardize;
  double mix;
  std::optional<double> penalty;
  std::string select;
  bool one_standard_error;
  std::size_t folds;  // 0: as many as fit
  bool random_folds;
  std::uint64_t seed;
  std::size_t path_length;
  std::optional<double> path_ratio;
};

// Satisfies steppe::RegressionFit and can be saved.
class ElasticNetRegressionFit {
 public:
  // Errors: insufficient_data for fewer than 3 rows (N1) or more folds than rows (N15);
  // not_supported for weights, or random folds where the host lends no random numbers;
  // those of solve_elastic_net.
  static Result<std::unique_ptr<ElasticNetRegressionFit>> make(const ElasticNetSettings& settings,
                                                               const RegressionData& data,
                                                               const Host& host);

  void fitted(const OutputView& out) const;
  Result<void> predict(const MatrixView& regressors, const VectorView& probabilities,
                       const RegressionForecast& out, const Host& host) const;
  void report(Report& out) const;

  void save(Writer& writer) const;
  static Result<std::unique_ptr<ElasticNetRegressionFit>> load(const ElasticNetSettings& settings,
                                                               Reader& reader);
  FitShape shape() const { return {fit_.fitted.size(), names_.regressors.size()}; }

 private:
  template <typename Io, typename Self>
  static void saved_fields(const Io& io, Self& self);
  bool fits_together() const;
  std::string choice_text() const;
  Table coefficient_table() const;
  Table path_table() const;
  void warn(Report& out) const;

  ElasticNetFit fit_;
  PenalizedNames names_;
  std::string select_;     // empty: the penalty was given
  std::size_t folds_ = 0;  // with cv
  bool one_standard_error_ = false;
};

// A plugin derives from it, with information, options and tags of its own.
class ElasticNetModel {
 public:
  using Fit = TransformedFit<ElasticNetRegressionFit>;

  Result<std::unique_ptr<Fit>> fit(const RegressionData& data, const Host& host) const;

  // 1: without a transform.
  static constexpr std::uint32_t kSavedSchema = 2;
  static constexpr std::uint32_t kSavedSchemaMin = 1;
  Result<std::unique_ptr<Fit>> load(std::uint32_t schema, Reader& reader) const;

 protected:
  ElasticNetModel(LinearSettings linear, ElasticNetSettings settings)
      : linear_(std::move(linear)), settings_(std::move(settings)) {}

  template <typename Plugin>
  static Result<Plugin> create_as(const Arguments& arguments) {
    auto linear = LinearSettings::read(Plugin::kInfo.id, arguments);
    if (!linear) return linear.error();
    return Plugin(*std::move(linear), ElasticNetSettings(Plugin::kInfo.id, arguments));
  }

 private:
  LinearSettings linear_;  // of the transform
  ElasticNetSettings settings_;
};

}  // namespace steppe::numerics
