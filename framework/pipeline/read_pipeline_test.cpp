// SPDX-License-Identifier: Apache-2.0
// What a good pipeline becomes.

#include "pipeline/pipeline_testing.hpp"

namespace steppe {
namespace {

using ::testing::ElementsAre;
using testing::kGood;
using testing::parse;
using testing::pipeline;

PipelineSpec good(std::string_view text) {
  auto result = parse(text);
  if (!result.ok()) {
    ADD_FAILURE() << ::testing::PrintToString(testing::faults_of(text));
    return {};
  }
  return *std::move(result);
}

const TrendStep& trend(const PipelineSpec& spec, std::size_t index) {
  return std::get<TrendStep>(spec.steps.at(index));
}

TEST(Pipeline, ReadsTheSourceCase) {
  const PipelineSpec spec = good(kGood);
  ASSERT_EQ(spec.steps.size(), 4u);
  EXPECT_EQ(spec.name, "Karaganda GRP to 2021");
  EXPECT_EQ(spec.file, "run.json");
  EXPECT_EQ(spec.folder.front(), '/');
  EXPECT_EQ(spec.time.column, "year");
  EXPECT_EQ(spec.time.frequency, Frequency::kYearly);
  ASSERT_TRUE(spec.horizon.until);
  EXPECT_EQ(spec.horizon.until->year, 2021);
  EXPECT_EQ(spec.horizon.until_text, "2021");
  EXPECT_EQ(spec.horizon.steps, 0);
  EXPECT_THAT(spec.coverage, ElementsAre(0.80, 0.95));
  EXPECT_THAT(spec.order, ElementsAre(0, 1, 2, 3));
  EXPECT_FALSE(spec.seed);
  EXPECT_FALSE(spec.max_failed);
  EXPECT_EQ(spec.details, Details::kAuto);
}

TEST(Pipeline, ReadsTheStepsOfTheSourceCase) {
  const PipelineSpec spec = good(kGood);
  const auto& source = std::get<SourceStep>(spec.steps.at(0));
  EXPECT_EQ(source.id, "region");
  EXPECT_EQ(source.component.id, "source.csv");
  EXPECT_EQ(source.path, "karaganda.csv");
  EXPECT_EQ(source.time_column, "year");
  EXPECT_TRUE(source.key.empty());
  const Options expected = {{"path", spec.folder + "/karaganda.csv"},
                            {"delimiter", std::string(",")},
                            {"skip", std::int64_t{0}},
                            {"missing", std::vector<std::string>{}}};
  EXPECT_EQ(source.component.options, expected);

  EXPECT_TRUE(trend(spec, 1).best);
  EXPECT_EQ(trend(spec, 1).criterion, Criterion::kRSquared);
  EXPECT_EQ(trend(spec, 1).series.text(), "region.mining");
  EXPECT_EQ(trend(spec, 1).candidates.size(), 5u);
  EXPECT_EQ(trend(spec, 1).candidates[3].id, "trend.polynomial");
  EXPECT_EQ(trend(spec, 1).candidates[3].label, "polynomial");
  EXPECT_EQ(trend(spec, 1).candidates[3].options, (Options{{"order", std::int64_t{2}}}));
  EXPECT_EQ(trend(spec, 2).pick, "exponential");
  EXPECT_EQ(trend(spec, 2).criterion, Criterion::kAicc);

  const auto& regression = std::get<RegressionStep>(spec.steps.at(3));
  EXPECT_EQ(regression.component.id, "regression.ols");
  EXPECT_EQ(regression.target.text(), "region.grp");
  ASSERT_EQ(regression.regressors.size(), 2u);
  EXPECT_EQ(regression.regressors[1].trend_step, "innovation");
  EXPECT_FALSE(regression.regressors[1].column);
}

TEST(Pipeline, KeepsPlacesAndOutputs) {
  const PipelineSpec spec = good(kGood);
  EXPECT_EQ(to_text(place_of(spec.steps.at(1))), "run.json:9:5 (steps.mining)");
  EXPECT_EQ(id_of(spec.steps.at(1)), "mining");
  EXPECT_EQ(to_text(trend(spec, 1).candidates[1].place),
            "run.json:10:50 (steps.mining.candidates[1])");
  ASSERT_EQ(spec.outputs.size(), 3u);
  EXPECT_EQ(spec.outputs[1].kind, OutputKind::kResult);
  EXPECT_EQ(spec.outputs[1].path, "grp.json");
  EXPECT_EQ(spec.outputs[1].absolute, spec.folder + "/grp.json");
}

TEST(Pipeline, OrdersStepsByReferenceAndNotByTheFile) {
  const PipelineSpec spec = good(R"({"steps": {
    "y": {"regression": "ols", "target": "s.y", "regressors": ["b", "a", "s.z"]},
    "a": {"trend": "linear", "series": "s.a"},
    "b": {"trend": "linear", "series": "s.b"},
    "s": {"source": "csv", "path": "d.csv"}},
    "horizon": {"steps": 12}, "time": {"column": "t", "frequency": "monthly"}})");
  EXPECT_THAT(spec.order, ElementsAre(3, 1, 2, 0));
  const auto& regression = std::get<RegressionStep>(spec.steps.at(0));
  ASSERT_TRUE(regression.regressors[2].column);
  EXPECT_EQ(regression.regressors[2].column->text(), "s.z");
  EXPECT_EQ(regression.regressors[2].name, "s.z");
  EXPECT_EQ(spec.horizon.steps, 12);
  EXPECT_EQ(spec.name, "run");  // the file's name without an extension
}

TEST(Pipeline, ReadsCandidatesWithOptionsAndNamesOfTheirOwn) {
  const PipelineSpec spec = good(pipeline({.steps = R"("a": {"trend": "best", "series": "s.y",
    "criterion": "holdout", "holdout": 3, "missing": "trim", "rows": {"from": 2011, "to": "2019"},
    "pick": "cubic", "candidates": ["polynomial",
      {"trend": "polynomial", "order": 3, "as": "cubic"}, {"trend": "linear", "intercept": 0}]})"}));
  ASSERT_EQ(spec.steps.size(), 2u);
  const TrendStep& step = trend(spec, 1);
  EXPECT_EQ(step.candidates[1].label, "cubic");
  EXPECT_EQ(step.candidates[1].id, "trend.polynomial");
  EXPECT_EQ(step.candidates[1].options, (Options{{"order", std::int64_t{3}}}));
  EXPECT_EQ(step.candidates[2].options, (Options{{"intercept", 0.0}}));
  EXPECT_EQ(step.criterion, Criterion::kHoldout);
  EXPECT_EQ(step.holdout, 3);
  EXPECT_EQ(step.missing, MissingPolicy::kTrim);
  EXPECT_EQ(step.rows.from->year, 2011);
  EXPECT_EQ(step.rows.to->year, 2019);
}

TEST(Pipeline, ReadsPanelsAndOverriddenTimeColumns) {
  for (const char* key : {R"("region")", R"(["region"])"}) {
    const PipelineSpec spec =
        good(pipeline({.source = R"("source": "csv", "path": "/d.csv", "time": "day", "key": )" +
                                 std::string(key)}));
    const auto& source = std::get<SourceStep>(spec.steps.at(0));
    EXPECT_THAT(source.key, ElementsAre("region"));
    EXPECT_EQ(source.time_column, "day");
    EXPECT_EQ(std::get<std::string>(source.component.options[0].value), "/d.csv");
  }
}

TEST(Pipeline, ReadsTheRestOfTheHead) {
  const PipelineSpec spec = good(
      pipeline({.more = R"(, "seed": 18446744073709551615, "max_failed": 0.25, "details": "none",
                  "coverage": [0.95, 0.5], "schema_version": 1, "outputs": [])"}));
  EXPECT_EQ(spec.seed, 18446744073709551615u);
  EXPECT_EQ(spec.max_failed, 0.25);
  EXPECT_EQ(spec.details, Details::kNone);
  EXPECT_THAT(spec.coverage, ElementsAre(0.5, 0.95));  // increasing
  EXPECT_THAT(good(pipeline({.more = R"(, "coverage": 0.9)"})).coverage, ElementsAre(0.9));
}

TEST(Pipeline, ReadsOptionsOfEveryType) {
  const PipelineSpec spec = good(pipeline({.steps = R"("a": {"trend": "every", "series": "s.y",
    "season_length": 12, "alpha": 0.5, "count": -9223372036854775808, "large": 9007199254740991,
    "token": "T", "robust": true, "flags": [true, false], "lags": [1, 12], "knots": [1, 2.5e1]})"}));
  ASSERT_EQ(spec.steps.size(), 2u);
  const Options expected = {{"season_length", std::int64_t{12}},
                            {"alpha", 0.5},
                            {"count", std::numeric_limits<std::int64_t>::min()},
                            {"large", std::int64_t{9007199254740991}},
                            {"token", std::string("T")},
                            {"robust", true},
                            {"flags", std::vector<bool>{true, false}},
                            {"lags", std::vector<std::int64_t>{1, 12}},
                            {"knots", std::vector<double>{1.0, 25.0}}};
  EXPECT_EQ(trend(spec, 1).candidates[0].options, expected);
}

TEST(Pipeline, ReadsMapsAndUnicodeNames) {
  const PipelineSpec spec =
      good(pipeline({.steps = R"("добыча": {"trend": "linear", "series": "s.уголь.всего"})",
                     .source = R"("source": "csv", "path": "d.csv", "rename": {"a b": "c"})"}));
  ASSERT_EQ(spec.steps.size(), 2u);
  EXPECT_EQ(trend(spec, 1).series.step, "s");
  EXPECT_EQ(trend(spec, 1).series.column, "уголь.всего");
  EXPECT_EQ(std::get<SourceStep>(spec.steps.at(0)).component.options.back().value,
            OptionValue(StringMap{{"a b", "c"}}));
}

TEST(Pipeline, AcceptsAByteOrderMark) {
  EXPECT_TRUE(testing::faults_of("\xEF\xBB\xBF" + kGood).empty());
}

TEST(Pipeline, LeavesNormalisedAbsolutePathsAlone) {
  const PipelineSpec spec = good(
      pipeline({.more = R"(, "outputs": [{"forecast": "../out/./f.csv"}, {"result": "/r"}])"}));
  ASSERT_EQ(spec.outputs.size(), 2u);
  EXPECT_EQ(spec.outputs[0].path, "../out/./f.csv");
  EXPECT_EQ(spec.outputs[0].absolute, spec.folder.substr(0, spec.folder.rfind('/')) + "/out/f.csv");
  EXPECT_EQ(spec.outputs[1].absolute, "/r");
}

}  // namespace
}  // namespace steppe
