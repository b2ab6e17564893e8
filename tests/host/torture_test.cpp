// SPDX-License-Identifier: Apache-2.0

// What the host says of each plugin of the torture set, word for word: see torture/README.md.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "data/read_panel.hpp"
#include "plugin_host/regression.hpp"
#include "plugin_host/trend_model.hpp"
#include "support/opened.hpp"
#include "support/torture_table.hpp"

namespace steppe::testing {
namespace {

using ::testing::IsEmpty;

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : "; ") + text;
  return out;
}

class Torture : public ::testing::TestWithParam<TortureRow> {
 protected:
  Torture() {
    path_ = directory_.write(GetParam().name + ".so", read_file(torture_module(GetParam().name)));
  }

  PluginVerdict verdict(int timeout_ms = 20000) const {
    CatalogueOptions options = directory_.options();
    options.probe_timeout_ms = timeout_ms;
    return PluginCatalogue::scan(options).plugins().at(0);
  }

  PluginDirectoryFixture directory_;
  std::string path_;
};

class RefusedAtProbe : public Torture {};
TEST_P(RefusedAtProbe, WithItsRule) {
  if (GetParam().name == "entry_gives_garbage" && *STEPPE_SANITIZE_TEXT != '\0')
    GTEST_SKIP() << "a sanitizer takes its signal";
  const bool hangs = GetParam().name.find("hangs") != std::string::npos;
  const PluginVerdict judged = verdict(hangs ? 1000 : 20000);
  EXPECT_FALSE(judged.accepted);
  EXPECT_EQ(judged.fault + ": " + judged.reason + " (rule " + judged.rule + ")", GetParam().words);
  EXPECT_EQ(judged.rule, GetParam().rule);
  EXPECT_THAT(to_text(refusal_of(judged)), ::testing::HasSubstr(GetParam().name + ".so (" + path_));
  EXPECT_THAT(to_text(refusal_of(judged)), ::testing::EndsWith(" (rule " + GetParam().rule + ")"));
}

class NotedAtProbe : public Torture {};
TEST_P(NotedAtProbe, WithItsRule) {
  const PluginVerdict judged = verdict();
  EXPECT_TRUE(judged.accepted) << judged.reason;
  EXPECT_EQ(joined(judged.notices), GetParam().words);
}

// Fits, asks and predicts as the engine does; the first fault, or what was restored.
class Trial {
 public:
  explicit Trial(const std::string& path) {
    const PluginVerdict verdict = inspect_verdict(path);
    id_ = verdict.components.at(0).id;
    catalogue_ = PluginCatalogue::from_verdicts({verdict});
  }

  std::string said() {
    if (const auto fault = first_fault()) return to_text(*fault);
    return words_.empty() ? joined(loader_.notices()) : words_;
  }

 private:
  static PluginVerdict inspect_verdict(const std::string& path) {
    PluginDirectoryFixture none;
    CatalogueOptions options = none.options();
    return PluginCatalogue::judge(path, options);
  }

  std::optional<Fault> first_fault() {
    const CatalogueEntry entry = catalogue_.find(id_).value();
    Options defaults;
    for (const OptionDescription& option : entry.component->options) {
      if (option.default_value) defaults.push_back({option.name, *option.default_value});
    }
    auto component = loader_.create(entry, defaults);
    if (!component) return component.error();
    if (id_.starts_with("trend.")) return trend(*component);
    if (id_.starts_with("source.")) return source(*component);
    return regression(*component);
  }

  std::optional<Fault> trend(const std::shared_ptr<Component>& component) {
    auto model = TrendModel::open(component, loader_.host());
    if (!model) return model.error();
    if (auto fault = forecast(*model, 12)) return fault;
    return forecast(*model, 1);  // too few: the series fail
  }

  std::optional<Fault> forecast(const TrendModel& model, std::size_t rows) {
    std::vector<double> time;
    std::vector<double> values;
    for (std::size_t i = 0; i < rows; ++i) {
      time.push_back(static_cast<double>(i + 1));
      values.push_back(std::sin(static_cast<double>(i)) + 5);
      values.push_back(static_cast<double>(i * i % 7));
    }
    BlockView block;
    block.time = time;
    block.values = values.data();
    block.series_count = 2;
    block.stride = 2;
    auto fit = model.fit(block);
    if (!fit) return fit.error();
    if (!fit->fitted(0)) explain(*fit, model.label());
    if (auto fitted = fit->fitted_values(); !fitted) return fitted.error();
    const std::vector<double> future = {13, 14, 15};
    const std::vector<double> probabilities = {0.1, 0.9};
    if (auto predicted = fit->predict(future, probabilities); !predicted) return predicted.error();
    if (!fit->fitted(0)) return std::nullopt;
    if (auto report = fit->report(0); !report) return report.error();
    return std::nullopt;
  }

  void explain(const TrendFit& fit, const std::string& label) {
    const std::string text = fit.explain(0).message;
    const auto rule = text.find(" (rule ");
    if (rule == std::string::npos) return;
    words_ = label + ": " + text.substr(text.find_first_not_of("x: "));
  }

  std::optional<Fault> regression(const std::shared_ptr<Component>& component) {
    auto model = RegressionModel::open(component, loader_.host());
    if (!model) return model.error();
    RegressionInput input;
    for (int i = 0; i < 10; ++i) {
      input.regressors.push_back(i);
      input.target.push_back(3 * i + i % 3);
    }
    input.regressor_names = {"x"};
    input.target_name = "y";
    auto fit = model->fit(input);
    if (!fit) return fit.error();
    const std::vector<double> row = {11};
    const std::vector<double> probabilities = {0.1, 0.5, 0.9};
    if (auto predicted = fit->predict(row, 1, probabilities); !predicted) return predicted.error();
    return std::nullopt;
  }

  std::optional<Fault> source(const std::shared_ptr<Component>& component) {
    auto source = DataSource::open(component, loader_.host());
    if (!source) return source.error();
    PanelRequest request;
    request.time_column = "year";
    request.key_columns = {"region"};
    request.value_columns = {"value"};
    const auto panel = read_panel(*source, request);
    if (!panel) return panel.error().front();
    return std::nullopt;
  }

  RecordingServices services_;
  PluginLoader loader_{services_};
  PluginCatalogue catalogue_;
  std::string id_;
  std::string words_;
};

class StoppedAtRun : public Torture {};
TEST_P(StoppedAtRun, WithItsRule) {
  const std::string said = Trial(path_).said();
  EXPECT_EQ(said, GetParam().words);
  EXPECT_THAT(said, ::testing::EndsWith("(rule " + GetParam().rule + ")"));
}

std::string name_of_row(const ::testing::TestParamInfo<TortureRow>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(Plugin, RefusedAtProbe, ::testing::ValuesIn(torture_rows("refuses")),
                         name_of_row);
INSTANTIATE_TEST_SUITE_P(Plugin, NotedAtProbe, ::testing::ValuesIn(torture_rows("notes")),
                         name_of_row);
INSTANTIATE_TEST_SUITE_P(Stopped, StoppedAtRun, ::testing::ValuesIn(torture_rows("stops")),
                         name_of_row);
INSTANTIATE_TEST_SUITE_P(Restored, StoppedAtRun, ::testing::ValuesIn(torture_rows("restores")),
                         name_of_row);

TEST(TortureSet, TwoFilesOfOneIdAreNamedTogetherB8) {
  PluginDirectoryFixture directory;
  const std::string a = directory.write("a.so", read_file(torture_module("clash_a")));
  const std::string b = directory.write("b.so", read_file(torture_module("clash_b")));
  EXPECT_EQ(to_text(directory.scan().find("trend.clash").error()),
            "error[B8] plugin=trend.clash: two plugins have this id: " + a + " and " + b +
                "; remove one (rule R8)");
}

TEST(TortureSet, FindsNothingInItsSoundTwins) {
  for (const TortureRow& row : torture_rows("accepts")) {
    PluginDirectoryFixture directory;
    const std::string path = directory.write("x.so", read_file(torture_module(row.name)));
    const PluginVerdict verdict = directory.scan().plugins().at(0);
    EXPECT_EQ(reason_of(verdict), "accepted");
    EXPECT_THAT(verdict.notices, IsEmpty());
    EXPECT_EQ(Trial(path).said(), "") << row.name;
  }
}

TEST(TortureSet, HasAPluginForEachRuleAtLeastThirtyInAll) {
  EXPECT_GE(torture_table().size(), 100u);
}

}  // namespace
}  // namespace steppe::testing
