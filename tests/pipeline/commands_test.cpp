// SPDX-License-Identifier: Apache-2.0

// The sub-commands beside `run`.

#include <gtest/gtest.h>

#include "program_case.hpp"

namespace steppe {
namespace {

using testing::ProgramCase;
using testing::ProgramRun;
using testing::run_steppe;
using Json = nlohmann::json;

// The case's pipeline as a file; its data are not there: none of these commands reads them.
std::string pipeline_of(ProgramCase& c) {
  std::filesystem::remove(c.folder().path() / "data.csv");
  return c.folder().write("run.json", c.pipeline().dump(2));
}

TEST(Commands, ValidateReadsNoData) {
  ProgramCase c;
  const std::string file = pipeline_of(c);
  const ProgramRun run = run_steppe({"validate", file});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.out, file + ": valid, 2 steps\n");
}

TEST(Commands, ExplainShowsTheGraphAndWhoServesIt) {
  ProgramCase c;
  const ProgramRun run = run_steppe({"explain", pipeline_of(c)});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const std::string plugins = std::string(STEPPE_BINARY_DIR) + "/plugins/";
  EXPECT_NE(run.out.find("data: source\n  reads data.csv\n  served by source.csv 1.0.0 from " +
                         plugins + "steppe_source_csv.so\n"),
            std::string::npos)
      << run.out;
  EXPECT_NE(run.out.find("y: trend of data.y\n  linear: served by trend.linear 1.0.0 from " +
                         plugins + "steppe_trend_linear.so\n"),
            std::string::npos)
      << run.out;
  EXPECT_NE(run.out.find("writes forecast.csv\n"), std::string::npos) << run.out;
}

TEST(Commands, ListNamesEveryShippedPlugin) {
  const Json list = Json::parse(run_steppe({"plugins", "list", "--format", "json"}).out);
  std::vector<std::string> ids;
  for (const Json& component : list) ids.push_back(component.at("id"));
  EXPECT_EQ(ids, (std::vector<std::string>{"regression.best_subset",
                                           "regression.elastic_net",
                                           "regression.gls_ar",
                                           "regression.huber",
                                           "regression.lasso",
                                           "regression.ols",
                                           "regression.panel",
                                           "regression.quantile",
                                           "regression.ridge",
                                           "regression.stepwise",
                                           "regression.wls",
                                           "source.csv",
                                           "trend.drift",
                                           "trend.exponential",
                                           "trend.linear",
                                           "trend.logarithmic",
                                           "trend.mean",
                                           "trend.naive",
                                           "trend.polynomial",
                                           "trend.power",
                                           "trend.seasonal_naive"}));
}

TEST(Commands, DescribeShowsTheOptionTable) {
  const ProgramRun run = run_steppe({"plugins", "describe", "trend.polynomial"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_NE(run.out.find("integer, 2 to 6, default 2"), std::string::npos) << run.out;
}

TEST(Commands, DescribeSuggestsTheNearestPlugin) {
  const ProgramRun run = run_steppe({"plugins", "describe", "trend.polinomial"});
  EXPECT_EQ(run.exit_code, 3) << run.err;
  EXPECT_NE(run.err.find("trend.polynomial"), std::string::npos) << run.err;
}

TEST(Commands, DoctorEndsWithZeroWhenEveryFileIsAccepted) {
  const ProgramRun run = run_steppe({"plugins", "doctor"});
  EXPECT_EQ(run.exit_code, 0) << run.out;
  EXPECT_NE(run.out.find(" accepted, 0 refused\n"), std::string::npos) << run.out;
}

TEST(Commands, SchemaIsOneJsonObject) {
  EXPECT_TRUE(Json::parse(run_steppe({"schema"}).out).contains("$schema"));
}

}  // namespace
}  // namespace steppe
