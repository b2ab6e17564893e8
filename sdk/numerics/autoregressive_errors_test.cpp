// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/autoregressive_errors.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "reference_files.hpp"

namespace steppe::numerics {
namespace {

constexpr double kSerialCoverage = 0.95;

struct SerialData {
  std::vector<double> x;
  std::vector<double> y;
  std::size_t columns = 0;
  VectorView response() const { return {y.data(), y.size()}; }
  MatrixView design() const { return {x.data(), y.size(), columns}; }
};

struct SerialCase {
  LeastSquaresFit ordinary;
  AutoregressiveFit fit;
  LinearInference inference;
};

SerialData serial_data(const std::string& name) {
  SerialData out;
  for (const test::Cells& cells : test::read_reference("select/gls_ar_data.csv")) {
    if (cells[0] != name) continue;
    out.y.push_back(test::number(cells[2]));
    out.columns = cells.size() - 3;
    for (std::size_t j = 3; j < cells.size(); ++j) out.x.push_back(test::number(cells[j]));
  }
  return out;
}

Result<SerialCase> try_serial(const SerialData& data, FirstRow first_row,
                              std::optional<double> rho = {}) {
  LeastSquaresProblem start;
  start.design = data.design();
  start.response = data.response();
  SerialCase out{solve_least_squares(start).value(), {}, {}};
  auto fit =
      solve_autoregressive({data.design(), data.response(), first_row, rho, {}}, out.ordinary);
  if (!fit) return fit.error();
  out.fit = *std::move(fit);
  out.inference = infer(out.fit, true, kSerialCoverage);
  return out;
}

const std::vector<std::vector<double>>& new_rows_of(const std::string& name) {
  static const std::map<std::string, std::vector<std::vector<double>>> rows = {
      {"huron", {{1973}, {1974}, {1975}, {1976}}},
      {"longley", {{570, 131}, {590, 132.5}, {610, 134}, {630, 135}}},
      {"deaths", {{900}, {800}, {700}, {600}}}};
  return rows.at(name);
}

double forecast_quantity(const SerialCase& c, const std::string& name, const std::string& quantity,
                         std::size_t step) {
  const std::vector<double>& row = new_rows_of(name)[step - 1];
  const AutoregressiveValue value = predict(c.fit, c.ordinary, {row.data(), row.size()}, step);
  const double s = c.inference.residual_deviation;
  if (quantity == "forecast" || quantity == "iterated_forecast") return value.mean;
  if (quantity == "forecast_se_mean") return s * std::sqrt(value.coefficients);
  if (quantity == "innovation_deviation") return s * std::sqrt(value.innovations);
  return s * std::sqrt(value.coefficients + value.innovations);
}

double serial_quantity(const SerialCase& c, const std::string& name, const std::string& quantity,
                       std::size_t index) {
  const LinearInference& i = c.inference;
  if (quantity == "rho" || quantity == "iterated_rho") return c.fit.rho;
  if (quantity == "rho_standard_error") return c.fit.rho_standard_error;
  if (quantity == "estimate") return c.fit.coefficients[index - 1];
  if (quantity == "standard_error" || quantity == "iterated_standard_error")
    return i.standard_error[index - 1];
  if (quantity == "t") return i.t[index - 1];
  if (quantity == "p") return i.p[index - 1];
  if (quantity == "lower_95") return i.lower[index - 1];
  if (quantity == "upper_95") return i.upper[index - 1];
  if (quantity == "residual_ss") return i.residual_ss;
  if (quantity == "standard_error_of_fit") return i.residual_deviation;
  if (quantity == "transformed_r_squared") return i.r_squared;
  if (quantity == "f") return i.f;
  if (quantity == "significance_f") return i.significance_f;
  if (quantity == "durbin_watson_original") return infer(c.ordinary, kSerialCoverage).durbin_watson;
  if (quantity == "durbin_watson") return i.durbin_watson;
  if (quantity == "log_likelihood") return i.log_likelihood;
  if (quantity == "fitted") return c.fit.fitted[index - 1];
  if (quantity == "r_squared") return c.fit.r_squared;
  return forecast_quantity(c, name, quantity, index);
}

void compare_serial_fits(const std::string& file, double digits) {
  std::map<std::string, SerialCase> cases;
  std::size_t compared = 0;
  for (const test::Cells& cells : test::read_reference(file)) {
    const std::string key = cells[0] + cells[1];
    const FirstRow first_row = cells[1] == "prais_winsten" ? FirstRow::kKept : FirstRow::kLeftOut;
    if (!cases.contains(key))
      cases.emplace(key, try_serial(serial_data(cells[0]), first_row).value());
    const double seen = serial_quantity(cases.at(key), cells[0], cells[2],
                                        static_cast<std::size_t>(test::number(cells[3])));
    EXPECT_GE(test::correct_digits(seen, test::number(cells[4])), digits)
        << cells[0] << " " << cells[1] << " " << cells[2] << " " << cells[3] << ": " << seen;
    ++compared;
  }
  EXPECT_GT(compared, 12u);
}

// R: the covariance matrix of all errors, root finding, linear prediction.
TEST(AutoregressiveErrors, AgreeWithWholeCovarianceMatricesInR) {
  compare_serial_fits("select/gls_ar_r.csv", 9.0);
}

TEST(AutoregressiveErrors, AgreeWithStatsmodels) {
  compare_serial_fits("select/gls_ar_statsmodels.csv", 9.0);
}

// gretl stops where rho changes by less than 1e-6.
TEST(AutoregressiveErrors, AgreeWithGretlAsFarAsItIterates) {
  compare_serial_fits("select/gls_ar_gretl.csv", 5.9);
}

// y = 10 + u with u = 1, -1, 1, -1, 1, -1 and a constant alone: by hand, rho given as -1/2,
// Prais-Winsten: transformed constant sqrt(3)/2, 3/2 ...; weights 3/4 and 5 times 9/4.
TEST(AutoregressiveErrors, AreSolvedByHandForAGivenRho) {
  const SerialData data{{}, {11, 9, 11, 9, 11, 9}, 0};
  const SerialCase c = try_serial(data, FirstRow::kKept, -0.5).value();
  // sum of w_t z_t y_t: 3/4 * 1 at the first row; u_t + u_(t-1)/2 is -1/2, 1/2, ... times 3/2.
  EXPECT_NEAR(c.fit.coefficients[0], 10.0 + (0.75 * 1 + 1.5 * -0.5) / (0.75 + 5 * 2.25), 1e-15);
  EXPECT_NEAR(c.inference.residual_ss, 0.75 + 5 * 0.25, 1e-14);
  EXPECT_TRUE(std::isnan(c.fit.rho_standard_error));
  EXPECT_EQ(c.fit.iterations, 0u);
}

// Cochrane-Orcutt on y = 1, 2, 4, 8 with a constant alone, rho given as 1/2: the transformed rows
// 1.5, 3, 6 on 1/2: level 7, residuals -2, -0.5, 2.5.
TEST(AutoregressiveErrors, LeaveOutTheFirstRowAfterCochraneAndOrcutt) {
  const SerialData data{{}, {1, 2, 4, 8}, 0};
  const SerialCase c = try_serial(data, FirstRow::kLeftOut, 0.5).value();
  EXPECT_EQ(c.fit.rows_used, 3u);
  EXPECT_NEAR(c.fit.coefficients[0], 7.0, 1e-14);
  EXPECT_NEAR(c.inference.residual_ss, 4 + 0.25 + 6.25, 1e-13);
  EXPECT_NEAR(c.inference.residual_variance, 10.5 / 2, 1e-13);
  const AutoregressiveValue next = predict(c.fit, c.ordinary, {}, 2);
  EXPECT_NEAR(next.mean, 7 + 0.25 * (8 - 7), 1e-14);
  EXPECT_NEAR(next.innovations, 1.25, 1e-15);                       // 1 + rho^2
  EXPECT_NEAR(next.coefficients, 0.75 * 0.75 / (3 * 0.25), 1e-15);  // d = 1 - rho^2
}

TEST(AutoregressiveErrors, AreShiftedAndScaledWithTheData) {
  SerialData data = serial_data("huron");
  const SerialCase plain = try_serial(data, FirstRow::kKept).value();
  for (double& y : data.y) y = 1e6 * (y + 4e3);
  for (double& x : data.x) x = 1e-3 * (x + 1e6);
  const SerialCase mapped = try_serial(data, FirstRow::kKept).value();
  EXPECT_GE(test::correct_digits(mapped.fit.rho, plain.fit.rho), 8.0);
  EXPECT_GE(test::correct_digits(mapped.fit.coefficients[1], 1e9 * plain.fit.coefficients[1]), 8.0);
}

TEST(AutoregressiveErrors, HaveNoRhoWhereTheDataLieOnTheLine) {
  SerialData data{{1, 2, 3, 4, 5, 6}, {3, 5, 7, 9, 11, 13}, 1};
  const SerialCase c = try_serial(data, FirstRow::kKept).value();
  EXPECT_TRUE(c.fit.exact);
  EXPECT_TRUE(std::isnan(c.fit.rho));
  EXPECT_EQ(c.inference.residual_ss, 0.0);
  EXPECT_NEAR(c.fit.coefficients[1], 2.0, 1e-15);
  const double x = 8;
  EXPECT_NEAR(predict(c.fit, c.ordinary, {&x, 1}, 2).mean, 17.0, 1e-14);
}

TEST(AutoregressiveErrors, RefuseFewerRowsThanTheyNeed) {
  const SerialData data{{}, {1, 2, 4}, 0};
  const auto kept = try_serial({{}, {1, 2}, 0}, FirstRow::kKept);
  ASSERT_FALSE(kept.ok());
  EXPECT_EQ(kept.error().kind, ErrorKind::kInsufficientData);
  EXPECT_EQ(kept.error().message,
            "2 observations for 1 coefficients and the autocorrelation of the errors; at least 3 "
            "are needed");
  EXPECT_FALSE(try_serial(data, FirstRow::kLeftOut).ok());
}

// Errors that double at every date: rho = 2 fits them without a residual.
TEST(AutoregressiveErrors, RefuseErrorsThatGrow) {
  SerialData data{{}, {}, 0};
  for (int t = 0; t < 12; ++t) data.y.push_back(std::ldexp(t % 2 == 0 ? 1.0 : -1.0, t));
  const auto fit = try_serial(data, FirstRow::kLeftOut);
  ASSERT_FALSE(fit.ok());
  EXPECT_EQ(fit.error().kind, ErrorKind::kDomainError);
  EXPECT_NE(fit.error().message.find("the errors are not stationary"), std::string::npos);
}

}  // namespace
}  // namespace steppe::numerics
