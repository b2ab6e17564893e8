// SPDX-License-Identifier: Apache-2.0

// The diagnostics of a regression through the whole program. Expected numbers: R (lmtest) and
// gretl, tests/reference/diagnostics.

#include <gtest/gtest.h>

#include "program_case.hpp"

namespace steppe {
namespace {

using Json = nlohmann::json;

class ProgramDiagnostics : public ::testing::Test {
 protected:
  ProgramDiagnostics() {
    case_.csv(
        "year,grp,mining,innovation\n2010,1872842.3,88461119,14897.7\n"
        "2011,2387705.2,134426171,14388.6\n2012,2446510.3,134653117,30891.5\n"
        "2013,2621888.8,193647709,53731.2\n2014,2899976.8,281371474,21578.1\n"
        "2015,3107085.6,159861739,18442.5\n2016,3712055.9,209385885,31327.2\n"
        "2017,4284362.6,287805257,32048\n2018,4734402.0,355034682,54778\n"
        "2019,5388260.6,400265192,74007\n2020,,430000000,80000\n");
    Json& steps = case_.pipeline()["steps"];
    steps = {{"data", {{"source", "csv"}, {"path", "data.csv"}}},
             {"y",
              {{"regression", "ols"},
               {"target", "data.grp"},
               {"regressors", {"data.mining", "data.innovation"}}}}};
    case_.change({{"horizon", {{"steps", 1}}}});
  }

  Json series() {
    const Json result = case_.result();
    EXPECT_EQ(case_.last.exit_code, 0) << case_.last.err;
    return result.at("steps").at("y").at("series").at(0);
  }
  static Json test_in(const Json& series, const std::string& name) {
    for (const Json& test : series.at("diagnostics")) {
      if (test.at("test") == name) return test;
    }
    return Json::object();
  }

  testing::ProgramCase case_;
};

TEST_F(ProgramDiagnostics, StandInTheResult) {
  const Json y = series();
  const Json watson = test_in(y, "durbin_watson");
  EXPECT_NEAR(watson.at("p").get<double>(), 0.061285969229546794, 1e-12);
  EXPECT_EQ(watson.at("outcome"), "passed");
  EXPECT_NEAR(test_in(y, "white").at("p").get<double>(), 0.149544565653779, 1e-10);
  EXPECT_EQ(test_in(y, "chow"), Json::object());
  EXPECT_EQ(test_in(y, "condition_number"), Json::object());  // ols reports it
  EXPECT_NE(y.at("diagnostics_remark").get<std::string>().find("10 observations prove little"),
            std::string::npos);
  EXPECT_EQ(y.at("warnings").at(0).at("code"), "spurious_regression");
}

TEST_F(ProgramDiagnostics, AreMadeOnRequest) {
  case_.pipeline()["steps"]["y"]["diagnostics"] = {
      {"chow", 2015}, {"cusum", true}, {"breusch_godfrey_order", 2}};
  const Json y = series();
  EXPECT_NEAR(test_in(y, "chow").at("statistic").get<double>(), 20.865226836807, 1e-9);
  EXPECT_NEAR(test_in(y, "chow").at("p").get<double>(), 0.00662740245755412, 1e-11);
  EXPECT_NEAR(test_in(y, "cusum").at("statistic").get<double>(), 0.57123588344907983, 1e-10);
  // tests/reference/diagnostics/cusum_p.csv
  EXPECT_NEAR(test_in(y, "cusum").at("p").get<double>(), 0.47062215143445342, 1e-10);
  EXPECT_NEAR(test_in(y, "breusch_godfrey").at("p").get<double>(), 0.48186896109719224, 1e-10);
  case_.pipeline()["steps"]["y"]["diagnostics"] = {{"chow", 2030}};
  EXPECT_EQ(test_in(series(), "chow").at("verdict"),
            "undefined: all rows are on one side of the date");
}

TEST_F(ProgramDiagnostics, AreLeftOutWithTheDetails) {
  case_.change({{"details", "none"}});
  const Json y = series();
  EXPECT_FALSE(y.contains("diagnostics"));
  for (const Json& warning : y.at("warnings")) {
    EXPECT_NE(warning.at("code"), "spurious_regression");
  }
}

}  // namespace
}  // namespace steppe
