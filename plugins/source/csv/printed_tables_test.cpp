// SPDX-License-Identifier: Apache-2.0

// The tables of the first real case as their source prints them: every number is read exactly, what
// is no number is refused at row and column. Expected values: testdata/printed_numbers.csv, made
// from the same text by testdata/printed_numbers.py in decimal arithmetic.

#include <gtest/gtest.h>

#include <charconv>
#include <map>
#include <sstream>

#include "reading_for_tests.hpp"

namespace steppe::csv::testing {
namespace {

const OptionMap kPrinted = {{"delimiter", "\t"}, {"decimal", ","}, {"group", " "}};

// By position: table 2 has two columns of one name, which a header may not have.
const OptionMap kByPosition = {
    {"delimiter", "\t"}, {"decimal", ","}, {"group", " "}, {"skip", 1}, {"header", false}};

std::string folder() { return std::string(STEPPE_SOURCE_DIR) + "/plugins/source/csv/testdata/"; }

Reading read_printed(int table, const std::vector<Wanted>& columns, OptionMap options = kPrinted) {
  return read_file(folder() + "table" + std::to_string(table) + "_as_printed.tsv", options,
                   {.columns = columns});
}

// Numbers of one table by line and column of the file.
std::map<std::pair<int, int>, double> expected_numbers(int table) {
  std::map<std::pair<int, int>, double> out;
  std::istringstream lines(content_of(folder() + "printed_numbers.csv"));
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    const char* at = line.data();
    const char* const end = at + line.size();
    int key[3];
    for (int& part : key) at = std::from_chars(at, end, part).ptr + 1;
    double value = 0;
    EXPECT_EQ(std::from_chars(at, end, value).ptr, end);
    if (key[0] == table) out[{key[1], key[2]}] = value;
  }
  return out;
}

// Columns of the file that are all numbers: c1, c2, ...; the rest is not asked for.
std::vector<Wanted> number_columns(int table, std::vector<int>& positions) {
  const auto all = read_printed(table, {}, kByPosition);
  const auto expected = expected_numbers(table);
  std::vector<Wanted> out;
  for (std::size_t c = 0; c < all.columns.size(); ++c) {
    bool numbers = true;
    for (std::size_t row = 0; row < all.strings(c).size(); ++row) {
      numbers = numbers && expected.contains({static_cast<int>(row) + 2, static_cast<int>(c) + 1});
    }
    if (!numbers) continue;
    out.push_back(number(all.columns[c].name));
    positions.push_back(static_cast<int>(c) + 1);
  }
  return out;
}

class PrintedTable : public ::testing::TestWithParam<std::pair<int, std::size_t>> {};

TEST_P(PrintedTable, IsReadCellByCell) {
  const auto [table, column_count] = GetParam();
  std::vector<int> positions;
  const auto columns = number_columns(table, positions);
  ASSERT_EQ(columns.size(), column_count);
  const auto read = read_printed(table, columns, kByPosition);
  ASSERT_TRUE(read.ok) << read.error();
  const auto expected = expected_numbers(table);
  for (std::size_t c = 0; c < columns.size(); ++c) {
    for (std::size_t row = 0; row < read.numbers(c).size(); ++row) {
      EXPECT_EQ(read.numbers(c)[row], expected.at({static_cast<int>(row) + 2, positions[c]}))
          << "row " << row << " column " << positions[c];
    }
  }
}

// Table 2 has two numeric columns with a cell that is no number; table 5 has text but for No.
INSTANTIATE_TEST_SUITE_P(OfTheSeed, PrintedTable,
                         ::testing::Values(std::pair{1, 8u}, std::pair{2, 3u}, std::pair{3, 3u},
                                           std::pair{4, 3u}, std::pair{5, 1u}, std::pair{6, 5u}),
                         [](const auto& named) {
                           return "Number" + std::to_string(named.param.first);
                         });

TEST(PrintedTables, SpotValuesAsPrinted) {
  const auto table6 =
      read_printed(6, {time("Year"), number("GRP, million tenge"), number("Mining and quarrying")});
  ASSERT_TRUE(table6.ok) << table6.error();
  EXPECT_EQ(table6.strings(0)[0], "2010");
  EXPECT_EQ(table6.numbers(1)[0], 1872842.3);
  EXPECT_EQ(table6.numbers(1)[9], 5388260.6);
  EXPECT_EQ(table6.numbers(2)[9], 400265192.0);
  const auto table1 = read_printed(1, {number("Number of enterprises in the region Units")});
  EXPECT_EQ(table1.numbers(0)[5], 86.0);  // printed 086
}

TEST(PrintedTables, LongHeadersGetShortNames) {
  OptionMap options = kPrinted;
  options["columns"] =
      TextMap{{"year", "Year"}, {"innovation", "Volume of innovative products, million tenge"}};
  const auto table = read_printed(4, {time("year"), number("innovation")}, options);
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.numbers(1)[7], 32048.0);
}

TEST(PrintedTables, DetectionFindsTheTab) {
  for (int table = 1; table <= 6; ++table) {
    const auto read = read_printed(table, {}, {{"header", false}});
    ASSERT_TRUE(read.ok) << read.error();
    EXPECT_EQ(read.texts.at("detected_delimiter"), "\t");
  }
}

TEST(PrintedTables, Table2HasTwoColumnsOfOneName) {
  EXPECT_EQ(
      read_printed(2, {}).error(),
      "C14|table2_as_printed.tsv:1:5|the header's name \"% of total output\" stands for column "
      "3 already; names must differ");
}

TEST(PrintedTables, Table2RefusesTheCellsThatLostADigit) {
  OptionMap options = kByPosition;
  options["columns"] = TextMap{{"output_2017", "c2"}, {"output_2018", "c4"}};
  const Wanted output_2017 = number("output_2017");
  const Wanted output_2018 = number("output_2018");
  EXPECT_EQ(
      read_printed(2, {output_2017}, options).error(),
      "C16|table2_as_printed.tsv:2:2 column \"output_2017\"|\"121,\" is not a number in "
      "dialect {decimal \",\", group \" \"}; if it marks a missing value, list it in missing");
  EXPECT_EQ(
      read_printed(2, {output_2018}, options).error(),
      "C16|table2_as_printed.tsv:15:4 column \"output_2018\"|\"24,»\" is not a number in "
      "dialect {decimal \",\", group \" \"}; if it marks a missing value, list it in missing");
  options["missing"] = Texts{"121,", "24,»"};
  const auto table = read_printed(2, {output_2017, output_2018}, options);
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_FALSE(table.columns[0].present[0]);
  EXPECT_FALSE(table.columns[1].present[13]);
  EXPECT_EQ(table.numbers(0)[13], 21.3);
}

TEST(PrintedTables, Table5HoldsEquationsNotNumbers) {
  EXPECT_EQ(
      read_printed(5, {number("Approximation coefficient")}).error(),
      "C16|table5_as_printed.tsv:2:4 column \"Approximation coefficient\"|\"$R^2 = 0,62$\" is "
      "not a number in dialect {decimal \",\", group \" \"}; if it marks a missing value, list "
      "it in missing");
  EXPECT_EQ(read_printed(5, {text("Trend equation")}).strings(0)[0],
            "$y_t = 9062,2 + 16913 \\ln(t)$");
}

TEST(PrintedTables, WithoutTheDialectTheFirstGroupedNumberIsRefused) {
  EXPECT_EQ(read_printed(6, {number("GRP, million tenge")}, {{"delimiter", "\t"}}).error(),
            "C1|table6_as_printed.tsv:2:3 column \"GRP, million tenge\"|\"1 872 842,3\" is not a "
            "number in dialect {decimal \".\", group none}; try decimal=\",\", group=\" \"");
}

}  // namespace
}  // namespace steppe::csv::testing
