// SPDX-License-Identifier: Apache-2.0

// Faults of single rows and cells, as the fault catalogue names them, each with its message.

#include <gtest/gtest.h>

#include "reading_for_tests.hpp"

namespace steppe::csv::testing {
namespace {

TEST(CsvFaults, C1NamesTheDialectKeys) {
  EXPECT_EQ(error_of("year;grp\n2009;1\n2010;1 872 842,3\n", {}),
            "C1|sales.csv:3:2 column \"grp\"|\"1 872 842,3\" is not a number in dialect {decimal "
            "\".\", group none}; try decimal=\",\", group=\" \"");
}

TEST(CsvFaults, C1ReadsGroupedNumbersWhenDeclared) {
  for (const std::string blank : {" ", "\u00A0", "\u202F"}) {
    const auto table = read_text("year;grp\n2010;1" + blank + "872" + blank + "842,3\n",
                                 {{"decimal", ","}, {"group", " "}}, kYearGrp);
    ASSERT_TRUE(table.ok) << table.error();
    EXPECT_EQ(table.numbers(1), std::vector{1872842.3});
  }
}

TEST(CsvFaults, C2RefusesTheAmbiguousThousand) {
  EXPECT_EQ(error_of("year;grp\n2010;1,234\n", {}),
            "C2|sales.csv:2:2 column \"grp\"|\"1,234\" is ambiguous: 1234 with group=\",\", 1.234 "
            "with decimal=\",\"; set decimal and group");
  EXPECT_EQ(read_text("year;grp\n2010;1,234\n", {{"decimal", ","}}, kYearGrp).numbers(1),
            std::vector{1.234});
  EXPECT_EQ(read_text("year;grp\n2010;1,234\n", {{"group", ","}}, kYearGrp).numbers(1),
            std::vector{1234.0});
}

TEST(CsvFaults, C2ReportsTheDetectedDelimiter) {
  const auto table = read_text("year;grp\n2010;1\n", {}, kYearGrp);
  EXPECT_EQ(table.texts.at("detected_delimiter"), ";");
  EXPECT_EQ(table.warnings.at("delimiter_detected"),
            "the delimiter \";\" was detected, not declared; set delimiter");
  EXPECT_EQ(read_text("year,grp\n2010,1\n", kComma, kYearGrp).warnings.size(), 0u);
}

TEST(CsvFaults, C2RefusesAnAmbiguousDelimiter) {
  EXPECT_EQ(
      error_of("year,a;grp\n2010,1;3\n", {}),
      "C2|sales.csv|the delimiter could be \",\" (2 fields in each row) or \";\" (2 fields in "
      "each row); set delimiter");
}

TEST(CsvFaults, C3NamesTheSurplusField) {
  EXPECT_EQ(error_of("year,grp\n2009,1\n2010,1,5\n"),
            "C3|sales.csv:3:3|3 fields, header has 2; numbers with a decimal comma need quotes or "
            "another delimiter in a comma-separated file; rows_in=2 used=0 rejected=1 skipped=1 "
            "(on_error=fail); no output written");
}

TEST(CsvFaults, C12CountsFieldsAndRows) {
  std::string content = "year,grp\n";
  for (int i = 0; i < 29999; ++i) content += "2010,1\n";
  EXPECT_EQ(error_of(content + "2010,1,x\n2011,2\n"),
            "C12|sales.csv:30001|3 fields, header has 2; rows_in=30000 used=0 rejected=1 "
            "skipped=29999 (on_error=fail); no output written");
  EXPECT_EQ(error_of("year,grp\n2010\n2011,1\n"),
            "C12|sales.csv:2|1 field, header has 2; rows_in=1 used=0 rejected=1 skipped=0 "
            "(on_error=fail); no output written");
  EXPECT_EQ(error_of("year,grp\n2010,1\n\n2011,1\n"),
            "C12|sales.csv:3|an empty line inside the table, header has 2; rows_in=2 used=0 "
            "rejected=1 skipped=1 (on_error=fail); no output written");
}

TEST(CsvFaults, C13SeesAnotherDelimiter) {
  EXPECT_EQ(error_of("year,grp\n2010,1\n2011;2\n"),
            "C13|sales.csv:3|1 field, header has 2; with delimiter \";\" it would have 2, the rows "
            "above have \",\"; rows_in=2 used=0 rejected=1 skipped=1 (on_error=fail); no output "
            "written");
}

TEST(CsvFaults, C16RefusesWhatIsNoNumberAtRowAndColumn) {
  for (const std::string cell : {"NA", "-", "#DIV/0!", "1.2.3", "12abc", "0x1F"}) {
    EXPECT_EQ(
        error_of("year,grp\n2009,1\n2010," + cell + "\n2011,2\n"),
        "C16|sales.csv:3:2 column \"grp\"|\"" + cell +
            "\" is not a number in dialect {decimal \".\", group none}; if it marks a missing "
            "value, list it in missing");
  }
  EXPECT_EQ(error_of("year,grp\n2010,1e999\n"),
            "C16|sales.csv:2:2 column \"grp\"|\"1e999\" is outside the range of a double");
}

TEST(CsvFaults, C16TakesListedMarkersAsMissing) {
  const auto table =
      read_text("year,grp\n2009,NA\n2010,-\n2011,-5\n2012,\n2013,-999\n",
                {{"delimiter", ","}, {"missing", Texts{"", "NA", "-", "-999"}}}, kYearGrp);
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.columns[1].present, (std::vector{false, false, true, false, false}));
  EXPECT_EQ(table.numbers(1)[2], -5.0);
  EXPECT_EQ(error_of("year,grp\n2010,\n", {{"delimiter", ","}, {"missing", Texts{"NA"}}}),
            "C16|sales.csv:2:2 column \"grp\"|the cell is empty; list \"\" in missing if that "
            "marks a missing value");
}

TEST(CsvFaults, C17RefusesNanAndInfAsNumbers) {
  EXPECT_EQ(
      error_of("year,grp\n2010,NaN\n"),
      "C17|sales.csv:2:2 column \"grp\"|\"NaN\" is not a finite number; if it marks a missing "
      "value, list it in missing");
  EXPECT_EQ(error_of("year,grp\n2010,-Inf\n"),
            "C17|sales.csv:2:2 column \"grp\"|\"-Inf\" is not a finite number; if it marks a "
            "missing value, list it in missing");
}

TEST(CsvFaults, C18HintsAtFooterRows) {
  EXPECT_EQ(
      error_of("year,grp\n2010,1\nSource: bureau of statistics\n"),
      "C18|sales.csv:3|1 field, header has 2; if it stands below the table, set footer_rows=1; "
      "rows_in=2 used=0 rejected=1 skipped=1 (on_error=fail); no output written");
  EXPECT_EQ(
      error_of("year,grp\n2010,1\nTotal,see note\nSource: bureau\n"),
      "C18|sales.csv:3:2 column \"grp\"|\"see note\" is not a number in dialect {decimal "
      "\".\", group none}; if it marks a missing value, list it in missing; if it stands below "
      "the table, set footer_rows=2");
}

TEST(CsvFaults, C18LeavesFooterRowsOutAndSaysSo) {
  const auto table = read_text("year,grp\n2010,1\n2011,2\n\nSource: bureau, 2019 \"1\n\n",
                               {{"delimiter", ","}, {"footer_rows", 2}}, kYearGrp);
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.numbers(1), (std::vector{1.0, 2.0}));
  EXPECT_EQ(table.scalars.at("rows_in"), 4);
  EXPECT_EQ(table.scalars.at("rows_used"), 2);
  EXPECT_EQ(table.scalars.at("rows_skipped"), 2);
  EXPECT_EQ(table.warnings.at("footer_left_out"),
            "2 lines left out at the end (footer_rows), from \"\"");
}

TEST(CsvFaults, C26KeysRoundTrip) {
  const Texts keys = {"a\nb",      "a\r\nb", "a,b", "say \"x\"",
                      "\u200Fabc", "",       " b ", std::string(1000000, 'k')};
  std::string content = "region,grp\n";
  for (const std::string& key : keys) {
    content += '"';
    for (const char c : key) content += c == '"' ? std::string("\"\"") : std::string(1, c);
    content += "\",1\n";
  }
  const auto table = read_text(content, {{"delimiter", ","}, {"missing", Texts{"NA"}}},
                               {text("region"), number("grp")});
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.strings(0), keys);
}

TEST(CsvFaults, C26RefusesTheUnitSeparatorInText) {
  EXPECT_EQ(
      error_of("region,grp\na\x1F"
               "b,1\n",
               kComma, {text("region")}),
      "C26|sales.csv:2:1 column \"region\"|\"a\\x1Fb\" holds the unit separator U+001F, which "
      "text may not hold");
}

}  // namespace
}  // namespace steppe::csv::testing
