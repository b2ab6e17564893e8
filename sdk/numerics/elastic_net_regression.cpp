// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/elastic_net_regression.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace steppe::numerics {
namespace {

constexpr std::size_t kUsualFolds = 10;

PathCriterion criterion_of(const std::string& select) {
  if (select == "cv") return PathCriterion::kCrossValidation;
  if (select == "aic") return PathCriterion::kAic;
  return select == "bic" ? PathCriterion::kBic : PathCriterion::kAicc;
}

// The fold of each row: the rows in their order, or in a random one, cut into parts whose sizes
// differ by one at most.
Result<std::vector<std::size_t>> fold_of_rows(const ElasticNetSettings& settings, std::size_t rows,
                                              std::size_t folds, const Host& host) {
  std::vector<std::size_t> order(rows);
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (settings.random_folds) {
    std::vector<double> draw(rows);
    if (!host.normal(settings.seed, 0, 0, draw))
      return Error{ErrorKind::kNotSupported,
                   "random folds need random numbers, and the host lends none; set \"fold_rows\": "
                   "\"blocks\"",
                   {},
                   {}};
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return draw[a] < draw[b]; });
  }
  std::vector<std::size_t> fold(rows);
  for (std::size_t i = 0; i < rows; ++i) fold[order[i]] = i * folds / rows;
  return fold;
}

}  // namespace

ElasticNetSettings::ElasticNetSettings(const char* plugin_id, const Arguments& arguments)
    : id(plugin_id),
      intercept(arguments.boolean("intercept", true)),
      standardize(arguments.boolean("standardize", true)),
      mix(arguments.number("mix", 1.0)),
      select(arguments.string("select", "aicc")),
      one_standard_error(arguments.string("rule", "minimum") == "one_standard_error"),
      folds(static_cast<std::size_t>(arguments.integer("folds", 0))),
      random_folds(arguments.string("fold_rows", "blocks") == "random"),
      seed(static_cast<std::uint64_t>(arguments.integer("seed", 1))),
      path_length(static_cast<std::size_t>(arguments.integer("path_length", 100))) {
  if (arguments.has("penalty")) penalty = arguments.number("penalty");
  if (arguments.has("path_ratio")) path_ratio = arguments.number("path_ratio");
}

Result<std::unique_ptr<ElasticNetRegressionFit>> ElasticNetRegressionFit::make(
    const ElasticNetSettings& settings, const RegressionData& data, const Host& host) {
  if (auto error = find_penalized_problem(settings.id, settings.intercept, data))
    return *std::move(error);
  const std::size_t n = data.target.size();
  auto made = std::make_unique<ElasticNetRegressionFit>();
  made->names_ = {data.regressor_names, data.target_name};
  std::vector<std::size_t> folds;
  if (!settings.penalty) made->select_ = settings.select;
  if (made->select_ == "cv") {
    made->one_standard_error_ = settings.one_standard_error;
    made->folds_ = settings.folds > 0 ? settings.folds : std::min(kUsualFolds, n);
    if (made->folds_ > n)
      return Error{ErrorKind::kInsufficientData,
                   std::to_string(n) + " observations for " + std::to_string(made->folds_) +
                       " folds; a fold needs a row: set \"folds\" to " + std::to_string(n) +
                       " or fewer",
                   {},
                   "N15"};
    auto assigned = fold_of_rows(settings, n, made->folds_, host);
    if (!assigned) return assigned.error();
    folds = *std::move(assigned);
  }
  const auto quoted = quoted_names(data.regressor_names);
  auto solved = solve_elastic_net({.design = data.regressors,
                                   .response = data.target,
                                   .intercept = settings.intercept,
                                   .standardize = settings.standardize,
                                   .mix = settings.mix,
                                   .penalty = settings.penalty,
                                   .criterion = criterion_of(settings.select),
                                   .path_length = settings.path_length,
                                   .path_ratio = settings.path_ratio,
                                   .one_standard_error = made->one_standard_error_,
                                   .folds = folds,
                                   .column_names = quoted,
                                   .response_name = quoted_names({data.target_name})[0],
                                   .cancelled = [&host] { return host.cancelled(); }});
  if (!solved) return solved.error();
  made->fit_ = *std::move(solved);
  return made;
}

Result<std::unique_ptr<ElasticNetModel::Fit>> ElasticNetModel::fit(const RegressionData& data,
                                                                   const Host& host) const {
  if (auto error = find_penalized_problem(settings_.id, settings_.intercept, data))
    return *std::move(error);
  return Fit::make(linear_, data, host, [&](const RegressionData& scaled) {
    return ElasticNetRegressionFit::make(settings_, scaled, host);
  });
}

Result<std::unique_ptr<ElasticNetModel::Fit>> ElasticNetModel::load(std::uint32_t schema,
                                                                    Reader& reader) const {
  return Fit::load(linear_, schema, reader,
                   [&](Reader& rest) { return ElasticNetRegressionFit::load(settings_, rest); });
}

void ElasticNetRegressionFit::fitted(const OutputView& out) const {
  if (!out.wanted()) return;
  for (std::size_t i = 0; i < fit_.fitted.size(); ++i) out(i, 0) = fit_.fitted[i];
}

Result<void> ElasticNetRegressionFit::predict(const MatrixView& regressors,
                                              const VectorView& probabilities,
                                              const RegressionForecast& out, const Host&) const {
  const auto value_at = [this](VectorView row) {
    const ElasticNetValue value = evaluate(fit_, row);
    return PenalizedValue{value.mean, value.variance_factor};
  };
  return predict_penalized({.residual_variance = fit_.residual_variance,
                            .residual_dof = fit_.residual_dof,
                            .errors_of_mean = false,
                            .evaluate = value_at},
                           names_, regressors, probabilities, out);
}

}  // namespace steppe::numerics
