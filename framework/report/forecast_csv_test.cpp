// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <clocale>

#include "report/outputs.hpp"
#include "report/sample_run.hpp"

namespace steppe {
namespace {

TEST(ForecastCsv, HasOneRowPerSeriesAndDate) {
  EXPECT_EQ(forecast_csv(testing::sample_run()),
            "series,time,step,mean,lower_80,upper_80,lower_95,upper_95,model,status,warnings\n"
            "mining,2020,1,2.5,1.5,3.5,0,5,linear,degraded,candidate_failed\n"
            "mining,2021,2,489412367.5939394,489412366.5939394,489412368.5939394,"
            "489412365.0939394,489412370.0939394,linear,degraded,candidate_failed\n"
            "grp,2020,1,9.5,8.5,10.5,7,12,ols,ok,\n");
}

TEST(ForecastCsv, KeepsARowForASeriesThatFailed) {
  EXPECT_EQ(forecast_csv(testing::panel_run(3)),
            "region,series,time,step,mean,lower_95,upper_95,model,status,warnings\n"
            "k0,sales,2020,1,0,-1,1,linear,ok,\n"
            "k1,sales,2020,1,1,0,2,linear,ok,\n"
            "k2,sales,,,,,,,failed,\"N1 insufficient_data: 1 observation, 3 needed\"\n");
}

TEST(ForecastCsv, MakesTextOfWhatASpreadsheetWouldRunX9) {
  RunResult result = testing::panel_run(1);
  std::string expected = "region,series,time,step,mean,lower_95,upper_95,model,status,warnings\n";
  const std::pair<const char*, const char*> cases[] = {
      {"=1+1", "'=1+1"}, {"+1", "'+1"},       {"-5", "'-5"},  {"@SUM", "'@SUM"},
      {"\tx", "'\tx"},   {"\rx", "\"'\rx\""}, {"a=b", "a=b"}, {"=a,\"b\"", "\"'=a,\"\"b\"\"\""}};
  result.steps[0].results[0].rows[0].mean = -5.2;  // numbers stay numbers
  for (const auto& [key, cell] : cases) {
    result.steps[0].results[0].key = key;
    EXPECT_EQ(forecast_csv(result), expected + cell + ",sales,2020,1,-5.2,-1,1,linear,ok,\n");
  }
}

TEST(ForecastCsv, KeepsKeysWithNewlinesCommasAndQuotesC26) {
  RunResult result = testing::panel_run(1);
  result.steps[0].results[0].key = "a\nb,\"c\"\u202e";
  EXPECT_EQ(forecast_csv(result),
            "region,series,time,step,mean,lower_95,upper_95,model,status,warnings\n"
            "\"a\nb,\"\"c\"\"\u202e\",sales,2020,1,0,-1,1,linear,ok,\n");
}

TEST(ForecastCsv, PutsTheKeyColumnsOfAllStepsSideBySide) {
  RunResult result = testing::panel_run(1);
  RunResult other = testing::panel_run(1);
  other.steps[0].id = "plan";
  other.steps[0].key_columns = {"model", "region"};
  other.steps[0].results[0].key = "m\x1fr";
  result.steps.push_back(std::move(other.steps[0]));
  EXPECT_EQ(forecast_csv(result),
            "region,key_model,series,time,step,mean,lower_95,upper_95,model,status,warnings\n"
            "k0,,sales,2020,1,0,-1,1,linear,ok,\n"
            "r,m,plan,2020,1,0,-1,1,linear,ok,\n");
}

TEST(ForecastCsv, LeavesUndefinedNumbersEmpty) {
  RunResult result = testing::panel_run(1);
  result.steps[0].results[0].rows[0].lower = {std::numeric_limits<double>::quiet_NaN()};
  EXPECT_EQ(forecast_csv(result),
            "region,series,time,step,mean,lower_95,upper_95,model,status,warnings\n"
            "k0,sales,2020,1,0,,1,linear,ok,\n");
}

TEST(ForecastCsv, IsTheSameUnderEveryLocaleC27) {
  const std::string expected = forecast_csv(testing::sample_run());
  for (const char* name : {"de_DE.UTF-8", "de_DE", "fr_FR.UTF-8", "C.UTF-8"}) {
    if (std::setlocale(LC_ALL, name) == nullptr) continue;
    EXPECT_EQ(forecast_csv(testing::sample_run()), expected) << name;
  }
  std::setlocale(LC_ALL, "C");
}

}  // namespace
}  // namespace steppe
