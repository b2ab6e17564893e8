// SPDX-License-Identifier: Apache-2.0

// Least squares on regressors that are put in and taken out one at a time.
//
// Model: y = b0 + sum over the chosen j of bj xj + e; y the target, x the regressors, b the
//   coefficients (b0 only with `intercept`), e errors of mean 0 and equal variance, independent.
// Estimates: from a start, the single change that lowers AICc, AIC or BIC most, until none lowers
//   it by more than 1e-7; b by least squares. `covariance`, `transform` and weights as in
//   regression.wls; a Box-Cox lambda that is not given is that of all regressors.
// Inputs: regressors n x p, target n, in any units; weights n, zero or more, or none; no missing
//   values.
// Outputs: the protocol of ordinary least squares for the chosen regressors, coefficient 0 for the
//   others; every change that was looked at; forecasts as ordinary least squares of the chosen
//   ones.
// Assumptions: those of the model, and that the choice had been made without the data, which is
//   false: the report always says so and names better ways.
// Degenerate cases: a regressor that depends on those in is no candidate; `both` begins with none
//   where the rows are too few for all; of exact fits a smaller one is better. The end of the way
//   need not be the best subset.
// Errors: insufficient_data where the criterion is undefined at the start; rank_deficient for
//   forced regressors that depend on one another; invalid_config for a forced name that is none;
//   invalid_data and domain_error as ordinary least squares.
// Cost: up to p double-double fits in each of about p steps.
// Source: step() of R, Venables, Ripley 2002, Modern Applied Statistics with S, 6.8; against it:
//   Harrell 2015, Regression Modeling Strategies, 4.3. Departure: AICc; regressors are not grouped.

#include <array>
#include <memory>
#include <utility>

#include "stepwise_protocol.hpp"

namespace {

using steppe::Result;
using steppe::numerics::StepDirection;
using steppe::numerics::SubsetCriterion;

constexpr const char* kDirections[] = {"both", "forward", "backward"};
constexpr const char* kCriteria[] = {"aicc", "aic", "bic"};

class Stepwise {
 public:
  using Fit = steppe::numerics::SelectedFit<steppe::stepwise::Protocol>;

  static constexpr steppe::ComponentInfo kInfo{
      "regression.stepwise", "1.0.0",
      "Least squares on regressors put in and taken out one at a time", "Steppe", "Apache-2.0"};
  static constexpr auto kOptions = steppe::numerics::join_options(
      std::array{steppe::Option{.name = "direction",
                                .type = steppe::OptionType::kString,
                                .help = "Put in from none (forward), take out from all (backward), "
                                        "or both from all",
                                .default_string = "both",
                                .choices = kDirections},
                 steppe::Option{.name = "criterion",
                                .type = steppe::OptionType::kString,
                                .help = "What a step has to lower",
                                .default_string = "aicc",
                                .choices = kCriteria}},
      steppe::numerics::kSelectionOptions);
  static constexpr steppe::Tag kTags[] = {{"intervals"},          {"deterministic"},
                                          {"concurrent_predict"}, {"scale_equivariant"},
                                          {"shift_equivariant"},  {"minimum_observations", 4},
                                          {"uses_weights"}};

  static Result<Stepwise> create(const steppe::Arguments& arguments) {
    auto settings = steppe::numerics::SelectionSettings::read(kInfo.id, arguments);
    if (!settings) return settings.error();
    return Stepwise(*std::move(settings), arguments);
  }

  Result<std::unique_ptr<Fit>> fit(const steppe::RegressionData& data,
                                   const steppe::Host& host) const {
    auto task = steppe::numerics::selection_task(settings_, data, host);
    if (!task) return task.error();
    (*task)->problem.criterion = criterion_;
    auto path = steppe::numerics::step_subsets((*task)->problem, direction_);
    if (!path) return path.error();
    auto chosen = steppe::numerics::fit_selected(**task, path->columns, host);
    if (!chosen) return chosen.error();
    steppe::stepwise::Protocol protocol;
    protocol.chosen = *std::move(chosen);
    protocol.criterion = criterion_;
    protocol.path = *std::move(path);
    return std::make_unique<Fit>(std::move(protocol));
  }

  static constexpr std::uint32_t kSavedSchema = steppe::stepwise::kSavedSchema;
  Result<std::unique_ptr<Fit>> load(std::uint32_t, steppe::Reader& reader) const {
    auto protocol = steppe::stepwise::load(reader);
    if (!protocol) return protocol.error();
    steppe::numerics::require_settings(settings_.linear, protocol->chosen, reader);
    reader.must(protocol->criterion == criterion_, "it has another criterion than its options");
    return std::make_unique<Fit>(*std::move(protocol));
  }

 private:
  Stepwise(steppe::numerics::SelectionSettings settings, const steppe::Arguments& arguments)
      : settings_(std::move(settings)) {
    const auto direction = arguments.string("direction", kDirections[0]);
    if (direction == kDirections[1]) direction_ = StepDirection::kForward;
    if (direction == kDirections[2]) direction_ = StepDirection::kBackward;
    const auto criterion = arguments.string("criterion", kCriteria[0]);
    if (criterion == kCriteria[1]) criterion_ = SubsetCriterion::kAic;
    if (criterion == kCriteria[2]) criterion_ = SubsetCriterion::kBic;
  }

  steppe::numerics::SelectionSettings settings_;
  StepDirection direction_ = StepDirection::kBoth;
  SubsetCriterion criterion_ = SubsetCriterion::kAicc;
};

STEPPE_PLUGIN(Stepwise);

}  // namespace
