// SPDX-License-Identifier: Apache-2.0

// What a reading delivers and how it accounts for it, through the plugin's C table.

#include <gtest/gtest.h>
#include <unistd.h>

#include <clocale>
#include <filesystem>
#include <numeric>

#include "reading_for_tests.hpp"

namespace steppe::csv::testing {
namespace {

OptionMap with(OptionMap options, const std::string& name, OptionValue value) {
  options[name] = std::move(value);
  return options;
}

TEST(CsvTable, DeliversOnlyWhatIsAskedInTheOrderAsked) {
  const auto table = read_text("year,junk,grp\n2010,??,1.5\n2011,\"x,y\",2\n", kComma,
                               {number("grp"), time("year")});
  ASSERT_TRUE(table.ok) << table.error();
  ASSERT_EQ(table.columns.size(), 2u);
  EXPECT_EQ(table.columns[0].name, "grp");
  EXPECT_EQ(table.columns[0].format, "g");
  EXPECT_EQ(table.columns[1].format, "u");
  EXPECT_EQ(table.numbers(0), (std::vector{1.5, 2.0}));
  EXPECT_EQ(table.strings(1), (Texts{"2010", "2011"}));
}

TEST(CsvTable, DeliversAllColumnsAsTextWhenNoneIsNamed) {
  const auto table = read_text("year,\"GRP, mln\"\n2010,1.50\n",
                               with(kComma, "columns", TextMap{{"grp", "GRP, mln"}}), {});
  ASSERT_EQ(table.columns.size(), 2u);
  EXPECT_EQ(table.columns[0].name, "year");
  EXPECT_EQ(table.columns[1].name, "grp");
  EXPECT_EQ(table.strings(1), Texts{"1.50"});
}

TEST(CsvTable, OneColumnMayBeAskedTwice) {
  const auto table = read_text("year,grp\n2010,1.50\n", kComma, {number("grp"), text("grp")});
  EXPECT_EQ(table.numbers(0), std::vector{1.5});
  EXPECT_EQ(table.strings(1), Texts{"1.50"});
}

TEST(CsvTable, NumbersColumnsWithoutAHeader) {
  const auto table =
      read_text("2010,1\n2011,2\n", with(kComma, "header", false), {time("c1"), number("c2")});
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.numbers(1), (std::vector{1.0, 2.0}));
  EXPECT_EQ(table.places.at(0), "sales.csv:1:1");
}

TEST(CsvTable, SkipsLinesAboveTheHeader) {
  const auto table = read_text("A title, \"with a quote\r\n\nyear,grp\n2010,1\n",
                               with(kComma, "skip", 2), kYearGrp);
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.places.at(1), "sales.csv:4:2");
  EXPECT_EQ(table.scalars.at("rows_in"), 3);
  EXPECT_EQ(table.scalars.at("rows_used"), 1);
  EXPECT_EQ(table.scalars.at("rows_skipped"), 2);
}

TEST(CsvTable, TrimsBlanksOnlyWhenTold) {
  const std::string content = "year , grp\n 2010,\t1.5 \n2011, \"a\"\"b\" \n";
  const OptionMap trimming = with(kComma, "trim", true);
  const auto table = read_text(content, trimming, {time("year"), text("grp")});
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.strings(0), (Texts{"2010", "2011"}));
  EXPECT_EQ(table.strings(1), (Texts{"1.5", "a\"b"}));
  EXPECT_EQ(read_text("year,grp\n2010, 1\n", kComma, kYearGrp).error(),
            "C16|sales.csv:2:2 column \"grp\"|\" 1\" is not a number in dialect {decimal \".\", "
            "group none}; set trim=true to read past the blanks round it");
}

TEST(CsvTable, TakesAnotherQuoteOrNone) {
  EXPECT_EQ(read_text("a;b\n'x;''y';\"\n", {{"delimiter", ";"}, {"quote", "'"}}, {}).strings(0),
            Texts{"x;'y"});
  const auto table = read_text("a;b\n\"x;y\"\n", {{"delimiter", ";"}, {"quote", ""}}, {});
  EXPECT_EQ(table.strings(0), Texts{"\"x"});
  EXPECT_EQ(table.strings(1), Texts{"y\""});
}

TEST(CsvTable, LocatesRowsAcrossQuotedLinesAndRejects) {
  const auto table = read_text("year,note,grp\n2010,\"a\nb\r\nc\",1\n2011,,2\n2012,,x\n2013,,4\n",
                               with(kComma, "on_error", "reject"), {number("grp"), text("note")});
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.places, (Texts{"sales.csv:2:3", "sales.csv:2:2", "sales.csv:2",  //
                                 "sales.csv:5:3", "sales.csv:5:2", "sales.csv:5",  //
                                 "sales.csv:7:3", "sales.csv:7:2", "sales.csv:7"}));
}

TEST(CsvTable, AccountsForEveryRow) {
  const auto table = read_text("year,grp\n2010,1\n2011,x\n2012\n2013,4\n2014,5,6\n\n2015,6\n",
                               with(kComma, "on_error", "reject"), kYearGrp);
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.numbers(1), (std::vector{1.0, 4.0, 6.0}));
  EXPECT_EQ(table.strings(0), (Texts{"2010", "2013", "2015"}));
  EXPECT_EQ(table.scalars.at("rows_in"), 7);
  EXPECT_EQ(table.scalars.at("rows_used"), 3);
  EXPECT_EQ(table.scalars.at("rows_rejected"), 4);
  EXPECT_EQ(table.scalars.at("rows_skipped"), 0);
  EXPECT_EQ(
      table.warnings.at("rows_rejected"),
      "4 rows rejected (on_error=reject), the first: sales.csv:3:2 column \"grp\": \"x\" is "
      "not a number in dialect {decimal \".\", group none}; if it marks a missing value, list "
      "it in missing");
  EXPECT_EQ(table.tables.at("rejects")[0], 3);
  EXPECT_EQ(table.tables.at("rejects")[1], 2);
  EXPECT_EQ(table.tables.at("rejects")[2], 4);
  EXPECT_EQ(table.tables.at("rejects")[4], 6);
}

TEST(CsvTable, TakesARejectedRowBackWhole) {
  const auto table =
      read_text("region,note,grp\na,,1\nlost,,x\n,gone,y\nb,kept,2\n",
                with(kComma, "on_error", "reject"), {text("region"), text("note"), number("grp")});
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.strings(0), (Texts{"a", "b"}));
  EXPECT_EQ(table.strings(1), (Texts{"", "kept"}));
  EXPECT_EQ(table.columns[0].present, (std::vector{true, true}));
  EXPECT_EQ(table.columns[1].present, (std::vector{false, true}));
}

TEST(CsvTable, WritesRejectsToAFile) {
  const TemporaryFile file("year,grp\n2010,\"1\"\"\"\n2011,2\n2012\n");
  const std::string rejects = file.folder() + "/rejects.csv";
  const OptionMap options = with(with(kComma, "on_error", "reject"), "rejects", rejects);
  ASSERT_TRUE(read_file(file.path(), options, {.columns = kYearGrp}).ok);
  EXPECT_EQ(content_of(rejects),
            "line,column,fault,reason,row\n"
            "2,2,C16,\"\"\"1\"\"\"\" is not a number in dialect {decimal "
            "\"\".\"\", group none}; if it marks a missing value, list it in "
            "missing\",\"2010,\"\"1\"\"\"\"\"\"\"\n"
            "4,,C12,\"1 field, header has 2\",\"2012\"\n");
  EXPECT_FALSE(std::filesystem::exists(rejects + ".partial"));
  ::unlink(rejects.c_str());
}

TEST(CsvTable, LeavesNoPartOfARejectsFileAfterAnError) {
  const TemporaryFile file("year,grp\n2010,x\n2011,\"2\n");
  const std::string rejects = file.folder() + "/rejects.csv";
  const OptionMap options = with(with(kComma, "on_error", "reject"), "rejects", rejects);
  EXPECT_EQ(read_file(file.path(), options, {.columns = kYearGrp}).fault, "C10");
  EXPECT_FALSE(std::filesystem::exists(rejects));
  EXPECT_FALSE(std::filesystem::exists(rejects + ".partial"));
}

TEST(CsvTable, StopsAtTheRowLimit) {
  const TemporaryFile file("year,grp\n2010,1\n2011,2\n2012,x\n");
  const auto table = read_file(file.path(), kComma, {.columns = kYearGrp, .row_limit = 2});
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.numbers(1), (std::vector{1.0, 2.0}));
  EXPECT_EQ(table.scalars.at("rows_in"), 2);
  EXPECT_EQ(table.warnings.at("row_limit"), "only the first 2 rows were read");
  EXPECT_TRUE(table.texts.at("snapshot").ends_with(";bytes=30")) << table.texts.at("snapshot");
}

// Expected digests: Python's hashlib.
TEST(CsvTable, SnapshotIsTheHashOfTheWholeFile) {
  EXPECT_EQ(read_text("year,grp\n2010,1\n", kComma, kYearGrp).texts.at("snapshot"),
            "sha256:d1fb73ffc56da41c17ad02532e6a47d204d923b5a633688c653f3d1e5b6ea0fe");
  EXPECT_EQ(read_text("year,grp\n2010,1\n2011,2\nSource: bureau\n", with(kComma, "footer_rows", 1),
                      kYearGrp)
                .texts.at("snapshot"),
            "sha256:76b81d0aeeb26093639da0e6338f9a59e75303c4a8410374f2081669eb0c7f0d");
}

TEST(CsvTable, ReportsTheDialect) {
  EXPECT_EQ(read_text("year;grp\n2010;1\n", {{"decimal", ","}, {"group", " "}}, kYearGrp)
                .texts.at("dialect"),
            "delimiter \";\", quote \"\\\"\", trim false, numbers {decimal \",\", group \" \"}, "
            "header true, encoding utf-8");
}

// Pieces of 256 KiB are read at a time: every row must survive wherever the cut falls.
TEST(CsvTable, ReadsLongFilesInBatches) {
  std::string content = "region,note,grp\r\n";
  std::vector<double> expected;
  for (int i = 0; i < 60000; ++i) {
    const std::string digits = std::to_string(i);
    content += "Қарағанды" + digits + ",\"a,\"\"" + digits + "\"\"\r\nb\"," + digits + ".25\r\n";
    expected.push_back(i + 0.25);
  }
  const auto table = read_text(content, kComma, {text("region"), text("note"), number("grp")});
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.batches, 12u);  // of 256, 512, ..., 4096, then 8192 rows
  EXPECT_EQ(table.numbers(2), expected);
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const std::string digits = std::to_string(i);
    ASSERT_EQ(table.strings(0)[i], "Қарағанды" + digits);
    ASSERT_EQ(table.strings(1)[i], "a,\"" + digits + "\"\r\nb");
  }
  EXPECT_EQ(table.places.at(999 * 4 + 3), "sales.csv:2000");
}

TEST(CsvTable, ReadsLongFilesInSingleByteEncodings) {
  std::string content = "region,grp\n";
  for (int i = 0; i < 100000; ++i) content += "\xC0\xE1\xE0\xE9," + std::to_string(i) + "\n";
  const auto table =
      read_text(content, with(kComma, "encoding", "cp1251"), {text("region"), number("grp")});
  ASSERT_TRUE(table.ok) << table.error();
  ASSERT_EQ(table.strings(0).size(), 100000u);
  EXPECT_EQ(table.strings(0)[99999], "Абай");
  EXPECT_EQ(table.numbers(1)[99999], 99999);
}

TEST(CsvTable, EmptyLinesOfAOneColumnFileAreMissingValuesButForTheLast) {
  const auto table = read_text("grp\n1\n\n\n4\n\n", kComma, {number("grp")});
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.columns[0].present, (std::vector{true, false, false, true}));
  EXPECT_EQ(table.places.at(7), "sales.csv:5");
}

TEST(CsvTable, DoesNotDependOnTheLocale) {
  const std::string before = std::setlocale(LC_ALL, nullptr);
  if (std::setlocale(LC_ALL, "de_DE.UTF-8") == nullptr) GTEST_SKIP() << "no German locale here";
  const auto table = read_text("year,grp\n2010,1.5\n", kComma, kYearGrp);
  const std::string message = read_text("year;grp\n2010;1,234\n", {}, kYearGrp).message;
  std::setlocale(LC_ALL, before.c_str());
  EXPECT_EQ(table.numbers(1), std::vector{1.5});
  EXPECT_NE(message.find("1.234 with"), std::string::npos) << message;
}

TEST(CsvTable, RefusesOptionsThatClash) {
  const auto refusal = [](const OptionMap& options) {
    return read_file("sales.csv", options, {}).error();
  };
  EXPECT_EQ(
      refusal({{"delimiter", "ab"}}),
      "|option delimiter|\"ab\" is not one ASCII sign; allowed are signs such as , ; | and the "
      "tab");
  EXPECT_EQ(
      refusal({{"delimiter", "1"}}),
      "|option delimiter|\"1\" is not one ASCII sign; allowed are signs such as , ; | and the "
      "tab");
  EXPECT_EQ(refusal({{"delimiter", "\""}}),
            "|option delimiter|\"\"\" is the quote too; they must differ");
  EXPECT_EQ(refusal({{"quote", "qq"}}),
            "|option quote|\"qq\" is not one ASCII sign; allowed are signs such as \" and ', or "
            "\"\" for none");
  EXPECT_EQ(refusal({{"group", "."}}),
            "|option group|\".\" is the decimal sign too; set decimal=\",\" or another group");
  EXPECT_EQ(refusal({{"decimal", ","}, {"group", ","}}),
            "|option group|\",\" is the decimal sign too; set decimal=\".\" or another group");
  EXPECT_EQ(refusal({{"rejects", "r.csv"}}),
            "|option rejects|a file for rejected rows needs on_error=\"reject\"");
}

}  // namespace
}  // namespace steppe::csv::testing
