// SPDX-License-Identifier: Apache-2.0
#include "report/json_text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "report/outcome_text.hpp"
#include "report/outputs.hpp"

namespace steppe {
namespace {

using Layout = JsonText::Layout;

TEST(JsonText, IndentsAndKeepsSmallObjectsOnOneLine) {
  JsonText json;
  json.object();
  json.member("a", 1).member("b", "x");
  json.key("rows").array();
  json.object(Layout::kOneLine).member("m", 0.5).key("list").array();
  json.value(1).value(2).end().end();
  json.end();
  json.key("none").array().end();
  json.end();
  EXPECT_EQ(std::move(json).take(),
            "{\n"
            "  \"a\": 1,\n"
            "  \"b\": \"x\",\n"
            "  \"rows\": [\n"
            "    {\"m\": 0.5, \"list\": [1, 2]}\n"
            "  ],\n"
            "  \"none\": []\n"
            "}");
}

TEST(JsonText, WritesNumbersShortestAndUndefinedAsNull) {
  JsonText json(Layout::kOneLine);
  json.array();
  json.value(0.1).value(1e300).value(-0.0).value(5e-324).value(9007199254740993.0);
  json.value(std::nan("")).value(-std::numeric_limits<double>::infinity());
  json.value(std::int64_t{9007199254740993}).value(std::uint64_t{18446744073709551615u});
  json.value(true).end();
  EXPECT_EQ(std::move(json).take(),
            "[0.1, 1e+300, -0, 5e-324, 9007199254740992, null, null, 9007199254740993, "
            "18446744073709551615, true]");
}

TEST(JsonText, EscapesWhatCouldMisleadATerminalX10) {
  JsonText json;
  json.value("q\"b\\n\n\x1b[31m\x7f\u202e\u2028\xff é\xF0\x9F\x8C\xBE");
  const std::string text = std::move(json).take();
  EXPECT_EQ(text, "\"q\\\"b\\\\n\\n\\u001b[31m\\u007f\\u202e\\u2028\\ufffd é\xF0\x9F\x8C\xBE\"");
  EXPECT_EQ(nlohmann::json::parse(text).get<std::string>(),
            "q\"b\\n\n\x1b[31m\x7f\u202e\u2028\uFFFD é\xF0\x9F\x8C\xBE");
}

TEST(PercentText, UsesTheDecimalDigits) {
  EXPECT_EQ(percent_text(0.8), "80");
  EXPECT_EQ(percent_text(0.95), "95");
  EXPECT_EQ(percent_text(0.975), "97.5");
  EXPECT_EQ(percent_text(0.29), "29");  // 0.29 * 100 is 28.999999999999996
  EXPECT_EQ(percent_text(0.9999), "99.99");
  EXPECT_EQ(percent_text(0.05), "5");
  EXPECT_EQ(percent_text(0.001), "0.1");
}

TEST(FaultJson, IsOneLineWithEveryKnownPart) {
  Fault fault;
  fault.code = "C1";
  fault.kind = ErrorKind::kInvalidData;
  fault.exit = ExitCode::kDataRefused;
  fault.place.file = "sales.csv";
  fault.place.line = 3;
  fault.place.column = 2;
  fault.place.field = "grp";
  fault.place.series = "a\nb";
  fault.place.step = "region";
  fault.place.plugin = "source.csv@1.0.0";
  fault.message = "\"x\" is not a number";
  EXPECT_EQ(fault_json(fault),
            "{\"level\": \"error\", \"code\": \"C1\", \"kind\": \"invalid_data\", \"exit_code\": "
            "4, \"file\": \"sales.csv\", \"line\": 3, \"column\": 2, \"field\": \"grp\", "
            "\"series\": \"a\\nb\", \"step\": \"region\", \"plugin\": \"source.csv@1.0.0\", "
            "\"message\": \"\\\"x\\\" is not a number\"}");
}

TEST(FaultsText, IsOneLineEach) {
  Fault fault;
  fault.code = "J1";
  fault.message = "a\nb";
  EXPECT_EQ(faults_text({fault, fault}), "error[J1] a\\x0ab\nerror[J1] a\\x0ab\n");
}

}  // namespace
}  // namespace steppe
