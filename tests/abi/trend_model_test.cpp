// SPDX-License-Identifier: Apache-2.0
#include "steppe/trend_model.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <stdexcept>
#include <string>
#include <vector>

#include "c_side.hpp"

// Trend models written in C++, driven through their C table as a host drives them.

namespace steppe {
namespace {

using c_side::Buffer;

// A straight line by least squares with a standard error of 2 that nobody computed.
struct Line {
  static constexpr ComponentInfo kInfo{"trend.test_line", "1.0.0", "A straight line"};
  struct Fit {
    double intercept, slope;
    Prediction predict(double t) const {
      return {.mean = intercept + slope * t, .standard_error = 2};
    }
    int parameter_count() const { return 2; }
    void report(Report& report) const { report.text("equation", "a line"); }
  };
  Result<Fit> fit(const Series& series) const {
    const std::size_t n = series.y.size();
    if (n < 3) {
      return Error{ErrorKind::kInsufficientData, "2 observations; at least 3 are needed", "", "N1"};
    }
    double t_sum = 0, y_sum = 0, tt = 0, ty = 0;
    for (std::size_t i = 0; i < n; ++i) {
      if (series.y[i] < -50) throw std::runtime_error("the model broke");
      if (series.y[i] < 0) return Error{ErrorKind::kDomainError, "negative", "row 2", "N6"};
      t_sum += series.t[i], y_sum += series.y[i];
      tt += series.t[i] * series.t[i], ty += series.t[i] * series.y[i];
    }
    const double slope = (ty - t_sum * y_sum / double(n)) / (tt - t_sum * t_sum / double(n));
    return Fit{(y_sum - slope * t_sum) / double(n), slope};
  }
};

// The last value that is there; no standard error, no parameter count, own quantiles.
struct LastPresent {
  static constexpr ComponentInfo kInfo{"trend.test_last", "1.0.0", "The last value"};
  static constexpr Tag kTags[] = {{"handles_missing"}};
  struct Fit {
    double last;
    Prediction predict(double) const { return {.mean = last}; }
    double quantile(double t, double p) const { return last + 10 * t + p; }
  };
  Result<Fit> fit(const Series& series, const Host&) const {
    for (std::size_t i = series.y.size(); i-- > 0;) {
      if (std::isfinite(series.y[i])) return Fit{series.y[i]};
    }
    return Error{ErrorKind::kInsufficientData, "every value is missing"};
  }
};

// One fit of a block with n rows in `times`, held as a host holds it.
template <typename Model>
class BlockRun {
 public:
  BlockRun(const std::vector<double>& times, const std::vector<double>& values,
           std::uint64_t series, const std::vector<std::uint8_t>& validity = {})
      : instance_(detail::ComponentTable<Model>::get()),
        table(instance_.query<steppe_trend_model>(STEPPE_TREND_MODEL)),
        statuses(series, -1) {
    const steppe_vector time = c_side::vector_of(times);
    steppe_matrix matrix = c_side::matrix_of(values, series);
    if (!validity.empty()) matrix.validity = validity.data();
    const steppe_trend_block block{sizeof(block), 1, &time, &matrix, nullptr};
    status = table->fit(instance_.get(), &block, nullptr, &fit, statuses.data(), &error);
  }
  ~BlockRun() { table->destroy(fit); }
  BlockRun(const BlockRun&) = delete;
  BlockRun& operator=(const BlockRun&) = delete;

  std::vector<double> statistic(const char* name) const {
    Buffer out(1, statuses.size());
    EXPECT_EQ(table->statistics(fit, &name, 1, &out.view, nullptr), STEPPE_OK);
    return out.cells;
  }

 private:
  c_side::Instance instance_;

 public:
  const steppe_trend_model* table;
  void* fit = nullptr;
  std::vector<steppe_status> statuses;
  steppe_error error = c_side::empty_error();
  steppe_status status = STEPPE_OK;
};

const std::vector<double> kSix = {1, 2, 3, 4, 5, 6};
// By hand: slope 18/35, intercept 6/5, residual sum of squares 188/35, total 10.
const std::vector<double> kOneSeries = {1, 3, 2, 4, 5, 3};

TEST(SeriesTrendModel, OffersItsTableUnderItsIdOnly) {
  const c_side::Instance instance(detail::ComponentTable<Line>::get());
  const auto* table = instance.query<steppe_trend_model>("steppe.trend_model/1");
  ASSERT_NE(table, nullptr);
  EXPECT_EQ(table->struct_size, sizeof(steppe_trend_model));
  EXPECT_EQ(instance.query<void>("steppe.trend_model/2"), nullptr);
  EXPECT_EQ(instance.query<void>("steppe.regression/1"), nullptr);
  EXPECT_EQ(instance.query<void>(nullptr), nullptr);
}

TEST(SeriesTrendModel, FitsAndPredictsASeries) {
  const BlockRun<Line> run(kSix, kOneSeries, 1);
  ASSERT_EQ(run.status, STEPPE_OK);
  EXPECT_EQ(run.statuses[0], STEPPE_OK);

  Buffer fitted(6, 1);
  ASSERT_EQ(run.table->fitted(run.fit, &fitted.view, nullptr), STEPPE_OK);
  EXPECT_NEAR(fitted.cells[0], 12.0 / 7, 1e-14);
  EXPECT_NEAR(fitted.cells[5], 30.0 / 7, 1e-14);

  const std::vector<double> future = {7, 9};
  const std::vector<double> probabilities = {0.025, 0.9};
  const steppe_vector time = c_side::vector_of(future);
  const steppe_vector levels = c_side::vector_of(probabilities);
  const steppe_trend_request request{sizeof(request), 0, &time, &levels};
  Buffer mean(2, 1), standard_error(2, 1), quantiles(4, 1);
  const steppe_trend_forecast forecast{sizeof(forecast), 0, &mean.view, &standard_error.view,
                                       &quantiles.view};
  ASSERT_EQ(run.table->predict(run.fit, &request, &forecast, nullptr, nullptr), STEPPE_OK);
  EXPECT_NEAR(mean.cells[0], 4.8, 1e-14);
  EXPECT_NEAR(mean.cells[1], 204.0 / 35, 1e-14);
  EXPECT_EQ(standard_error.cells, (std::vector<double>{2, 2}));
  // Row k * H + h; normal quantiles from mpmath.
  EXPECT_NEAR(quantiles.cells[0], 4.8 - 2 * 1.9599639845400542, 1e-14);
  EXPECT_NEAR(quantiles.cells[1], 204.0 / 35 - 2 * 1.9599639845400542, 1e-14);
  EXPECT_NEAR(quantiles.cells[2], 4.8 + 2 * 1.2815515655446006, 1e-14);
  EXPECT_NEAR(quantiles.cells[3], 204.0 / 35 + 2 * 1.2815515655446006, 1e-14);
}

TEST(SeriesTrendModel, WritesOnlyWhatIsWanted) {
  const BlockRun<Line> run(kSix, kOneSeries, 1);
  const std::vector<double> future = {7};
  const steppe_vector time = c_side::vector_of(future);
  const steppe_vector none{sizeof(none), 0, nullptr, 0, 1};
  const steppe_trend_request request{sizeof(request), 0, &time, &none};
  Buffer mean(1, 1);
  steppe_output absent = mean.view;
  absent.data = nullptr;
  const steppe_trend_forecast forecast{sizeof(forecast), 0, &mean.view, &absent, nullptr};
  EXPECT_EQ(run.table->predict(run.fit, &request, &forecast, nullptr, nullptr), STEPPE_OK);
  EXPECT_NEAR(mean.cells[0], 4.8, 1e-14);
}

// R squared 81/175; adjusted 1 - (188/350)(5/4); AICc and BIC by the formulas of FPP3 7.5 with
// T = 6, k = 1 in 40 digits.
TEST(SeriesTrendModel, ComputesStatisticsFromItsFittedValues) {
  const BlockRun<Line> run(kSix, kOneSeries, 1);
  EXPECT_NEAR(run.statistic("r_squared_fit_scale")[0], 81.0 / 175, 1e-15);
  EXPECT_NEAR(run.statistic("r_squared_original_scale")[0], 81.0 / 175, 1e-15);
  EXPECT_NEAR(run.statistic("adjusted_r_squared_fit_scale")[0], 0.32857142857142857, 1e-15);
  EXPECT_NEAR(run.statistic("aicc")[0], 17.336006592674883151, 1e-13);
  EXPECT_NEAR(run.statistic("bic")[0], 4.7112850003590481533, 1e-13);
  EXPECT_TRUE(std::isnan(run.statistic("no_such_statistic")[0]));
}

TEST(SeriesTrendModel, LeavesStatisticsUndefinedRatherThanWrong) {  // N2
  const BlockRun<Line> constant(kSix, {4, 4, 4, 4, 4, 4}, 1);
  EXPECT_TRUE(std::isnan(constant.statistic("r_squared_fit_scale")[0]));
  EXPECT_TRUE(std::isnan(constant.statistic("aicc")[0]));
  const BlockRun<LastPresent> uncounted(kSix, kOneSeries, 1);
  EXPECT_TRUE(std::isnan(uncounted.statistic("adjusted_r_squared_fit_scale")[0]));
  EXPECT_TRUE(std::isnan(uncounted.statistic("bic")[0]));
}

TEST(SeriesTrendModel, FailsOneSeriesAndNotTheBlock) {
  // Columns: good, negative in row 2, good.
  const BlockRun<Line> run({1, 2, 3}, {1, 1, 2, 2, -1, 4, 3, 1, 6}, 3);
  ASSERT_EQ(run.status, STEPPE_OK);
  EXPECT_EQ(run.statuses, (std::vector<steppe_status>{STEPPE_OK, STEPPE_DOMAIN_ERROR, STEPPE_OK}));

  steppe_error why = c_side::empty_error();
  run.table->explain(run.fit, 1, &why);
  EXPECT_EQ(why.code, STEPPE_DOMAIN_ERROR);
  EXPECT_STREQ(why.message, "negative");
  EXPECT_STREQ(why.where, "row 2");
  EXPECT_STREQ(why.fault, "N6");

  Buffer fitted(3, 3);
  ASSERT_EQ(run.table->fitted(run.fit, &fitted.view, nullptr), STEPPE_OK);
  EXPECT_NEAR(fitted.cells[6], 3, 1e-15);
  EXPECT_TRUE(std::isnan(fitted.cells[7]));
  EXPECT_NEAR(fitted.cells[8], 6, 1e-15);
  EXPECT_TRUE(std::isnan(run.statistic("r_squared_fit_scale")[1]));
}

TEST(SeriesTrendModel, RefusesMissingAndInfiniteValuesByRow) {  // N16
  const double nan = std::nan("");
  const BlockRun<Line> run({1, 2, 3}, {1, 1, nan, 2, 3, INFINITY}, 2);
  EXPECT_EQ(run.statuses[0], STEPPE_INVALID_DATA);
  EXPECT_EQ(run.statuses[1], STEPPE_INVALID_DATA);
  steppe_error why = c_side::empty_error();
  run.table->explain(run.fit, 0, &why);
  EXPECT_STREQ(why.message, "the value is missing or not finite");
  EXPECT_STREQ(why.where, "row 2");
  run.table->explain(run.fit, 1, &why);
  EXPECT_STREQ(why.where, "row 3");
}

TEST(SeriesTrendModel, RefusesWhatTheValidityBitmapMarks) {
  // Row 2 of series 2: bit 1 * 2 + 1 is 0, and the number there is an ordinary one.
  const BlockRun<Line> run({1, 2, 3}, {1, 1, 2, 2, 3, 3}, 2, {0b110111});
  EXPECT_EQ(run.statuses, (std::vector<steppe_status>{STEPPE_OK, STEPPE_INVALID_DATA}));
}

TEST(SeriesTrendModel, ShowsMissingValuesAsUndefinedToAModelThatHandlesThem) {
  // The last value is marked missing; the number that lies there must not be seen.
  const BlockRun<LastPresent> run({1, 2, 3}, {5, 6, 999}, 1, {0b011});
  ASSERT_EQ(run.statuses[0], STEPPE_OK);
  Buffer fitted(3, 1);
  ASSERT_EQ(run.table->fitted(run.fit, &fitted.view, nullptr), STEPPE_OK);
  EXPECT_EQ(fitted.cells[0], 6);
  // Two observations count: mean 5.5, residuals -1 and 0, total 0.5.
  EXPECT_EQ(run.statistic("r_squared_fit_scale")[0], -1);
}

TEST(SeriesTrendModel, UsesTheModelsOwnQuantiles) {
  const BlockRun<LastPresent> run({1, 2}, {5, 6}, 1);
  const std::vector<double> future = {3}, probabilities = {0.25};
  const steppe_vector time = c_side::vector_of(future);
  const steppe_vector levels = c_side::vector_of(probabilities);
  const steppe_trend_request request{sizeof(request), 0, &time, &levels};
  Buffer standard_error(1, 1), quantiles(1, 1);
  const steppe_trend_forecast forecast{sizeof(forecast), 0, nullptr, &standard_error.view,
                                       &quantiles.view};
  ASSERT_EQ(run.table->predict(run.fit, &request, &forecast, nullptr, nullptr), STEPPE_OK);
  EXPECT_EQ(quantiles.cells[0], 36.25);
  EXPECT_TRUE(std::isnan(standard_error.cells[0]));
}

TEST(SeriesTrendModel, SaysWhyTooFewObservationsAreNotEnough) {  // N1
  const BlockRun<Line> run({1, 2}, {1, 2}, 1);
  EXPECT_EQ(run.statuses[0], STEPPE_INSUFFICIENT_DATA);
  const BlockRun<Line> empty({}, {}, 1);
  EXPECT_EQ(empty.statuses[0], STEPPE_INSUFFICIENT_DATA);
  steppe_error why = c_side::empty_error();
  empty.table->explain(empty.fit, 0, &why);
  EXPECT_STREQ(why.message, "no observations; at least 1 is needed");
  EXPECT_STREQ(why.fault, "N1");
}

TEST(SeriesTrendModel, TurnsAnExceptionIntoAnInternalError) {  // P8
  const BlockRun<Line> run({1, 2, 3}, {1, 2, -99}, 1);
  EXPECT_EQ(run.status, STEPPE_INTERNAL);
  EXPECT_EQ(run.fit, nullptr);
  EXPECT_STREQ(run.error.message, "exception: the model broke");
}

TEST(SeriesTrendModel, RefusesABlockWhoseSizesDiffer) {
  const BlockRun<Line> run({1, 2}, {1, 2, 3}, 1);
  EXPECT_EQ(run.status, STEPPE_INTERNAL);
  EXPECT_STREQ(run.error.message, "the block has 3 rows but 2 times");
}

TEST(SeriesTrendModel, ReportsItsStatisticsAndItsOwnWords) {
  const BlockRun<Line> run(kSix, kOneSeries, 1);
  c_side::Sink sink;
  const steppe_sink c_sink = sink.c_sink();
  ASSERT_EQ(run.table->report(run.fit, 0, &c_sink, nullptr), STEPPE_OK);
  EXPECT_NEAR(sink.scalars.at("r_squared_fit_scale").first, 81.0 / 175, 1e-15);
  EXPECT_EQ(sink.scalars.at("observations").first, 6);
  EXPECT_EQ(sink.texts.at("equation"), "a line");
}

TEST(SeriesTrendModel, ReadsViewsOfAnyStride) {
  // The series backwards in memory, every second number, among numbers that must not be read.
  const std::vector<double> values = {3, -1, 5, -1, 4, -1, 2, -1, 3, -1, 1};
  const steppe_vector time = c_side::vector_of(kSix);
  const steppe_matrix matrix{sizeof(matrix), 0, &values[10], 6, 1, -2, 1, nullptr};
  const steppe_trend_block block{sizeof(block), 1, &time, &matrix, nullptr};
  const c_side::Instance instance(detail::ComponentTable<Line>::get());
  const auto* table = instance.query<steppe_trend_model>(STEPPE_TREND_MODEL);
  void* fit = nullptr;
  steppe_status status = -1;
  ASSERT_EQ(table->fit(instance.get(), &block, nullptr, &fit, &status, nullptr), STEPPE_OK);
  Buffer fitted(6, 1);
  table->fitted(fit, &fitted.view, nullptr);
  EXPECT_NEAR(fitted.cells[0], 12.0 / 7, 1e-14);
  table->destroy(fit);
}

TEST(SeriesTrendModel, StopsWhenTheHostCancels) {
  static const steppe_cancel_service cancel{sizeof(cancel), 0, nullptr,
                                            [](void*) -> std::int32_t { return 1; },
                                            [](void*) -> std::int64_t { return 0; }};
  const steppe_host host{sizeof(host), 0, nullptr,
                         [](const steppe_host*, const char* id) -> const void* {
                           return std::strcmp(id, STEPPE_CANCEL_SERVICE) == 0 ? &cancel : nullptr;
                         }};
  const steppe_vector time = c_side::vector_of(kSix);
  const steppe_matrix matrix = c_side::matrix_of(kOneSeries, 1);
  const steppe_trend_block block{sizeof(block), 1, &time, &matrix, nullptr};
  const c_side::Instance instance(detail::ComponentTable<Line>::get());
  const auto* table = instance.query<steppe_trend_model>(STEPPE_TREND_MODEL);
  void* fit = nullptr;
  steppe_status status = -1;
  steppe_error error = c_side::empty_error();
  EXPECT_EQ(table->fit(instance.get(), &block, &host, &fit, &status, &error), STEPPE_CANCELLED);
  EXPECT_EQ(fit, nullptr);
  EXPECT_STREQ(error.message, "cancelled");
}

TEST(SeriesTrendModel, LetsNullBeDestroyed) {
  const c_side::Instance instance(detail::ComponentTable<Line>::get());
  instance.query<steppe_trend_model>(STEPPE_TREND_MODEL)->destroy(nullptr);
}

}  // namespace
}  // namespace steppe
