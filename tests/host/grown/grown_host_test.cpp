// SPDX-License-Identifier: Apache-2.0

// A host compiled against headers in which every struct has a field more at its end, and plugins
// built before that field was appended: it accepts them and takes the field for null. What is
// smaller than the first revision it refuses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugin_host/data_source.hpp"
#include "plugin_host/first_sizes.hpp"
#include "plugin_host/regression.hpp"
#include "plugin_host/trend_model.hpp"
#include "steppe/abi/abi.h"
#include "support/opened.hpp"
#include "support/torture_table.hpp"

namespace steppe::testing {
namespace {

using ::testing::ElementsAre;

template <typename... Structs>
constexpr bool all_have_grown = ((sizeof(Structs) == kFirstSize<Structs> + sizeof(void*)) && ...);
static_assert(all_have_grown<steppe_plugin, steppe_component, steppe_option, steppe_value,
                             steppe_tag, steppe_table, steppe_trend_model, steppe_regression,
                             steppe_linear_model, steppe_saved_fit, steppe_data_source>);

// The torture set's sound twins, in a directory of their own.
class OpenedSound {
 public:
  explicit OpenedSound(const std::string& module) : loader_(services_) {
    directory_.write("x.so", read_file(torture_module(module)));
    catalogue_ = std::make_unique<PluginCatalogue>(directory_.scan());
  }
  std::shared_ptr<Component> component(const std::string& id) {
    const auto entry = catalogue_->find(id);
    if (!entry) throw std::runtime_error(to_text(entry.error()));
    Options defaults;
    for (const OptionDescription& option : entry->component->options) {
      if (option.default_value) defaults.push_back({option.name, *option.default_value});
    }
    return loader_.create(*entry, defaults).value();
  }
  const steppe_host* host() { return loader_.host(); }

 private:
  PluginDirectoryFixture directory_;
  RecordingServices services_;
  PluginLoader loader_;
  std::unique_ptr<PluginCatalogue> catalogue_;
};

TEST(GrownHost, AcceptsPluginsBuiltBeforeAFieldWasAppended) {
  for (const char* module :
       {"c_mean", "clash_one", "unruly_trend", "unruly_source", "saving_trend", "weighted_mean"}) {
    EXPECT_EQ(reason_of(judge_module(module)), "accepted") << module;
  }
}

TEST(GrownHost, TakesAFieldThatAnOlderPluginDoesNotHaveForNull) {
  OpenedSound opened("sound");
  const auto component = opened.component("trend.sound");
  const steppe_component* const table = component->table();
  EXPECT_TRUE(STEPPE_HAS_FIELD(table, steppe_component, query));
  EXPECT_FALSE(STEPPE_HAS_FIELD(table, steppe_component, grown));
  const auto* const model =
      static_cast<const steppe_trend_model*>(table->query(table, STEPPE_TREND_MODEL));
  EXPECT_TRUE(STEPPE_HAS_FIELD(model, steppe_trend_model, destroy));
  EXPECT_FALSE(STEPPE_HAS_FIELD(model, steppe_trend_model, grown));
}

TEST(GrownHost, FitsForecastsReportsAndSavesWithAnOlderTrend) {
  OpenedSound opened("sound");
  const auto model = TrendModel::open(opened.component("trend.sound"), opened.host()).value();
  const std::vector<double> time = {1, 2, 3};
  const std::vector<double> values = {1, 2, 6};
  BlockView block;
  block.time = time;
  block.values = values.data();
  block.series_count = 1;
  block.stride = 1;
  const auto fit = model.fit(block);
  ASSERT_TRUE(fit.ok());
  const std::vector<double> future = {4};
  EXPECT_THAT(fit->predict(future, {})->mean, ElementsAre(3));  // (1 + 2 + 6) / 3
  const auto report = fit->report(0);
  ASSERT_TRUE(report.ok()) << to_text(report.error());  // a steppe_table of then
  EXPECT_FALSE(report->tables.empty());
  const auto saved = fit->save();
  ASSERT_TRUE(saved.ok()) << to_text(saved.error());
  const auto loaded = model.load({saved->schema, saved->bytes, 3, 1});
  ASSERT_TRUE(loaded.ok()) << to_text(loaded.error());
  EXPECT_THAT(loaded->predict(future, {})->mean, ElementsAre(3));
}

TEST(GrownHost, FitsAnOlderRegression) {
  OpenedSound opened("sound_regression");
  const auto model =
      RegressionModel::open(opened.component("regression.sound_regression"), opened.host()).value();
  RegressionInput input;
  input.regressors = {1, 2, 3, 4};
  input.target = {2, 4, 6, 9};
  input.regressor_names = {"x"};
  input.target_name = "y";
  const auto fit = model.fit(input);
  ASSERT_TRUE(fit.ok()) << to_text(fit.error());
  const std::vector<double> row = {5};
  // By hand: slope 11.5 / 5 and mean 5.25 at 2.5; at 5 it is 11.
  EXPECT_NEAR(fit->predict(row, 1, {})->mean.at(0), 11, 1e-12);
}

TEST(GrownHost, OpensAnOlderSource) {
  OpenedSound opened("sound_source");
  EXPECT_TRUE(DataSource::open(opened.component("source.sound_source"), opened.host()).ok());
}

TEST(GrownHost, RefusesWhatIsSmallerThanTheFirstRevision) {
  EXPECT_EQ(reason_of(judge_module("bad_size")),
            "B3: struct_size of steppe_plugin is 8; at least 72 is needed");
}

}  // namespace
}  // namespace steppe::testing
