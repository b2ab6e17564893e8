// SPDX-License-Identifier: Apache-2.0

// What the adapters say of fits that are saved and loaded: F6, F7, F13 and broken contracts.
#include "plugin_host/saved_fit.hpp"

#include <gtest/gtest.h>

#include "plugin_host/trend_model.hpp"
#include "support/opened.hpp"

namespace steppe::testing {
namespace {

const std::vector<double> kTime = {1, 2, 3};
const std::vector<double> kValues = {1, 10, 2, 20, 3, 30};  // 3 x 2

TrendModel saving(const std::string& fault = "none") {
  static Opened opened("saving_trend");
  return TrendModel::open(opened.component("trend.saving", fault), opened.loader.host()).value();
}

TrendFit fit_of(const TrendModel& model) {
  BlockView block;
  block.time = kTime;
  block.values = kValues.data();
  block.series_count = 2;
  block.stride = 2;
  return model.fit(block).value();
}

TEST(SavedFitAdapter, GivesBytesAndSchemaAndTakesThemBack) {
  const TrendModel model = saving();
  const auto schemas = model.saved_schemas();
  ASSERT_TRUE(schemas.ok());
  EXPECT_EQ(schemas->oldest, 2u);
  EXPECT_EQ(schemas->newest, 3u);
  const auto saved = fit_of(model).save();
  ASSERT_TRUE(saved.ok());
  EXPECT_EQ(saved->schema, 3u);
  const auto loaded = model.load({2, saved->bytes, 3, 2});
  ASSERT_TRUE(loaded.ok()) << loaded.error().message;
  EXPECT_EQ(loaded->series_count(), 2u);
  const std::vector<double> future = {4};
  EXPECT_EQ(loaded->predict(future, {})->mean, (std::vector<double>{3, 30}));
}

TEST(SavedFitAdapter, F6RefusesOlderAndNewerSchemas) {
  const TrendModel model = saving();
  const std::string bytes = fit_of(model).save()->bytes;
  for (const std::uint32_t schema : {1u, 4u}) {
    const auto loaded = model.load({schema, bytes, 3, 2});
    ASSERT_FALSE(loaded.ok());
    EXPECT_EQ(to_text(loaded.error()),
              "error[F6] plugin=trend.saving@1.4.0: reads saved fits of schema 2 to 3, this one "
              "has schema " +
                  std::to_string(schema));
  }
}

TEST(SavedFitAdapter, F13RefusesAFitOfAnotherSize) {
  const TrendModel model = saving();
  const std::string bytes = fit_of(model).save()->bytes;
  for (const auto& [rows, columns] : {std::pair<std::size_t, std::size_t>{3, 1}, {2, 2}}) {
    const auto loaded = model.load({3, bytes, rows, columns});
    ASSERT_FALSE(loaded.ok());
    EXPECT_EQ(loaded.error().code, "F13");
    EXPECT_EQ(loaded.error().message,
              "the saved fit is of 3 observations and 2 columns, the file has " +
                  std::to_string(rows) + " and " + std::to_string(columns) +
                  " on record; the file is damaged");
  }
}

TEST(SavedFitAdapter, TurnsAnExceptionOfSaveIntoAFault) {
  const auto saved = fit_of(saving("throws")).save();
  ASSERT_FALSE(saved.ok());
  EXPECT_EQ(saved.error().message, "an exception of an unknown type");
}

TEST(SavedFitAdapter, F7SaysWhoSavesNoFits) {
  Opened opened("unruly_trend");
  const TrendModel model =
      TrendModel::open(opened.component("trend.unruly", "none"), opened.loader.host()).value();
  EXPECT_EQ(model.saved_schemas()->newest, 0u);
  const auto loaded = model.load({1, "", 1, 1});
  ASSERT_FALSE(loaded.ok());
  EXPECT_EQ(to_text(loaded.error()),
            "error[F7] plugin=trend.unruly@2.1.0: does not save its fits: it offers no "
            "steppe.saved_fit/1; use another model for this");
}

}  // namespace
}  // namespace steppe::testing
