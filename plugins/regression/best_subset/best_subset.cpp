// SPDX-License-Identifier: Apache-2.0

// Least squares on the best subset of the regressors.
//
// Model: y = b0 + sum over the chosen j of bj xj + e; y the target, x the regressors, b the
//   coefficients (b0 only with `intercept`), e errors of mean 0 and equal variance, independent.
// Estimates: of all subsets that hold the forced regressors and at most `max_size` in all, the one
//   with the best criterion: the smallest AICc, BIC or PRESS (sum of squared leave-one-out
//   residuals), or the largest adjusted R squared; b by least squares. `covariance`, `transform`
//   and weights as in regression.wls; a Box-Cox lambda that is not given is that of all regressors.
// Inputs: regressors n x p, at most 25 that are not forced, target n, in any units; weights n, zero
//   or more, or none; no missing values.
// Outputs: the protocol of ordinary least squares for the chosen regressors, coefficient 0 for the
//   others; the best subset of every size; those within 2 units of the best criterion; forecasts
//   as ordinary least squares of the chosen ones.
// Assumptions: those of the model. Standard errors and intervals take the choice as if it had been
//   made without the data, and are too optimistic; the report says so.
// Degenerate cases: subsets whose regressors depend on one another to ten digits do not take part;
//   more regressors than rows are allowed, the sizes are limited by the criterion; an exact fit is
//   best, the smallest of them first; a constant target takes none. Each with a warning.
// Errors: insufficient_data where no subset leaves the criterion defined (AICc: n < 4);
//   not_supported for more than 25 free regressors; rank_deficient for forced
//   regressors that depend on one another; invalid_config for a forced name that is none;
//   invalid_data and domain_error as ordinary least squares.
// Cost: 2 n p^2 operations, then usually thousands of rotations of p^2 (at worst 2^25 of them),
//   then a double-double fit for each finalist. PRESS: n operations more for each, fewer left out.
// Source: Furnival, Wilson 1974, Technometrics 16, 499-511; Gatu, Kontoghiorghes 2006; Miller 2002,
//   Subset Selection in Regression. No departure.

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <utility>

#include "best_subset_protocol.hpp"

namespace {

using steppe::Result;
using steppe::numerics::SubsetCriterion;

constexpr const char* kCriteria[] = {"aicc", "bic", "adjusted_r_squared", "cv"};
constexpr SubsetCriterion kCriterionOf[] = {SubsetCriterion::kAicc, SubsetCriterion::kBic,
                                            SubsetCriterion::kAdjustedRSquared,
                                            SubsetCriterion::kPress};

class BestSubset {
 public:
  using Fit = steppe::numerics::SelectedFit<steppe::best_subset::Protocol>;

  static constexpr steppe::ComponentInfo kInfo{
      "regression.best_subset", "1.0.0",
      "Least squares on the best of all subsets of up to 25 regressors", "Steppe", "Apache-2.0"};
  static constexpr auto kOptions = steppe::numerics::join_options(
      std::array{
          steppe::Option{.name = "criterion",
                         .type = steppe::OptionType::kString,
                         .help = "What makes a subset the best; cv: leave-one-out cross-validation",
                         .default_string = "aicc",
                         .choices = kCriteria},
          steppe::Option{.name = "max_size",
                         .type = steppe::OptionType::kInt64,
                         .help = "Most regressors at once, the forced ones counted; absent: as "
                                 "many as there are",
                         .unit = "regressors",
                         .minimum = 0.0}},
      steppe::numerics::kSelectionOptions);
  static constexpr steppe::Tag kTags[] = {{"intervals"},          {"deterministic"},
                                          {"concurrent_predict"}, {"scale_equivariant"},
                                          {"shift_equivariant"},  {"minimum_observations", 4},
                                          {"uses_weights"}};

  static Result<BestSubset> create(const steppe::Arguments& arguments) {
    auto settings = steppe::numerics::SelectionSettings::read(kInfo.id, arguments);
    if (!settings) return settings.error();
    return BestSubset(*std::move(settings), arguments);
  }

  Result<std::unique_ptr<Fit>> fit(const steppe::RegressionData& data,
                                   const steppe::Host& host) const {
    auto task = steppe::numerics::selection_task(settings_, data, host);
    if (!task) return task.error();
    steppe::numerics::SubsetProblem& problem = (*task)->problem;
    problem.criterion = criterion_;
    problem.max_size = max_size_;
    auto search = steppe::numerics::search_subsets(problem);
    if (!search) return search.error();
    auto chosen = steppe::numerics::fit_selected(**task, search->best.columns, host);
    if (!chosen) return chosen.error();
    steppe::best_subset::Protocol protocol;
    protocol.chosen = *std::move(chosen);
    protocol.criterion = criterion_;
    protocol.search = *std::move(search);
    return std::make_unique<Fit>(std::move(protocol));
  }

  static constexpr std::uint32_t kSavedSchema = steppe::best_subset::kSavedSchema;
  Result<std::unique_ptr<Fit>> load(std::uint32_t, steppe::Reader& reader) const {
    auto protocol = steppe::best_subset::load(reader);
    if (!protocol) return protocol.error();
    steppe::numerics::require_settings(settings_.linear, protocol->chosen, reader);
    reader.must(protocol->criterion == criterion_, "it has another criterion than its options");
    return std::make_unique<Fit>(*std::move(protocol));
  }

 private:
  BestSubset(steppe::numerics::SelectionSettings settings, const steppe::Arguments& arguments)
      : settings_(std::move(settings)) {
    const auto given = arguments.string("criterion", kCriteria[0]);
    for (std::size_t i = 0; i < std::size(kCriteria); ++i)
      if (given == kCriteria[i]) criterion_ = kCriterionOf[i];
    if (arguments.has("max_size"))
      max_size_ = static_cast<std::size_t>(arguments.integer("max_size"));
  }

  steppe::numerics::SelectionSettings settings_;
  SubsetCriterion criterion_ = SubsetCriterion::kAicc;
  std::size_t max_size_ = std::numeric_limits<std::size_t>::max();
};

STEPPE_PLUGIN(BestSubset);

}  // namespace
