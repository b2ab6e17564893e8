// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/selected_regression.hpp"

#include <algorithm>

namespace steppe::numerics {

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
  return std::nullopt;
}

SubsetProblem subset_problem(const LinearSettings& settings, const RegressionData& data,
                             const Host& host) {
  SubsetProblem out;
  out.design = data.regressors;
  out.response = data.target;
  out.intercept = settings.intercept;
  for (const std::string& name : data.regressor_names)
    out.column_names.push_back("\"" + name + "\"");
  out.response_name = "\"" + data.target_name + "\"";
  out.cancelled = [&host] { return host.cancelled(); };
  return out;
}

Result<LinearProtocol> fit_selected(const LinearSettings& settings, const RegressionData& data,
                                    const std::vector<std::size_t>& columns, const Host& host) {
  const ColumnChoice chosen = choose_columns(data.regressors, columns);
  RegressionData own = data;
  own.regressors = chosen.view();
  own.regressor_names.clear();
  for (const std::size_t j : columns) own.regressor_names.push_back(data.regressor_names[j]);
  auto fit = solve_regression(settings, own, host);
  if (!fit) return fit.error();
  LinearProtocol out;
  out.fit = spread_columns(*fit, columns, data.regressor_names.size());
  out.inference = infer(out.fit, settings.coverage);
  out.regressor_names = data.regressor_names;
  out.target_name = data.target_name;
  out.coverage = settings.coverage;
  const std::size_t offset = settings.intercept ? 1 : 0;
  for (std::size_t j = 0; j < data.regressor_names.size(); ++j) {
    if (std::binary_search(columns.begin(), columns.end(), j)) continue;
    for (auto* column : {&out.inference.standard_error, &out.inference.t, &out.inference.p,
                         &out.inference.lower, &out.inference.upper})
      (*column)[j + offset] = kUndefined;
  }
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
  out.table(anova_table(protocol.inference));
  out.table(coefficient_table(protocol));
  if (!protocol.fit.leverages.empty()) out.table(observation_table(protocol));
  out.warning("selected_regressors",
              "the regressors were chosen with the same data: standard errors, p values and "
              "intervals are those of a regression that was fixed beforehand, and too optimistic");
  warn_of_design(protocol, out);
  warn_of_fit(protocol, out);
  warn_of_coefficients(protocol, out);
  warn_of_leverage(protocol, out);
}

}  // namespace steppe::numerics
