// SPDX-License-Identifier: Apache-2.0

// The weights of a regression through the whole program, with a plugin whose forecast is the
// weighted mean of the target.

#include <gtest/gtest.h>

#include <filesystem>

#include "program_case.hpp"

namespace steppe {
namespace {

using testing::ProgramCase;
using testing::ProgramRun;
using Json = nlohmann::json;

class Weights : public ::testing::Test {
 protected:
  Weights() {
    std::filesystem::create_directory(case_.folder().path() / "plugins");
    std::filesystem::copy_file(
        std::string(STEPPE_BINARY_DIR) + "/tests/host/modules/weighted_mean.so",
        case_.folder().path() / "plugins/weighted_mean.so");
    case_.pipeline()["steps"]["y"] = {{"regression", "weighted_mean"},
                                      {"target", "data.y"},
                                      {"regressors", {"data.x"}},
                                      {"weights", "data.w"}};
    case_.change({{"horizon", {{"steps", 1}}}});
  }

  ProgramRun run(const std::string& csv) {
    case_.csv(csv);
    return case_.run(
        {"--plugin-dir", (case_.folder().path() / "plugins").string(), "--format", "json"});
  }
  static Json series(const ProgramRun& run) {
    return Json::parse(run.out).at("steps").at("y").at("series").at(0);
  }

  ProgramCase case_;
};

// (1 * 10 + 3 * 20 + 0 * 90) / 4
TEST_F(Weights, ReachThePlugin) {
  const ProgramRun done = run("year,y,x,w\n2010,10,1,1\n2011,20,2,3\n2012,90,3,0\n2013,,4,\n");
  ASSERT_EQ(done.exit_code, 0) << done.err;
  const Json y = series(done);
  EXPECT_EQ(y.at("forecast").at(0).at("mean"), 17.5);
  EXPECT_EQ(y.at("tables").at("weights").at(1).at("weight"), 3);
}

TEST_F(Weights, LeaveOutARowWithoutOne) {
  const ProgramRun done = run("year,y,x,w\n2010,10,1,1\n2011,20,2,\n2012,40,3,1\n2013,,4,\n");
  ASSERT_EQ(done.exit_code, 0) << done.err;
  const Json y = series(done);
  EXPECT_EQ(y.at("forecast").at(0).at("mean"), 25.0);
  EXPECT_EQ(y.at("warnings").at(0).at("code"), "weights_missing");
  EXPECT_EQ(y.at("warnings").at(0).at("text"),
            "1 row was left out because the weight data.w is missing, first at 2011");
}

TEST_F(Weights, N6AreNotNegative) {
  const ProgramRun done = run("year,y,x,w\n2010,10,1,1\n2011,20,2,-0.5\n2012,40,3,1\n2013,,4,\n");
  EXPECT_EQ(done.exit_code, 9);
  EXPECT_NE(done.err.find("error[N6] series=\"data.y\" step=y[weighted_mean]: 2011: the weight "
                          "data.w is -0.5; a weight is 0 or more and finite"),
            std::string::npos)
      << done.err;
}

TEST_F(Weights, N1AreNotAllZero) {
  const ProgramRun done = run("year,y,x,w\n2010,10,1,0\n2011,20,2,0\n2012,,3,0\n");
  EXPECT_EQ(done.exit_code, 9);
  EXPECT_NE(done.err.find("error[N1] series=\"data.y\" step=y[weighted_mean]: every weight in "
                          "data.w is 0; rows=2, with a weight above 0: 0"),
            std::string::npos)
      << done.err;
}

// One weight per date serves every key.
TEST_F(Weights, ComeFromASourceWithoutKeysToo) {
  case_.folder().write("weights.csv", "year,w\n2010,1\n2011,3\n2012,1\n");
  case_.pipeline()["steps"]["data"]["key"] = "id";
  case_.pipeline()["steps"]["years"] = {{"source", "csv"}, {"path", "weights.csv"}};
  case_.pipeline()["steps"]["y"]["weights"] = "years.w";
  const ProgramRun done =
      run("id,year,y,x\nA,2010,10,1\nA,2011,20,2\nA,2012,,3\nB,2010,1,1\nB,2011,5,2\nB,2012,,3\n");
  ASSERT_EQ(done.exit_code, 0) << done.err;
  const Json all = Json::parse(done.out).at("steps").at("y").at("series");
  EXPECT_EQ(all.at(0).at("forecast").at(0).at("mean"), 17.5);
  EXPECT_EQ(all.at(1).at("forecast").at(0).at("mean"), 4.0);
}

}  // namespace
}  // namespace steppe
