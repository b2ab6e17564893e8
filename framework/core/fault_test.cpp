// SPDX-License-Identifier: Apache-2.0
// The golden messages of the fault catalogue, and X10.

#include "core/fault.hpp"

#include <gtest/gtest.h>

namespace steppe {
namespace {

TEST(Fault, ShowsWhereInAPipelineItIs) {
  Fault fault;
  fault.code = "J3";
  fault.place.file = "run.json";
  fault.place.line = 14;
  fault.place.column = 5;
  fault.place.json_path = "steps.mining.horizon";
  fault.message = "duplicate key \"horizon\", first at 9:5; remove one";
  EXPECT_EQ(to_text(fault),
            "error[J3] run.json:14:5 (steps.mining.horizon): duplicate key \"horizon\", first at "
            "9:5; remove one");
}

TEST(Fault, ShowsWhereInATableItIs) {
  Fault fault;
  fault.code = "C1";
  fault.place.file = "sales.csv";
  fault.place.line = 3;
  fault.place.column = 2;
  fault.place.field = "grp";
  fault.message = "\"1 872 842,3\" is not a number";
  EXPECT_EQ(to_text(fault),
            "error[C1] sales.csv:3:2 column \"grp\": \"1 872 842,3\" is not a number");
  fault.place = {};
  fault.place.file = "sales.csv";
  fault.place.line = 30001;
  fault.code = "C12";
  fault.message = "3 fields, header has 2";
  EXPECT_EQ(to_text(fault), "error[C12] sales.csv:30001: 3 fields, header has 2");
}

TEST(Fault, ShowsSeriesStepAndPlugin) {
  Fault fault;
  fault.code = "N6";
  fault.kind = ErrorKind::kDomainError;
  fault.place.series = "Abai/mining";
  fault.place.step = "trend[power]";
  fault.message = "y=0 at 2014-01-01 (row 5) has no logarithm";
  EXPECT_EQ(to_text(fault),
            "error[N6] series=\"Abai/mining\" step=trend[power]: y=0 at 2014-01-01 (row 5) has no "
            "logarithm");
  fault.place.plugin = "holt@1.2";
  EXPECT_EQ(to_text(fault.place), "series=\"Abai/mining\" step=trend[power] plugin=holt@1.2");
}

TEST(Fault, NamesABlamedPluginFirst) {
  Fault fault;
  fault.code = "P1";
  fault.kind = ErrorKind::kPluginFault;
  fault.place.plugin = "holt@1.2";
  fault.place.step = "fit";
  fault.place.series = "K-00417";
  fault.message = "SIGSEGV in holt_fit+0x8e";
  EXPECT_EQ(to_text(fault),
            "error[P1] plugin=holt@1.2 step=fit series=\"K-00417\": SIGSEGV in holt_fit+0x8e");
}

TEST(Fault, NeedsNeitherCodeNorPlace) {
  Fault fault;
  fault.message = "something broke";
  EXPECT_EQ(to_text(fault), "error: something broke");
  fault.code = "S1";
  EXPECT_EQ(to_text(fault), "error[S1] something broke");
  EXPECT_EQ(to_text(Place{}), "");
  fault.code.clear();
  fault.place.file = "out.csv";
  EXPECT_EQ(to_text(fault), "error: out.csv: something broke");
}

TEST(Fault, LetsNothingInItReachTheTerminalX10) {
  Fault fault;
  fault.code = "C19";
  fault.place.file = "a\nb.csv";
  fault.place.series = "x\" step=y";
  fault.message = "red \x1b[31m text\r\n";
  EXPECT_EQ(to_text(fault),
            "error[C19] a\\x0ab.csv series=\"x\\\" step=y\": red \\x1b[31m text\\x0d\\x0a");
}

TEST(Escaped, KeepsReadableTextOfEveryScript) {
  EXPECT_EQ(escaped("Қарағанды – région, 東京 \xF0\x9F\x8C\xBE"),
            "Қарағанды – région, 東京 \xF0\x9F\x8C\xBE");
  EXPECT_EQ(escaped("back\\slash"), "back\\slash");
}

TEST(Escaped, WritesControlsAndBidirectionalMarks) {
  EXPECT_EQ(escaped(std::string_view("\0\t\x7f", 3)), "\\x00\\x09\\x7f");
  EXPECT_EQ(escaped("\u0085\u200f\u202e\u2066\u2028\ufeff"),
            "\\u{0085}\\u{200f}\\u{202e}\\u{2066}\\u{2028}\\u{feff}");
}

TEST(Escaped, WritesInvalidUtf8ByteByByte) {
  EXPECT_EQ(escaped("\xff|\xc0\xaf|\xed\xa0\x80|\xf4\x90\x80\x80|\xe2\x82"),
            "\\xff|\\xc0\\xaf|\\xed\\xa0\\x80|\\xf4\\x90\\x80\\x80|\\xe2\\x82");
}

TEST(Escaped, ChangesNothingTheSecondTime) {
  const std::string once = escaped("a\x1b\xff\u202e\\");
  EXPECT_EQ(escaped(once), once);
}

TEST(Quoted, CutsLongTextAtACharacterAndNamesItsLength) {
  EXPECT_EQ(quoted("short"), "\"short\"");
  EXPECT_EQ(quoted("aéb", 2), "\"a...\" (4 bytes)");
  EXPECT_EQ(quoted(std::string(1000000, 'k'), 5), "\"kkkkk...\" (1000000 bytes)");
}

}  // namespace
}  // namespace steppe
