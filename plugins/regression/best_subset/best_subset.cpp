// SPDX-License-Identifier: Apache-2.0

// Least squares on the best subset of the regressors.
//
// Model: y = b0 + sum over the chosen j of bj xj + e; y the target, x the regressors, b the
//   coefficients (b0 only with `intercept`), e errors of mean 0 and equal variance, independent.
// Estimates: of all subsets that hold the forced regressors and at most `max_size` in all, the one
//   with the best criterion: the smallest AICc, BIC or PRESS (sum of squared leave-one-out
//   residuals), or the largest adjusted R squared; b by least squares on the scale of the target.
// Inputs: regressors n x p, at most 25 that are not forced, target n, in any units; no missing
//   values, no weights.
// Outputs: the protocol of ordinary least squares for the chosen regressors, coefficient 0 for the
//   others; the best subset of every size; those within 2 units of the best criterion; forecasts
//   as ordinary least squares of the chosen ones.
// Assumptions: those of the model. Standard errors and intervals take the choice as if it had been
//   made without the data, and are too optimistic; the report says so.
// Degenerate cases: subsets whose regressors depend on one another to ten digits do not take part;
//   more regressors than rows are allowed, the sizes are limited by the criterion; an exact fit is
//   best, the smallest of them first; a constant target takes none. Each with a warning.
// Errors: insufficient_data where no subset leaves the criterion defined (AICc: n < 4);
//   not_supported for more than 25 free regressors and for weights; rank_deficient for forced
//   regressors that depend on one another; invalid_config for a forced name that is none;
//   invalid_data and domain_error as ordinary least squares.
// Cost: 2 n p^2 operations, then usually thousands of rotations of p^2 (at worst 2^25 of them),
//   then a double-double fit for each finalist. PRESS: every subset up to 12 free regressors.
// Source: Furnival, Wilson 1974, Technometrics 16, 499-511; Gatu, Kontoghiorghes 2006; Miller 2002,
//   Subset Selection in Regression. Departure: with PRESS and more than 12 free regressors only the
//   10 subsets of each size with the smallest residual sums are judged, with a warning.

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

#include "best_subset_protocol.hpp"

namespace {

using steppe::Result;
using steppe::numerics::SubsetCriterion;

class BestSubsetFit {
 public:
  explicit BestSubsetFit(steppe::best_subset::Protocol protocol)
      : regression_(protocol.chosen), protocol_(std::move(protocol)) {}

  void fitted(const steppe::OutputView& out) const { regression_.fitted(out); }
  Result<void> predict(const steppe::MatrixView& regressors,
                       const steppe::VectorView& probabilities,
                       const steppe::RegressionForecast& out, const steppe::Host& host) const {
    return regression_.predict(regressors, probabilities, out, host);
  }
  void report(steppe::Report& out) const { steppe::best_subset::write_report(protocol_, out); }
  steppe::LinearModelView linear_model() const { return regression_.linear_model(); }
  void save(steppe::Writer& writer) const { steppe::best_subset::save(protocol_, writer); }
  steppe::FitShape shape() const { return regression_.shape(); }

 private:
  steppe::numerics::LinearRegressionFit regression_;
  steppe::best_subset::Protocol protocol_;
};

constexpr const char* kCriteria[] = {"aicc", "bic", "adjusted_r_squared", "cv"};
constexpr SubsetCriterion kCriterionOf[] = {SubsetCriterion::kAicc, SubsetCriterion::kBic,
                                            SubsetCriterion::kAdjustedRSquared,
                                            SubsetCriterion::kPress};

class BestSubset {
 public:
  using Fit = BestSubsetFit;

  static constexpr steppe::ComponentInfo kInfo{
      "regression.best_subset", "1.0.0",
      "Least squares on the best of all subsets of up to 25 regressors", "Steppe", "Apache-2.0"};
  static constexpr steppe::Option kOptions[] = {
      {.name = "criterion",
       .type = steppe::OptionType::kString,
       .help = "What makes a subset the best; cv: leave-one-out cross-validation",
       .default_string = "aicc",
       .choices = kCriteria},
      steppe::numerics::kForceOption,
      {.name = "max_size",
       .type = steppe::OptionType::kInt64,
       .help = "Most regressors at once, the forced ones counted; absent: as many as there are",
       .unit = "regressors",
       .minimum = 0.0},
      steppe::numerics::kInterceptOption,
      steppe::numerics::kCoverageOption};
  static constexpr steppe::Tag kTags[] = {{"intervals"},          {"deterministic"},
                                          {"concurrent_predict"}, {"scale_equivariant"},
                                          {"shift_equivariant"},  {"minimum_observations", 4}};

  explicit BestSubset(const steppe::Arguments& arguments)
      : settings_(kInfo.id, arguments), force_(arguments.strings("force")) {
    const auto given = arguments.string("criterion", kCriteria[0]);
    for (std::size_t i = 0; i < std::size(kCriteria); ++i)
      if (given == kCriteria[i]) criterion_ = kCriterionOf[i];
    if (arguments.has("max_size"))
      max_size_ = static_cast<std::size_t>(arguments.integer("max_size"));
  }

  Result<std::unique_ptr<Fit>> fit(const steppe::RegressionData& data,
                                   const steppe::Host& host) const {
    if (auto error = steppe::numerics::find_selection_problem(settings_, data))
      return *std::move(error);
    auto forced = steppe::numerics::columns_named(force_, data);
    if (!forced) return forced.error();
    steppe::numerics::SubsetProblem problem =
        steppe::numerics::subset_problem(settings_, data, host);
    problem.criterion = criterion_;
    problem.forced = *std::move(forced);
    problem.max_size = max_size_;
    auto search = steppe::numerics::search_subsets(problem);
    if (!search) return search.error();
    auto chosen = steppe::numerics::fit_selected(settings_, data, search->best.columns, host);
    if (!chosen) return chosen.error();
    return std::make_unique<Fit>(
        steppe::best_subset::Protocol{*std::move(chosen), criterion_, *std::move(search)});
  }

  static constexpr std::uint32_t kSavedSchema = steppe::best_subset::kSavedSchema;
  Result<std::unique_ptr<Fit>> load(std::uint32_t, steppe::Reader& reader) const {
    auto protocol = steppe::best_subset::load(reader);
    if (!protocol) return protocol.error();
    reader.must(protocol->chosen.fit.intercept == settings_.intercept,
                "it has another intercept than its options");
    reader.must(protocol->criterion == criterion_, "it has another criterion than its options");
    return std::make_unique<Fit>(*std::move(protocol));
  }

 private:
  steppe::numerics::LinearSettings settings_;
  std::vector<std::string> force_;
  SubsetCriterion criterion_ = SubsetCriterion::kAicc;
  std::size_t max_size_ = std::numeric_limits<std::size_t>::max();
};

STEPPE_PLUGIN(BestSubset);

}  // namespace
