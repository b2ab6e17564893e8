// SPDX-License-Identifier: Apache-2.0

// Least squares on regressors that are put in and taken out one at a time.
//
// Model: y = b0 + sum over the chosen j of bj xj + e; y the target, x the regressors, b the
//   coefficients (b0 only with `intercept`), e errors of mean 0 and equal variance, independent.
// Estimates: from a start, the single change that lowers AICc, AIC or BIC most, until none lowers
//   it by more than 1e-7; b by least squares on the scale of the target.
// Inputs: regressors n x p, target n, in any units; no missing values, no weights.
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
//   not_supported for weights; invalid_data and domain_error as ordinary least squares.
// Cost: up to p double-double fits in each of about p steps.
// Source: step() of R, Venables, Ripley 2002, Modern Applied Statistics with S, 6.8; against it:
//   Harrell 2015, Regression Modeling Strategies, 4.3. Departure: AICc; regressors are not grouped.

#include <memory>
#include <utility>

#include "stepwise_protocol.hpp"

namespace {

using steppe::Result;
using steppe::numerics::StepDirection;
using steppe::numerics::SubsetCriterion;

class StepwiseFit {
 public:
  explicit StepwiseFit(steppe::stepwise::Protocol protocol)
      : regression_(protocol.chosen), protocol_(std::move(protocol)) {}

  void fitted(const steppe::OutputView& out) const { regression_.fitted(out); }
  Result<void> predict(const steppe::MatrixView& regressors,
                       const steppe::VectorView& probabilities,
                       const steppe::RegressionForecast& out, const steppe::Host& host) const {
    return regression_.predict(regressors, probabilities, out, host);
  }
  void report(steppe::Report& out) const { steppe::stepwise::write_report(protocol_, out); }
  steppe::LinearModelView linear_model() const { return regression_.linear_model(); }
  void save(steppe::Writer& writer) const { steppe::stepwise::save(protocol_, writer); }
  steppe::FitShape shape() const { return regression_.shape(); }

 private:
  steppe::numerics::LinearRegressionFit regression_;
  steppe::stepwise::Protocol protocol_;
};

constexpr const char* kDirections[] = {"both", "forward", "backward"};
constexpr const char* kCriteria[] = {"aicc", "aic", "bic"};

class Stepwise {
 public:
  using Fit = StepwiseFit;

  static constexpr steppe::ComponentInfo kInfo{
      "regression.stepwise", "1.0.0",
      "Least squares on regressors put in and taken out one at a time", "Steppe", "Apache-2.0"};
  static constexpr steppe::Option kOptions[] = {
      {.name = "direction",
       .type = steppe::OptionType::kString,
       .help = "Put in from none (forward), take out from all (backward), or both from all",
       .default_string = "both",
       .choices = kDirections},
      {.name = "criterion",
       .type = steppe::OptionType::kString,
       .help = "What a step has to lower",
       .default_string = "aicc",
       .choices = kCriteria},
      steppe::numerics::kForceOption,
      steppe::numerics::kInterceptOption,
      steppe::numerics::kCoverageOption};
  static constexpr steppe::Tag kTags[] = {{"intervals"},          {"deterministic"},
                                          {"concurrent_predict"}, {"scale_equivariant"},
                                          {"shift_equivariant"},  {"minimum_observations", 4}};

  explicit Stepwise(const steppe::Arguments& arguments)
      : settings_(kInfo.id, arguments), force_(arguments.strings("force")) {
    const auto direction = arguments.string("direction", kDirections[0]);
    if (direction == kDirections[1]) direction_ = StepDirection::kForward;
    if (direction == kDirections[2]) direction_ = StepDirection::kBackward;
    const auto criterion = arguments.string("criterion", kCriteria[0]);
    if (criterion == kCriteria[1]) criterion_ = SubsetCriterion::kAic;
    if (criterion == kCriteria[2]) criterion_ = SubsetCriterion::kBic;
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
    auto path = steppe::numerics::step_subsets(problem, direction_);
    if (!path) return path.error();
    auto chosen = steppe::numerics::fit_selected(settings_, data, path->columns, host);
    if (!chosen) return chosen.error();
    return std::make_unique<Fit>(
        steppe::stepwise::Protocol{*std::move(chosen), criterion_, *std::move(path)});
  }

  static constexpr std::uint32_t kSavedSchema = steppe::stepwise::kSavedSchema;
  Result<std::unique_ptr<Fit>> load(std::uint32_t, steppe::Reader& reader) const {
    auto protocol = steppe::stepwise::load(reader);
    if (!protocol) return protocol.error();
    reader.must(protocol->chosen.fit.intercept == settings_.intercept,
                "it has another intercept than its options");
    reader.must(protocol->criterion == criterion_, "it has another criterion than its options");
    return std::make_unique<Fit>(*std::move(protocol));
  }

 private:
  steppe::numerics::LinearSettings settings_;
  std::vector<std::string> force_;
  StepDirection direction_ = StepDirection::kBoth;
  SubsetCriterion criterion_ = SubsetCriterion::kAicc;
};

STEPPE_PLUGIN(Stepwise);

}  // namespace
