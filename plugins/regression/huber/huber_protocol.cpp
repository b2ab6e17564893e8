// SPDX-License-Identifier: Apache-2.0
#include "huber_protocol.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>
#include <string>

namespace steppe::huber {
namespace {

constexpr std::size_t kManyRows = 10000;  // from here on no row of its own for each observation
constexpr std::size_t kMostListed = 1000;
constexpr std::size_t kNamed = 5;
// Huber 1981, Robust Statistics, 7.2: above it the row decides its own fit.
constexpr double kHighLeverage = 0.5;

// Three significant digits.
std::string short_number(double value) {
  char buffer[40];
  const auto end =
      std::to_chars(buffer, buffer + sizeof(buffer), value, std::chars_format::general, 3).ptr;
  return {buffer, end};
}

std::string row_name(std::size_t row) { return "row " + std::to_string(row + 1); }

// Rows of weight below 1, the lightest first.
std::vector<std::size_t> light_rows(const Protocol& protocol) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < protocol.weights.size(); ++i)
    if (protocol.weights[i] < 1.0) rows.push_back(i);
  std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
    return protocol.weights[a] < protocol.weights[b];
  });
  return rows;
}

std::string light_text(const Protocol& protocol, const std::vector<std::size_t>& rows) {
  if (rows.empty()) return "none";
  std::string text = std::to_string(rows.size()) + " of " +
                     std::to_string(protocol.weights.size()) + ", the lightest:";
  for (std::size_t k = 0; k < std::min(rows.size(), kNamed); ++k)
    text += (k == 0 ? " " : ", ") + row_name(rows[k]) + " (weight " +
            short_number(protocol.weights[rows[k]]) + ")";
  return text;
}

Table weight_table(const Protocol& protocol) {
  Table table{.name = "observations", .columns = {"fitted", "residual", "weight"}};
  for (std::size_t i = 0; i < protocol.weights.size(); ++i)
    table.values.insert(
        table.values.end(),
        {protocol.linear.fit.fitted[i], protocol.linear.fit.residuals[i], protocol.weights[i]});
  return table;
}

Table light_table(const Protocol& protocol, const std::vector<std::size_t>& rows) {
  Table table{.name = "down_weighted", .columns = {"row", "fitted", "residual", "weight"}};
  for (std::size_t k = 0; k < std::min(rows.size(), kMostListed); ++k)
    table.add_row(row_name(rows[k]),
                  {static_cast<double>(rows[k] + 1), protocol.linear.fit.fitted[rows[k]],
                   protocol.linear.fit.residuals[rows[k]], protocol.weights[rows[k]]});
  return table;
}

void write_numbers(const Protocol& protocol, std::size_t light, Report& out) {
  const auto& linear = protocol.linear;
  out.scalar("scale", protocol.scale);
  out.scalar("observations", static_cast<double>(linear.fit.observations), "observations");
  out.scalar("rank", static_cast<double>(linear.fit.rank), "1");
  out.scalar("residual_degrees_of_freedom", linear.inference.residual_dof, "1");
  out.scalar("down_weighted", static_cast<double>(light), "observations");
  out.scalar("iterations", static_cast<double>(protocol.iterations), "1");
  out.scalar("equation_error", protocol.equation_error, "1");
  out.scalar("condition_number", linear.fit.condition_number, "1");
}

void warn_of_huber(const Protocol& protocol, Report& out) {
  const auto& inference = protocol.linear.inference;
  constexpr double kFewDegreesOfFreedom = 5.0;
  if (inference.residual_dof == 0.0) {
    out.warning("saturated_fit",
                "as many coefficients as observations: the fit passes through every point whatever "
                "the data, so standard errors, t and p are undefined and forecasts have no "
                "interval");
    return;
  }
  if (protocol.exact())
    out.warning("exact_fit",
                "the residuals of at least half of the rows are no larger than the rounding of the "
                "data: the scale is 0, the other rows have weight 0, standard errors are 0 and t "
                "and p are undefined");
  if (std::isnan(protocol.covariance_factor))
    out.warning("no_central_rows",
                "no residual is inside the tuning constant times the scale: standard errors, t and "
                "p are undefined; use a larger tuning constant");
  if (inference.residual_dof < kFewDegreesOfFreedom)
    out.warning("few_degrees_of_freedom", "only " + short_number(inference.residual_dof) +
                                              " residual degrees of freedom: the scale is hardly "
                                              "known, and standard errors are asymptotic");
}

void warn_of_high_leverage(const Protocol& protocol, Report& out) {
  std::string rows;
  for (std::size_t i = 0; i < protocol.leverages.size(); ++i)
    if (protocol.leverages[i] > kHighLeverage)
      rows += (rows.empty() ? "" : ", ") + row_name(i) + " (" +
              short_number(protocol.leverages[i]) + ")";
  if (rows.empty() || protocol.linear.inference.residual_dof == 0.0) return;
  out.warning("leverage_not_bounded",
              "Huber's estimate bounds what a target value may do, not what a row far from the "
              "others may: leverage above 0.5 in " +
                  rows);
}

bool sizes_fit(const Protocol& p) {
  const std::size_t n = p.linear.fit.fitted.size();
  return p.weights.size() == n && (p.leverages.empty() || p.leverages.size() == n) &&
         !(p.scale < 0.0) && !(p.covariance_factor < 0.0);
}

}  // namespace

void write_report(const Protocol& protocol, Report& out) {
  const std::vector<std::size_t> light = light_rows(protocol);
  out.text("equation", numerics::equation_text(protocol.linear));
  out.text("down_weighted_rows", light_text(protocol, light));
  write_numbers(protocol, light.size(), out);
  out.table(numerics::coefficient_table(protocol.linear));
  if (protocol.weights.size() < kManyRows) out.table(weight_table(protocol));
  if (!light.empty()) out.table(light_table(protocol, light));
  numerics::warn_of_design(protocol.linear, out);
  warn_of_huber(protocol, out);
  numerics::warn_of_coefficients(protocol.linear, out);
  warn_of_high_leverage(protocol, out);
}

void save(const Protocol& protocol, Writer& writer) {
  writer.u32(numerics::kLinearProtocolSchema);
  numerics::save(protocol.linear, writer);
  writer.f64s(protocol.weights);
  writer.f64s(protocol.leverages);
  for (const double value : {protocol.scale, protocol.tuning, protocol.covariance_factor,
                             protocol.central_share, protocol.equation_error})
    writer.f64(value);
  writer.u64(protocol.iterations);
}

Result<Protocol> load(Reader& reader) {
  if (!reader.must(reader.u32() == numerics::kLinearProtocolSchema,
                   "its protocol is of another form"))
    return reader.error();
  auto linear = numerics::load_linear_protocol(reader);
  if (!linear) return linear.error();
  Protocol protocol;
  protocol.linear = *std::move(linear);
  protocol.weights = reader.finites();
  protocol.leverages = reader.finites();
  for (double* value : {&protocol.scale, &protocol.tuning, &protocol.covariance_factor,
                        &protocol.central_share, &protocol.equation_error})
    *value = reader.f64();
  protocol.iterations = static_cast<std::size_t>(reader.u64());
  reader.must(sizes_fit(protocol), "the parts of the regression differ in size");
  if (!reader.ok()) return reader.error();
  return protocol;
}

}  // namespace steppe::huber
