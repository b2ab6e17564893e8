// SPDX-License-Identifier: Apache-2.0
// A table of texts that RFC 8259 allows or forbids, one rule at a time.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/json_reader.hpp"
#include "pipeline/text_encoding.hpp"

namespace steppe {
namespace {

using namespace std::string_view_literals;

Faults read(std::string_view bytes) {
  FaultList faults("a.json");
  const std::string_view text = checked_text(bytes, faults);
  if (faults.empty()) {
    const auto root = read_json(text, {}, faults);
    EXPECT_TRUE(root.has_value() || !faults.empty()) << bytes;
  }
  return faults.take();
}

const std::vector<std::string_view> kAccepted = {
    // values at the top
    "null", "true", "false", "0", "-0", "\"\"", "[]", "{}",
    // white space
    " [ ] ", "\t{\n}\r\n", "[1 ,2]", "{ \"a\" : 1 }", "\xEF\xBB\xBF[]",
    // numbers
    "[-1]", "[10]", "[0.5]", "[-0.0]", "[1e5]", "[1E+5]", "[1e-5]", "[1.5e007]",
    "[123456789012345678901234567890]", "[1.7976931348623157e308]", "[5e-324]", "[1e-400]",
    // strings
    "[\"a\"]", R"(["\"\\\/\b\f\n\r\t"])", R"(["\u0041"])", R"(["\u00e9\uABCD"])",
    R"(["\ud83d\ude00"])", "[\"\xC3\xA9\"]", "[\"\xF0\x9F\x98\x80\"]", "[\"\x7F\"]",
    "[\"\xEE\x80\x80\"]", "[\"\xEF\xBB\xBF\"]", R"(["\uFFFF"])", "[\"\xE2\x80\xA8\"]", "[\"//\"]",
    // structure
    "[[],{},[{}]]", R"({"":1})", R"({"a":{"a":1}})", R"([1,true,null,"x",{"y":[]}])"};

const std::vector<std::string_view> kRefused = {
    // nothing, and more than one value
    "", " ", "\n\t", "1 2", "[][]", "{}{}", "[]]", "{}}", "[] x", "null,",
    // structure
    "[", "]", "{", "}", "[1", "[1,", "[,1]", "[1,,2]", "[1,]", "[1 2]", "[1:2]", "[}", "{]",
    R"({"a"})", R"({"a":})", R"({"a":1,})", R"({,"a":1})", R"({"a" 1})", R"({"a"::1})",
    R"({"a":1 "b":2})", R"({"a",1})", R"({1:2})", R"({a:1})", R"({null:1})", R"({[]:1})",
    R"({"a":1,"a":1})", R"({"a":1,"b":2,"a":3})", R"({"a":1,"\u0061":2})",
    // numbers
    "[01]", "[-01]", "[+1]", "[.5]", "[1.]", "[1.e5]", "[-]", "[-.5]", "[1e]", "[1e+]", "[1e5.5]",
    "[0x10]", "[1_000]", "[1,5e]", "[--1]", "[1-]", "[\xEF\xBC\x91]", "[1e400]", "[-1e999]",
    "[NaN]", "[nan]", "[Infinity]", "[-Infinity]", "[0b1]", "[1L]",
    // words
    "[tru]", "[True]", "[FALSE]", "[nul]", "[nulll]", "[truefalse]", "[undefined]", "[a]", "[']",
    "['a']", "[`a`]",
    // strings
    "[\"]", "[\"a]", "[\"a\\\"]", "[\"\\\"]", R"(["\x41"])", R"(["\'"])", R"(["\u12"])",
    R"(["\u12G4"])", R"(["\U0041"])", "[\"a\nb\"]", "[\"a\tb\"]", "[\"\x01\"]", "[\"\x1F\"]",
    R"(["\ud800"])", R"(["\udc00"])", R"(["\ud800\ud800"])", R"(["\ude00\ud83d"])",
    R"(["\ud800x"])", R"(["\u0000"])", "[\"a\" \"b\"]", "[\"a\"b]",
    // comments
    "// a\n[]", "/* a */[]", "[1 /* a */]", "[1] // a", "# a\n[]", "[1 # a\n]",
    // bytes
    "\xFF", "[\"\xFF\"]", "[\"\x80\"]", "[\"\xC3\"]", "[\"\xC0\xAF\"]", "[\"\xE0\x80\xAF\"]",
    "[\"\xED\xA0\x80\"]", "[\"\xF4\x90\x80\x80\"]", "[\"\xF8\x88\x80\x80\x80\"]", "[\xC3\xA9]",
    "\xEF\xBB\xBF", "\xEF\xBB[]", "\xEF\xBB\xBF\xEF\xBB\xBF[]", "[]\xEF\xBB\xBF", "[]\0"sv,
    "\0[]"sv, "[\"\0\"]"sv, "[1]\0[2]"sv, "\xFE\xFF\0[\0]"sv, "\xFF\xFE[\0]\0"sv, "[\0]\0"sv,
    "\0[\0]"sv, "[\x0B]", "[\x0C]", "[\xC2\xA0]", "[\xE2\x81\xA0]"};

TEST(JsonTable, AcceptsWhatTheStandardAllows) {
  for (const std::string_view text : kAccepted) {
    const Faults faults = read(text);
    EXPECT_TRUE(faults.empty()) << text << ": " << (faults.empty() ? "" : to_text(faults[0]));
  }
}

TEST(JsonTable, RefusesEverythingElseWithOneFault) {
  for (const std::string_view text : kRefused) {
    const Faults faults = read(text);
    ASSERT_EQ(faults.size(), 1u) << escaped(text);
    EXPECT_EQ(faults[0].exit, ExitCode::kPipelineRefused) << escaped(text);
    EXPECT_FALSE(faults[0].code.empty()) << escaped(text);
    const bool blank = faults[0].code == "J14";
    EXPECT_TRUE(blank || faults[0].place.line > 0) << escaped(text);
  }
}

TEST(JsonTable, HasEnoughCases) { EXPECT_GT(kAccepted.size() + kRefused.size(), 60u); }

TEST(JsonReader, KeepsNumbersAsTheyAreWritten) {
  FaultList faults("a.json");
  const auto root = read_json("[9007199254740993, 1.10, -0, 1E+2]", {}, faults);
  ASSERT_TRUE(root && root->items.size() == 4);
  EXPECT_EQ(root->items[0].text, "9007199254740993");
  EXPECT_EQ(root->items[1].text, "1.10");
  EXPECT_EQ(root->items[2].text, "-0");
  EXPECT_EQ(root->items[3].text, "1E+2");
}

TEST(JsonReader, KnowsWhereEveryKeyAndValueStands) {
  FaultList faults("a.json");
  // Columns count characters: the key before the last value has two letters beyond ASCII.
  const auto root =
      read_json("{\"a\" :\r\n  [true,\r \"x\"] ,\n\"\xC3\xA9\xF0\x9F\x98\x80\": {} }", {}, faults);
  ASSERT_TRUE(root && root->members.size() == 2);
  const auto at = [](const TextPosition& p) {
    return std::to_string(p.line) + ":" + std::to_string(p.column);
  };
  EXPECT_EQ(at(root->position), "1:1");
  EXPECT_EQ(at(root->members[0].position), "1:2");
  EXPECT_EQ(at(root->members[0].value.position), "2:3");
  EXPECT_EQ(at(root->members[0].value.items[0].position), "2:4");
  EXPECT_EQ(at(root->members[0].value.items[1].position), "3:2");
  EXPECT_EQ(at(root->members[1].position), "4:1");
  EXPECT_EQ(at(root->members[1].value.position), "4:7");
}

TEST(JsonReader, DecodesEscapes) {
  FaultList faults("a.json");
  const auto root = read_json(R"(["\u00e9\ud83d\ude00\/\t"])", {}, faults);
  ASSERT_TRUE(root && root->items.size() == 1);
  EXPECT_EQ(root->items[0].text, "\xC3\xA9\xF0\x9F\x98\x80/\t");
}

}  // namespace
}  // namespace steppe
