// SPDX-License-Identifier: Apache-2.0
#pragma once

// What regressions that choose among their regressors share: names to columns, the refit of the
// chosen ones as a regression in all, and the protocol of it. How they choose:
// subset_selection.hpp.

#include <string>
#include <vector>

#include "steppe/numerics/linear_regression.hpp"
#include "steppe/numerics/subset_selection.hpp"

namespace steppe::numerics {

inline constexpr Option kForceOption = {
    .name = "force", .type = OptionType::kStringList, .help = "Regressors that are always in"};

// The rows that both have behind their own.
inline constexpr std::array kSelectionOptions = {
    kForceOption,         kInterceptOption, kCoverageOption,     kCovarianceOption,
    kCovarianceLagOption, kTransformOption, kBoxCoxLambdaOption, kPointOption};

// The options of a regression that chooses, without how.
struct SelectionSettings {
  static Result<SelectionSettings> read(const char* plugin_id, const Arguments& arguments);

  LinearSettings linear;
  std::vector<std::string> force;
};

// What is to be chosen among: the target on the scale of the fit, and the problem over it, to be
// completed by the criterion. Lambda is that of all regressors, and stays in the final fit.
struct SelectionTask {
  LinearSettings linear;
  RegressionData data;
  std::vector<double> scaled_target;  // of a transform
  SubsetProblem problem;              // views the data and the scaled target
};

// Errors: invalid_config for a forced name that no regressor has or a regressor named like the
// constant term; insufficient_data without rows; those of find_untransformable and scale_target.
// More columns than rows are no problem here.
Result<std::unique_ptr<SelectionTask>> selection_task(const SelectionSettings& settings,
                                                      const RegressionData& data, const Host& host);

// Least squares of the chosen columns as a protocol of all: a regressor that was not chosen has the
// coefficient 0, no standard error and no test.
Result<LinearProtocol> fit_selected(const SelectionTask& task,
                                    const std::vector<std::size_t>& columns, const Host& host);

// The fit of a regression that chose, as steppe::RegressionFit. A Protocol has the member `chosen`,
// a LinearProtocol, and write_report(Report&) and save(Writer&).
template <typename Protocol>
class SelectedFit {
 public:
  explicit SelectedFit(Protocol protocol)
      : regression_(protocol.chosen), protocol_(std::move(protocol)) {}

  void fitted(const OutputView& out) const { regression_.fitted(out); }
  Result<void> predict(const MatrixView& regressors, const VectorView& probabilities,
                       const RegressionForecast& out, const Host& host) const {
    return regression_.predict(regressors, probabilities, out, host);
  }
  void report(Report& out) const { protocol_.write_report(out); }
  LinearModelView linear_model() const { return regression_.linear_model(); }
  void save(Writer& writer) const { protocol_.save(writer); }
  FitShape shape() const { return regression_.shape(); }

 private:
  LinearRegressionFit regression_;
  Protocol protocol_;
};

// "mining + oil"; "intercept" or "nothing" for none.
std::string subset_text(const LinearProtocol& protocol, const std::vector<std::size_t>& columns);

// The protocol of a regression that chose, and the warning that what follows from it is too
// optimistic. `chosen` ascending.
void write_selected_protocol(const LinearProtocol& protocol, const std::vector<std::size_t>& chosen,
                             Report& out);

}  // namespace steppe::numerics
