// SPDX-License-Identifier: Apache-2.0

// Every shipped estimator saves its fits: the same bits afterwards, and bytes that are not its own
// never more than an error.

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <string>
#include <vector>

#include "plugin_testing.hpp"
#include "trend_cases.hpp"

namespace steppe {
namespace {

using trend_cases::kInnovation;
using trend_cases::kMining;

const std::vector<double> kTime = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
const std::vector<double> kFuture = {11, 12, 15.5};
const std::vector<double> kLevels = {0.025, 0.5, 0.975};

struct TrendSetting {
  std::string id;
  Options options = {};
};

std::ostream& operator<<(std::ostream& out, const TrendSetting& s) { return out << s.id; }

// Ordinary series, a constant one, one on a curve, one that is fitted in another unit.
std::vector<double> block_values(std::size_t& series) {
  series = 5;
  std::vector<double> out;
  for (std::size_t i = 0; i < kTime.size(); ++i) {
    out.insert(out.end(), {kMining[i], kInnovation[i], 4.25, std::exp(0.5 * kTime[i]),
                           std::ldexp(kMining[i], -900)});
  }
  return out;
}

void append_bits(std::vector<std::uint64_t>& out, const std::vector<double>& values) {
  for (const double value : values) out.push_back(std::bit_cast<std::uint64_t>(value));
}

void append_report(std::vector<std::uint64_t>& bits, std::vector<std::string>& texts,
                   const FitReport& report) {
  for (const ReportScalar& scalar : report.scalars) append_bits(bits, {scalar.value});
  for (const ReportTable& table : report.tables) append_bits(bits, table.values);
  for (const ReportText& text : report.texts) texts.push_back(text.value);
  for (const Warning& warning : report.warnings) texts.push_back(warning.text);
}

// All that a fit can be asked.
struct Answers {
  std::vector<std::uint64_t> bits;
  std::vector<std::string> texts;
  bool operator==(const Answers&) const = default;
};

Answers answers_of(const TrendFit& fit) {
  Answers out;
  const char* names[] = {"r_squared_fit_scale", "r_squared_original_scale",
                         "adjusted_r_squared_fit_scale", "aicc", "bic"};
  append_bits(out.bits, *fit.statistics(names));
  append_bits(out.bits, *fit.fitted_values());
  const auto forecast = fit.predict(kFuture, kLevels);
  append_bits(out.bits, forecast->mean);
  append_bits(out.bits, forecast->standard_error);
  append_bits(out.bits, forecast->quantiles);
  for (std::size_t s = 0; s < fit.series_count(); ++s) {
    append_report(out.bits, out.texts, *fit.report(s));
  }
  return out;
}

class SavedTrend : public ::testing::TestWithParam<TrendSetting> {};

TEST_P(SavedTrend, GivesTheSameBitsAfterwards) {  // R45
  const TrendModel model = testing::open_trend(GetParam().id, GetParam().options);
  std::size_t m = 0;
  const std::vector<double> values = block_values(m);
  const auto fit =
      model.fit({.time = kTime, .values = values.data(), .series_count = m, .stride = m});
  ASSERT_TRUE(fit.ok());
  const auto saved = fit->save();
  ASSERT_TRUE(saved.ok()) << saved.error().message;
  EXPECT_EQ(saved->schema, 1u);
  const auto loaded = model.load({saved->schema, saved->bytes, kTime.size(), m});
  ASSERT_TRUE(loaded.ok()) << loaded.error().message;
  EXPECT_EQ(answers_of(*loaded), answers_of(*fit));
  EXPECT_EQ(loaded->save()->bytes, saved->bytes);
}

TEST_P(SavedTrend, RefusesBytesThatAreNotItsOwn) {
  const TrendModel model = testing::open_trend(GetParam().id, GetParam().options);
  const auto fit =
      model.fit({.time = kTime, .values = kInnovation.data(), .series_count = 1, .stride = 1});
  const FitBytes saved = *fit->save();
  const auto load = [&](const std::string& bytes) {
    return model.load({saved.schema, bytes, kTime.size(), 1});
  };
  for (std::size_t length = 0; length < saved.bytes.size(); ++length) {
    const auto loaded = load(saved.bytes.substr(0, length));
    ASSERT_FALSE(loaded.ok()) << length;
    EXPECT_EQ(loaded.error().kind, ErrorKind::kInvalidData) << loaded.error().message;
    EXPECT_EQ(loaded.error().code, "F13");
  }
  EXPECT_FALSE(load(saved.bytes + '\0').ok());
  for (std::size_t place = 0; place < saved.bytes.size(); ++place) {
    for (const int flip : {0x01, 0x40, 0x80, 0xff}) {
      std::string bad = saved.bytes;
      bad[place] = static_cast<char>(bad[place] ^ flip);
      const auto loaded = load(bad);
      if (!loaded) {
        EXPECT_EQ(loaded.error().kind, ErrorKind::kInvalidData) << loaded.error().message;
        continue;
      }
      // Another number, and not another size: whatever it forecasts, it forecasts it safely.
      (void)loaded->predict(kFuture, kLevels);
      (void)loaded->fitted_values();
      (void)loaded->report(0);
    }
  }
}

TEST_P(SavedTrend, RefusesAFitOfAnotherSize) {
  const TrendModel model = testing::open_trend(GetParam().id, GetParam().options);
  const auto fit =
      model.fit({.time = kTime, .values = kInnovation.data(), .series_count = 1, .stride = 1});
  const FitBytes saved = *fit->save();
  const auto loaded = model.load({saved.schema, saved.bytes, kTime.size(), 2});
  ASSERT_FALSE(loaded.ok());
  EXPECT_EQ(loaded.error().message,
            "the saved fit is of 10 observations and 1 columns, the file has 10 and 2 on record; "
            "the file is damaged");
}

INSTANTIATE_TEST_SUITE_P(
    Shipped, SavedTrend,
    ::testing::Values(TrendSetting{"trend.linear"},
                      TrendSetting{"trend.linear", {{"intercept", 2.5}}},
                      TrendSetting{"trend.logarithmic"}, TrendSetting{"trend.exponential"},
                      TrendSetting{"trend.exponential", {{"point", std::string("mean")}}},
                      TrendSetting{"trend.polynomial"},
                      TrendSetting{"trend.polynomial", {{"order", std::int64_t{5}}}},
                      TrendSetting{"trend.power"}, TrendSetting{"trend.naive"},
                      TrendSetting{"trend.drift"}, TrendSetting{"trend.mean"},
                      TrendSetting{"trend.seasonal_naive", {{"season_length", std::int64_t{4}}}}));

TEST(SavedForm, IsNotThatOfAnotherTrend) {
  const auto fit =
      testing::open_trend("trend.linear")
          .fit({.time = kTime, .values = kInnovation.data(), .series_count = 1, .stride = 1});
  const FitBytes saved = *fit->save();
  const auto loaded =
      testing::open_trend("trend.power").load({saved.schema, saved.bytes, kTime.size(), 1});
  ASSERT_FALSE(loaded.ok());
  EXPECT_EQ(loaded.error().message,
            "the saved fit cannot be read: it is of a trend of another form");
}

RegressionInput regression_input(bool dependent) {
  RegressionInput out;
  for (std::size_t i = 0; i < kTime.size(); ++i) {
    out.regressors.push_back(kMining[i]);
    out.regressors.push_back(dependent ? 2 * kMining[i] : kInnovation[i]);
    out.target.push_back(1e9 + 3 * kMining[i] + 40 * std::sin(kTime[i]) * kInnovation[i]);
  }
  out.regressor_names = {"mining", "innovation"};
  out.target_name = "grp";
  return out;
}

Answers answers_of(const RegressionFit& fit, bool dependent) {
  Answers out;
  append_bits(out.bits, *fit.fitted_values());
  const std::vector<double> rows = {4.1e8, dependent ? 8.2e8 : 8e4, 3e8, dependent ? 6e8 : 1e4};
  const auto forecast = fit.predict(rows, 2, kLevels);
  append_bits(out.bits, forecast->mean);
  append_bits(out.bits, forecast->se_mean);
  append_bits(out.bits, forecast->se_prediction);
  append_bits(out.bits, forecast->mean_quantiles);
  append_bits(out.bits, forecast->prediction_quantiles);
  append_bits(out.bits, forecast->degrees_of_freedom);
  append_report(out.bits, out.texts, *fit.report());
  return out;
}

TEST(SavedOls, GivesTheSameBitsAfterwards) {  // R45
  for (const bool dependent : {false, true}) {
    for (const bool intercept : {false, true}) {
      const RegressionModel model =
          testing::open_regression("regression.ols", {{"intercept", intercept}});
      const auto fit = model.fit(regression_input(dependent));
      ASSERT_TRUE(fit.ok());
      const auto saved = fit->save();
      ASSERT_TRUE(saved.ok()) << saved.error().message;
      const auto loaded = model.load({saved->schema, saved->bytes, kTime.size(), 2});
      ASSERT_TRUE(loaded.ok()) << loaded.error().message;
      EXPECT_EQ(answers_of(*loaded, dependent), answers_of(*fit, dependent));
    }
  }
}

// Solved another way, without leverages.
TEST(SavedOls, GivesTheSameBitsAfterwardsForManyRows) {  // R45
  RegressionInput input;
  for (int i = 0; i < 12000; ++i) {
    input.regressors.push_back(i % 97);
    input.regressors.push_back((i * 31) % 89);
    input.target.push_back(5 + 2.0 * (i % 97) - (i * 31) % 89 + std::sin(i));
  }
  input.regressor_names = {"a", "b"};
  input.target_name = "y";
  const RegressionModel model = testing::open_regression("regression.ols");
  const auto fit = model.fit(input);
  ASSERT_TRUE(fit.ok());
  const auto saved = fit->save();
  ASSERT_TRUE(saved.ok());
  const auto loaded = model.load({saved->schema, saved->bytes, 12000, 2});
  ASSERT_TRUE(loaded.ok()) << loaded.error().message;
  EXPECT_EQ(answers_of(*loaded, false), answers_of(*fit, false));
}

TEST(SavedOls, RefusesBytesThatAreNotItsOwn) {
  for (const bool dependent : {false, true}) {
    const RegressionModel model = testing::open_regression("regression.ols");
    const auto fit = model.fit(regression_input(dependent));
    const FitBytes saved = *fit->save();
    const auto load = [&](const std::string& bytes) {
      return model.load({saved.schema, bytes, kTime.size(), 2});
    };
    for (std::size_t length = 0; length < saved.bytes.size(); ++length) {
      const auto loaded = load(saved.bytes.substr(0, length));
      ASSERT_FALSE(loaded.ok()) << length;
      EXPECT_EQ(loaded.error().kind, ErrorKind::kInvalidData);
    }
    for (std::size_t place = 0; place < saved.bytes.size(); ++place) {
      for (const int flip : {0x01, 0x80}) {
        std::string bad = saved.bytes;
        bad[place] = static_cast<char>(bad[place] ^ flip);
        const auto loaded = load(bad);
        if (!loaded) {
          EXPECT_EQ(loaded.error().kind, ErrorKind::kInvalidData) << loaded.error().message;
          continue;
        }
        (void)loaded->predict(std::vector<double>{1, 2}, 1, kLevels);
        (void)loaded->fitted_values();
        (void)loaded->report();
      }
    }
  }
}

}  // namespace
}  // namespace steppe
