// SPDX-License-Identifier: Apache-2.0
#include "dialect.hpp"

#include <gtest/gtest.h>

namespace steppe::csv {
namespace {

char detected(std::string_view sample, bool complete = true) {
  const auto found = detect_delimiter(sample, complete, Dialect{});
  return found.ok() ? *found : '?';
}

TEST(CsvDialect, DetectsTheDelimiterThatSplitsAllRowsAlike) {
  EXPECT_EQ(detected("a,b\n1,2\n"), ',');
  EXPECT_EQ(detected("a;b\n1,5;2,5\n3,5;4,5\n"), ';');
  EXPECT_EQ(detected("a\tb c\n1\t2\n"), '\t');
  EXPECT_EQ(detected("a|b|c\n1|2|3"), '|');
  EXPECT_EQ(detected("a;b\r\n1,5;2\r\n"), ';');
}

TEST(CsvDialect, DetectionPassesOverQuotedDelimiters) {
  EXPECT_EQ(detected("a;b\n\"1,2\";3\n\"4,5\";6\n"), ';');
  EXPECT_EQ(detected("\"GRP; total\",b\n1,2\n"), ',');
  EXPECT_EQ(detected("\"say \"\"a,b\"\";\",b\n1,2\n"), ',');
}

TEST(CsvDialect, DetectionLeavesACutRecordOut) {
  EXPECT_EQ(detected("a;b\n1;2\n3", false), ';');
  EXPECT_EQ(detected("a;b\n1;2\n\"3;4\n5;6\n7,8", false), ';');
}

TEST(CsvDialect, AFileOfOneColumnGetsTheComma) {
  EXPECT_EQ(detected("value\n1\n2\n"), ',');
  EXPECT_EQ(detected(""), ',');
}

TEST(CsvDialect, WithoutAgreementTheHeaderDecides) {
  EXPECT_EQ(detected("year;value\n2010;1\n2011;2;3\n"), ';');
  EXPECT_EQ(detected("year,value\n2010,1,5\n2011,2,5\n"), ',');
  EXPECT_EQ(detected("year;value\n2010;1\nSource: a bureau\n"), ';');
}

TEST(CsvDialect, C2RefusesTwoDelimitersThatBothFit) {
  const auto found = detect_delimiter("a,b;c\n1,2;3\n", true, Dialect{});
  ASSERT_FALSE(found.ok());
  EXPECT_EQ(found.error().fault, "C2");
  EXPECT_EQ(found.error().message,
            "the delimiter could be \",\" (2 fields in each row) or \";\" (2 fields in each row); "
            "set delimiter");
}

TEST(CsvDialect, IsShownAsAUserWouldWriteIt) {
  EXPECT_EQ(text_of(Dialect{'\t', '"', false}), "delimiter \"\\t\", quote \"\\\"\", trim false");
  EXPECT_EQ(text_of(Dialect{';', '\'', true}), "delimiter \";\", quote \"'\", trim true");
  EXPECT_EQ(text_of(NumberFormat{',', ' '}), "{decimal \",\", group \" \"}");
}

}  // namespace
}  // namespace steppe::csv
