// SPDX-License-Identifier: Apache-2.0
// Against statsmodels, tseries and urca: tests/reference/diagnostics.

#include "steppe/numerics/unit_root.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "diagnostics_reference.hpp"
#include "mackinnon.hpp"

namespace steppe::numerics {
namespace {

using test::correct_digits;
using test::diagnostics_cases;
using test::DiagnosticsCase;
using test::DiagnosticsReference;

const DiagnosticsReference& unit_roots_of_r() {
  static const DiagnosticsReference reference("r.csv");
  return reference;
}
const DiagnosticsReference& unit_roots_of_statsmodels() {
  static const DiagnosticsReference reference("by_statsmodels.csv");
  return reference;
}

// x6 of Longley is the year: a straight line, which has no test.
bool is_line(const DiagnosticsCase& one, std::size_t column) {
  return one.name == "longley" && one.columns[column] == "x6";
}

TEST(AugmentedDickeyFuller, AgreesWithStatsmodels) {
  const DiagnosticsReference& reference = unit_roots_of_statsmodels();
  for (const DiagnosticsCase& one : diagnostics_cases()) {
    for (std::size_t c = 0; c < one.columns.size(); ++c) {
      if (is_line(one, c)) continue;
      for (const bool line : {false, true}) {
        for (const bool aic : {true, false}) {
          const UnitRootTest result =
              augmented_dickey_fuller({one.values[c].data(), one.rows()},
                                      line ? Deterministics::kTrend : Deterministics::kConstant,
                                      aic ? LagCriterion::kAic : LagCriterion::kBic);
          const std::string key = std::string("adf_") + (line ? "ct_" : "c_") +
                                  (aic ? "aic_" : "bic_") + one.columns[c];
          const std::string what = one.name + " " + key;
          EXPECT_EQ(double(result.lags), reference.at(one.name, key + "_lags")) << what;
          EXPECT_EQ(double(result.observations), reference.at(one.name, key + "_observations"))
              << what;
          EXPECT_GE(correct_digits(result.statistic, reference.at(one.name, key)), 7.5) << what;
          EXPECT_NEAR(result.p, reference.at(one.name, key + "_p"), 1e-9) << what;
          EXPECT_GE(correct_digits(result.critical_5, reference.at(one.name, key + "_critical")),
                    12)
              << what;
        }
      }
    }
  }
}

TEST(Kpss, AgreesWithTseriesAndStatsmodels) {
  for (const DiagnosticsCase& one : diagnostics_cases()) {
    for (std::size_t c = 0; c < one.columns.size(); ++c) {
      for (const bool line : {false, true}) {
        if (line && is_line(one, c)) continue;
        const UnitRootTest result = kpss({one.values[c].data(), one.rows()},
                                         line ? Deterministics::kTrend : Deterministics::kConstant);
        const std::string r = std::string(line ? "kpss_Trend_" : "kpss_Level_") + one.columns[c];
        const std::string py = std::string(line ? "kpss_ct_" : "kpss_c_") + one.columns[c];
        EXPECT_EQ(double(result.lags), unit_roots_of_r().at(one.name, r + "_lags"));
        EXPECT_GE(correct_digits(result.statistic, unit_roots_of_r().at(one.name, r)), 9) << r;
        EXPECT_GE(correct_digits(result.p, unit_roots_of_r().at(one.name, r + "_p")), 9) << r;
        EXPECT_GE(correct_digits(result.statistic, unit_roots_of_statsmodels().at(one.name, py)), 9)
            << py;
      }
    }
  }
}

TEST(EngleGranger, AgreesWithStatsmodels) {
  const DiagnosticsReference& reference = unit_roots_of_statsmodels();
  for (const DiagnosticsCase& one : diagnostics_cases()) {
    const VectorView target(one.values[0].data(), one.rows());
    for (std::size_t c = 1; c < one.columns.size(); ++c) {
      const UnitRootTest result = engle_granger(target, {one.values[c].data(), one.rows(), 1});
      const std::string key = "eg_" + one.columns[c];
      EXPECT_GE(correct_digits(result.statistic, reference.at(one.name, key)), 7.5)
          << one.name << key;
      EXPECT_NEAR(result.p, reference.at(one.name, key + "_p"), 1e-9) << one.name << key;
      EXPECT_GE(correct_digits(result.critical_5, reference.at(one.name, key + "_critical")), 12);
    }
    const UnitRootTest all =
        engle_granger(target, {one.design.data(), one.rows(), one.columns.size() - 1});
    if (one.name == "longley") {  // seven variables: no table
      EXPECT_TRUE(std::isnan(all.p));
      continue;
    }
    EXPECT_GE(correct_digits(all.statistic, reference.at(one.name, "eg_all")), 7.5) << one.name;
    EXPECT_NEAR(all.p, reference.at(one.name, "eg_all_p"), 1e-9) << one.name;
    EXPECT_GE(correct_digits(all.critical_5, reference.at(one.name, "eg_all_critical")), 12);
  }
}

// Other programs agree with each other to eight digits where the series are long and nearly
// straight.
TEST(UnitRoots, AgreeWithSixtyDigits) {
  const DiagnosticsReference exact("unit_roots_mpmath.csv");
  for (const DiagnosticsCase& one : diagnostics_cases()) {
    const VectorView target(one.values[0].data(), one.rows());
    for (std::size_t c = 0; c < one.columns.size(); ++c) {
      const VectorView column(one.values[c].data(), one.rows());
      for (const bool line : {false, true}) {
        if (is_line(one, c)) continue;
        const UnitRootTest result = augmented_dickey_fuller(
            column, line ? Deterministics::kTrend : Deterministics::kConstant, LagCriterion::kAic);
        const std::string key = std::string(line ? "adf_ct_" : "adf_c_") + one.columns[c];
        EXPECT_GE(correct_digits(result.statistic, exact.at(one.name, key, result.lags)), 11.0)
            << one.name << key;
      }
      if (c == 0) continue;
      const UnitRootTest pair = engle_granger(target, {one.values[c].data(), one.rows(), 1});
      EXPECT_GE(
          correct_digits(pair.statistic, exact.at(one.name, "eg_" + one.columns[c], pair.lags)),
          11.0)
          << one.name << one.columns[c];
    }
  }
}

TEST(StraightLine, AgreesWithR) {
  for (const DiagnosticsCase& one : diagnostics_cases()) {
    for (std::size_t c = 0; c < one.columns.size(); ++c) {
      if (is_line(one, c)) continue;
      const LineTest line = test_line({one.values[c].data(), one.rows()});
      const std::string& name = one.columns[c];
      EXPECT_GE(correct_digits(line.t, unit_roots_of_r().at(one.name, "line_t_" + name)), 9);
      EXPECT_GE(correct_digits(line.p, unit_roots_of_r().at(one.name, "line_p_" + name)), 8);
    }
  }
}

// MacKinnon 1994, table 4 gives p of 5 % critical values; here the printed asymptotic ones of his
// table 2: -2.86 with a constant, -3.41 with a line, -1.94 without, -3.336 for two
// variables.
TEST(MacKinnon, GivesFivePerCentAtItsCriticalValues) {
  EXPECT_NEAR(detail::mackinnon_p(-2.86, Deterministics::kConstant, 1), 0.05, 5e-4);
  EXPECT_NEAR(detail::mackinnon_p(-3.41, Deterministics::kTrend, 1), 0.05, 5e-4);
  EXPECT_NEAR(detail::mackinnon_p(-1.94, Deterministics::kNone, 1), 0.05, 5e-4);
  EXPECT_NEAR(detail::mackinnon_p(-3.336, Deterministics::kConstant, 2), 0.05, 5e-4);
  EXPECT_EQ(detail::mackinnon_p(3.0, Deterministics::kConstant, 1), 1.0);
  EXPECT_EQ(detail::mackinnon_p(-30.0, Deterministics::kConstant, 1), 0.0);
  EXPECT_TRUE(std::isnan(detail::mackinnon_p(-3.0, Deterministics::kConstant, 7)));
}

// -2.86154 - 2.8903 / 100 - 4.234 / 100^2 - 40.040 / 100^3 (MacKinnon 2010, table 2).
TEST(MacKinnon, GivesCriticalValuesOfSmallSamples) {
  EXPECT_NEAR(detail::mackinnon_critical_5(Deterministics::kConstant, 1, 100), -2.89090644, 1e-8);
  EXPECT_TRUE(std::isnan(detail::mackinnon_critical_5(Deterministics::kConstant, 13, 100)));
}

TEST(UnitRoots, SayWhyASeriesHasNoTest) {
  const std::vector<double> constant(20, 4.5);
  const std::vector<double> three = {1, 2, 4};
  std::vector<double> line;
  for (int i = 0; i < 20; ++i) line.push_back(1950.0 + i);
  const VectorView still(constant.data(), 20), straight(line.data(), 20), few(three.data(), 3);
  EXPECT_EQ(augmented_dickey_fuller(still, Deterministics::kConstant).reason,
            "the series never changes");
  EXPECT_EQ(kpss(still, Deterministics::kConstant).reason, "the series never changes");
  EXPECT_EQ(augmented_dickey_fuller(few, Deterministics::kTrend).reason,
            "3 observations are too few");
  EXPECT_EQ(kpss(few, Deterministics::kTrend).reason, "3 observations are too few");
  EXPECT_EQ(kpss(straight, Deterministics::kTrend).reason, "the series lies on a straight line");
  EXPECT_NE(augmented_dickey_fuller(straight, Deterministics::kTrend).reason, "");
  EXPECT_TRUE(std::isnan(augmented_dickey_fuller(straight, Deterministics::kTrend).p));
  EXPECT_EQ(engle_granger(straight, {line.data(), 20, 1}).reason,
            "the regressors give the target without error");
  EXPECT_EQ(test_line(straight).p, 0.0);
  EXPECT_TRUE(std::isnan(test_line(still).p));
}

}  // namespace
}  // namespace steppe::numerics
