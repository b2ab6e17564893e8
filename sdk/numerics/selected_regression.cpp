// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/selected_regression.hpp"

#include <algorithm>
#include <utility>

namespace steppe::numerics {
namespace {

// Columns of the regressors with these names, ascending.
Result<std::vector<std::size_t>> columns_named(const std::vector<std::string>& names,
                                               const RegressionData& data) {
  std::vector<std::size_t> out;
  const auto& all = data.regressor_names;
  for (const std::string& name : names) {
    const auto found = std::find(all.begin(), all.end(), name);
    if (found == all.end()) {
      std::string known;
      for (const std::string& one : all) known += (known.empty() ? "" : ", ") + one;
      return Error{
          ErrorKind::kInvalidConfig,
          "\"force\" names \"" + name + "\", which is not a regressor; there are: " + known,
          {},
          {}};
    }
    const auto column = static_cast<std::size_t>(found - all.begin());
    if (std::find(out.begin(), out.end(), column) == out.end()) out.push_back(column);
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::optional<Error> find_selection_problem(const LinearSettings& settings,
                                            const RegressionData& data) {
  RegressionData none = data;  // without columns: their number is no problem
  none.regressor_names.clear();
  if (auto error = find_problem(settings, none)) return error;
  const auto& names = data.regressor_names;
  if (settings.intercept && std::find(names.begin(), names.end(), "intercept") != names.end())
    return Error{ErrorKind::kInvalidConfig,
                 "a regressor is named \"intercept\", the name of the constant term; rename it or "
                 "set \"intercept\": false",
                 {},
                 {}};
  if (data.target.size() == 0)
    return Error{ErrorKind::kInsufficientData, "there are no observations", {}, "N1"};
  return find_untransformable(settings, data);
}

// Inference of the chosen columns in the shape of all: what was not chosen has no number.
void spread_inference(const std::vector<std::size_t>& columns, std::size_t all, bool intercept,
                      LinearInference& inference) {
  const std::size_t offset = intercept ? 1 : 0;
  const std::size_t own = columns.size() + offset;
  const std::size_t q = all + offset;
  const auto place = [&](std::size_t b) { return b < offset ? b : columns[b - offset] + offset; };
  for (auto* column : {&inference.standard_error, &inference.t, &inference.p, &inference.lower,
                       &inference.upper}) {
    std::vector<double> spread(q, kUndefined);
    for (std::size_t b = 0; b < own; ++b) spread[place(b)] = (*column)[b];
    *column = std::move(spread);
  }
  std::vector<double> covariance(q * q, 0.0);
  for (std::size_t a = 0; a < own; ++a)
    for (std::size_t b = 0; b < own; ++b)
      covariance[place(a) * q + place(b)] = inference.covariance[a * own + b];
  inference.covariance = std::move(covariance);
}

}  // namespace

Result<SelectionSettings> SelectionSettings::read(const char* plugin_id,
                                                  const Arguments& arguments) {
  auto linear = LinearSettings::read(plugin_id, arguments);
  if (!linear) return linear.error();
  linear->weights = WeightUse::kOptional;
  return SelectionSettings{*std::move(linear), arguments.strings("force")};
}

Result<std::unique_ptr<SelectionTask>> selection_task(const SelectionSettings& settings,
                                                      const RegressionData& data,
                                                      const Host& host) {
  if (auto error = find_selection_problem(settings.linear, data)) return *std::move(error);
  auto forced = columns_named(settings.force, data);
  if (!forced) return forced.error();
  auto scaled = scale_target(settings.linear, data, host);
  if (!scaled) return scaled.error();
  auto out = std::make_unique<SelectionTask>(
      SelectionTask{settings.linear, data, std::move(scaled->values), {}});
  SubsetProblem& problem = out->problem;
  problem.design = data.regressors;
  problem.response = data.target;
  problem.weights = data.weights;
  if (scaled->scale.changes()) {
    problem.response = {out->scaled_target.data(), out->scaled_target.size()};
    if (scaled->scale.lambda_estimated) {
      out->linear.box_cox_lambda = scaled->scale.transform.lambda();
      out->linear.lambda_estimate_at_limit = scaled->scale.lambda_at_limit;
    }
  }
  problem.intercept = settings.linear.intercept;
  problem.forced = *std::move(forced);
  for (const std::string& name : data.regressor_names)
    problem.column_names.push_back("\"" + name + "\"");
  problem.response_name = "\"" + data.target_name + "\"";
  problem.cancelled = [&host] { return host.cancelled(); };
  return out;
}

Result<LinearProtocol> fit_selected(const SelectionTask& task,
                                    const std::vector<std::size_t>& columns, const Host& host) {
  const ColumnChoice chosen = choose_columns(task.data.regressors, columns);
  RegressionData own = task.data;
  own.regressors = chosen.view();
  own.regressor_names.clear();
  for (const std::size_t j : columns) own.regressor_names.push_back(task.data.regressor_names[j]);
  auto out = fit_linear(task.linear, own, host);
  if (!out) return out;
  const std::size_t all = task.data.regressor_names.size();
  out->fit = spread_columns(out->fit, columns, all);
  spread_inference(columns, all, task.linear.intercept, out->inference);
  out->regressor_names = task.data.regressor_names;
  return out;
}

std::string subset_text(const LinearProtocol& protocol, const std::vector<std::size_t>& columns) {
  if (columns.empty()) return protocol.fit.intercept ? "intercept" : "nothing";
  std::string out;
  for (const std::size_t j : columns) {
    if (!out.empty()) out += " + ";
    out += protocol.regressor_names[j];
  }
  return out;
}

void write_selected_protocol(const LinearProtocol& protocol, const std::vector<std::size_t>& chosen,
                             Report& out) {
  LinearProtocol named = protocol;  // the equation leaves out what is undefined
  const std::size_t offset = protocol.fit.intercept ? 1 : 0;
  for (std::size_t j = 0; j < protocol.regressor_names.size(); ++j)
    if (!std::binary_search(chosen.begin(), chosen.end(), j))
      named.fit.coefficients[j + offset] = kUndefined;
  out.text("equation", equation_text(named));
  out.text("selected", subset_text(protocol, chosen));
  write_scalars(protocol, out);
  write_settings(protocol, out);
  out.table(anova_table(protocol.inference));
  out.table(coefficient_table(protocol));
  if (!protocol.fit.leverages.empty()) out.table(observation_table(protocol));
  out.warning("selected_regressors",
              "the regressors were chosen with the same data: standard errors, p values and "
              "intervals are those of a regression that was fixed beforehand, and too optimistic");
  warn_of_design(protocol, out);
  warn_of_fit(protocol, out);
  warn_of_settings(protocol, out);
  warn_of_coefficients(protocol, out);
  warn_of_leverage(protocol, out);
}

}  // namespace steppe::numerics
