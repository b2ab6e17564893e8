// SPDX-License-Identifier: Apache-2.0
// What is refused before anything is understood, with every message in full.

#include "pipeline/pipeline_testing.hpp"

namespace steppe {
namespace {

using namespace std::string_literals;
using testing::check_faults;
using testing::only_fault;
using testing::only_message;

TEST(PipelineSyntax, J1_NamesTheOffendingTokenAndWhatWasExpected) {
  EXPECT_EQ(only_message("{\"a\":,}"),
            "error[J1] run.json:1:6 (a): unexpected \",\"; expected a value");
  EXPECT_EQ(only_message("{\"a\" 1}"),
            "error[J1] run.json:1:6 (a): unexpected \"1\"; expected ':'");
  EXPECT_EQ(only_message("{\n  \"a\": 1\n  \"b\": 2}"),
            R"(error[J1] run.json:3:3: unexpected "\"b\""; expected ',' or '}')");
  EXPECT_EQ(only_message("{\"a\": [1 2]}"),
            "error[J1] run.json:1:10 (a): unexpected \"2\"; expected ',' or ']'");
  EXPECT_EQ(only_message("{\"a\": 1"),
            "error[J1] run.json:1:8: unexpected end of file; expected ',' or '}'");
  EXPECT_EQ(only_message("{} x"),
            "error[J1] run.json:1:4: unexpected \"x\"; expected the end of the file");
  EXPECT_EQ(only_message("]"), "error[J1] run.json:1:1: unexpected \"]\"; expected '{'");
  EXPECT_EQ(only_fault("]").exit, ExitCode::kPipelineRefused);
}

TEST(PipelineSyntax, J1_HelpsWithWhatPeopleWrite) {
  EXPECT_EQ(only_message("[01]"),
            "error[J1] run.json:1:2 ([0]): \"01\" is not a JSON number; write it without leading "
            "zeros");
  EXPECT_EQ(only_message("[+1]"),
            "error[J1] run.json:1:2: \"+1\" is not a JSON number; write it without +");
  EXPECT_EQ(only_message("[.5]"),
            "error[J1] run.json:1:2: \".5\" is not a JSON number; write digits on both sides of "
            "the point");
  EXPECT_EQ(only_message("[0x1F]"),
            "error[J1] run.json:1:2 ([0]): \"0x1F\" is not a JSON number; write it in decimal");
  EXPECT_EQ(only_message("[True]"), "error[J1] run.json:1:2: unexpected \"True\"; write true");
  EXPECT_EQ(only_message("[None]"), "error[J1] run.json:1:2: unexpected \"None\"; write null");
  EXPECT_EQ(only_message("['a']"),
            "error[J1] run.json:1:2: unexpected \"'a'\"; strings stand in double quotes");
  EXPECT_EQ(only_message("{\"a\": linear}"),
            "error[J1] run.json:1:7 (a): unexpected \"linear\"; text stands in double quotes");
  EXPECT_EQ(
      only_message("[\"C:\\x\"]"),
      R"(error[J1] run.json:1:5: unknown escape "\x"; JSON has \" \\ \/ \b \f \n \r \t \uXXXX; write \\ for one \)");
  EXPECT_EQ(only_message("[\"a\n\"]"),
            "error[J1] run.json:1:2: the string \"a\" has no closing quote on its line");
  EXPECT_EQ(
      only_message("[\"a\tb\"]"),
      R"(error[J1] run.json:1:4: control character \x09 in a string; write it as an escape such as \t)");
}

TEST(PipelineSyntax, J3_ShowsBothPlacesOfADuplicateKey) {
  EXPECT_EQ(
      only_message("{\"time\": {\"column\": \"t\", \"frequency\": \"yearly\"},\n"
                   " \"horizon\": 1,\n \"steps\": {\"s\": {\"source\": \"csv\", \"path\": "
                   "\"d\"}},\n \"horizon\": 2}"),
      "error[J3] run.json:4:2 (horizon): duplicate key \"horizon\", first at 2:2; remove one");
}

TEST(PipelineSyntax, J3_ShowsDuplicatesBesideEverythingElse) {
  check_faults(
      testing::with_steps(
          R"("a": {"trend": "linear", "series": "s.y", "series": "s.z", "odrer": 1})"),
      {R"(error[J3] run.json:3:45 (steps.a.series): duplicate key "series", first at 3:28; remove one)",
       R"(error[J10] run.json:3:62 (steps.a.odrer): unknown key "odrer" for trend.linear; valid are "trend", "series", "rows", "missing", "intercept")"});
}

TEST(PipelineSyntax, J12_ShowsBothPlacesOfADuplicateStep) {
  check_faults(
      testing::with_steps(R"("a": {"trend": "linear", "series": "s.y"}, "a": 1)"),
      {R"(error[J12] run.json:3:46 (steps.a): duplicate step "a", first at 3:3; rename or remove one)"});
}

TEST(PipelineSyntax, J4_RefusesNulBytes) {
  EXPECT_EQ(only_message("{}\0{}"s),
            "error[J4] run.json:1:3: NUL byte at byte offset 2; remove it");
  EXPECT_EQ(only_message(R"(["a\u0000b"])"),
            R"(error[J4] run.json:1:2 ([0]): a NUL character (\u0000) in a string; remove it)");
}

TEST(PipelineSyntax, J6_RefusesNumbersBeyondDoubles) {
  EXPECT_EQ(only_message("{\"a\": 1e400}"),
            "error[J6] run.json:1:7 (a): \"1e400\" is too large for a number; the largest is "
            "1.7976931348623157e308");
}

TEST(PipelineSyntax, J7_RefusesExtensionsOfJson) {
  EXPECT_EQ(only_message("// hello\n{}"),
            "error[J7] run.json:1:1: JSON has no comments; remove \"//\"");
  EXPECT_EQ(only_message("{\"a\": /* one */ 1}"),
            "error[J7] run.json:1:7 (a): JSON has no comments; remove \"/*\"");
  EXPECT_EQ(only_message("{\"a\": NaN}"),
            "error[J7] run.json:1:7 (a): \"NaN\" is not JSON; write a number, or null for none");
  EXPECT_EQ(
      only_message("{\"a\": -Infinity}"),
      "error[J7] run.json:1:7 (a): \"-Infinity\" is not JSON; write a number, or null for none");
  EXPECT_EQ(only_message("{\"a\": [1, 2,\n ]}"),
            "error[J7] run.json:1:12 (a): trailing comma before ]; JSON allows none, remove it");
  EXPECT_EQ(only_message("{\"a\": 1 , }"),
            "error[J7] run.json:1:9: trailing comma before }; JSON allows none, remove it");
}

TEST(PipelineSyntax, J8_RefusesWhatIsNotUtf8AtItsByte) {
  EXPECT_EQ(only_message("{\"\xC3\xA9\xFF\": 1}"),
            "error[J8] run.json:1:4: invalid UTF-8 byte 0xff at byte offset 4; save the file as "
            "UTF-8");
  EXPECT_EQ(only_message("\xEF\xBB\xBF[\"\x80\"]"),
            "error[J8] run.json:1:3: invalid UTF-8 byte 0x80 at byte offset 5; save the file as "
            "UTF-8");
  EXPECT_EQ(only_message("{\0}\0"s),
            "error[J8] run.json:1:1: not UTF-8 at byte offset 0: this looks like UTF-16; save the "
            "file as UTF-8");
  EXPECT_EQ(only_message("\xFF\xFE{\0}\0"s),
            "error[J8] run.json:1:1: not UTF-8 at byte offset 0: this looks like UTF-16; save the "
            "file as UTF-8");
  EXPECT_EQ(only_message("\xEF\xBB\xBF\xEF\xBB\xBF{}"),
            "error[J8] run.json:1:1: a second byte order mark at byte offset 3; remove it");
  EXPECT_EQ(only_message(R"(["a\ud800"])"),
            R"(error[J8] run.json:1:4: lone surrogate \ud800 is not a character (byte offset 3))");
  EXPECT_EQ(only_message("\xEF\xBB\xBF[\"\\udc00\"]"),
            R"(error[J8] run.json:1:3: lone surrogate \udc00 is not a character (byte offset 5))");
}

TEST(PipelineSyntax, J16_ExpandsVariablesOnceAndInsideValuesOnly) {
  // The value holds quotes, a line feed, other keys and ${FILE}: all of it is the path, as it is.
  const auto result = testing::parse(testing::with_source(
      R"("source": "csv", "path": "/a/${EVIL}b${FILE}", "rename": {"${FILE}": "x"})"));
  ASSERT_TRUE(result.ok());
  const auto& source = std::get<SourceStep>(result->steps[0]);
  EXPECT_EQ(std::get<std::string>(source.component.options[0].value),
            "/a/x\", \"skip\": 9, \"y\": \"\n${FILE}bdata.csv");
  EXPECT_EQ(source.path, "/a/${EVIL}b${FILE}");
  EXPECT_EQ(source.component.options[2].value, OptionValue(std::int64_t{0}));
  EXPECT_EQ(source.component.options.back().value, OptionValue(StringMap{{"${FILE}", "x"}}));
}

TEST(PipelineSyntax, J16_ExpandsPluginWords) {
  EXPECT_TRUE(
      testing::faults_of(testing::with_steps(R"("a": {"trend": "${MODEL}", "series": "s.y"})"))
          .empty());
}

TEST(PipelineSyntax, EscapesWhatATerminalWouldObey) {
  for (const std::string& line : testing::faults_of(R"({"\u001b[31m": 1, "time": 1})")) {
    EXPECT_EQ(line.find('\x1b'), std::string::npos) << escaped(line);
  }
}

}  // namespace
}  // namespace steppe
