// SPDX-License-Identifier: Apache-2.0

// Several files read as one table (C25), through the plugin's C table.

#include <gtest/gtest.h>

#include <filesystem>

#include "input_list.hpp"
#include "reading_for_tests.hpp"

namespace steppe::csv::testing {
namespace {

// A folder of files, and readings from it.
class Folder {
 public:
  Folder& with(const std::string& name, const std::string& content) {
    std::filesystem::create_directories((folder_.path() / name).parent_path());
    folder_.write(name, content);
    return *this;
  }
  std::string at(const std::string& name) const { return (folder_.path() / name).string(); }
  Reading read(const std::string& path, const std::vector<std::string>& more = {},
               OptionMap options = kComma, std::uint64_t row_limit = 0) const {
    Texts paths;
    for (const std::string& name : more) paths.push_back(at(name));
    if (!more.empty()) options["more_paths"] = paths;
    return read_file(at(path), options, {.columns = kYearGrp, .row_limit = row_limit});
  }

 private:
  steppe::testing::TemporaryFolder folder_;
};

OptionMap and_option(const std::string& name, OptionValue value) {
  OptionMap options = kComma;
  options[name] = std::move(value);
  return options;
}

TEST(CsvManyFiles, APatternReadsItsMatchesInTheOrderOfTheirNames) {
  Folder folder;
  folder.with("b.csv", "year,grp\n2011,2\n\n2012,\n").with("a.csv", "year,grp\n2010,1\n");
  folder.with("c.csv", "\xEF\xBB\xBFyear,grp\r\n2013,4\r\n")
      .with("c.txt", "no")
      .with(".d.csv", "no");
  folder.with("e.csv/f.csv", "no");
  const auto table = folder.read("*.csv", {}, and_option("missing", Texts{""}));
  EXPECT_EQ(table.error(),
            "C12|b.csv:3|an empty line inside the table, header has 2; rows_in=3 used=0 rejected=1 "
            "skipped=2 (on_error=fail); no output written");
  folder.with("b.csv", "year,grp\n2011,2\n2012,\n");
  const auto whole = folder.read("*.csv");
  ASSERT_TRUE(whole.ok) << whole.error();
  EXPECT_EQ(whole.strings(0), (Texts{"2010", "2011", "2012", "2013"}));
  EXPECT_EQ(whole.numbers(1), (std::vector{1.0, 2.0, 0.0, 4.0}));
  EXPECT_EQ(whole.places.at(1), "a.csv:2:2");
  EXPECT_EQ(whole.places.at(3), "b.csv:2:1");
  EXPECT_EQ(whole.places.at(8), "b.csv:3");
  EXPECT_EQ(whole.places.at(11), "c.csv:2");
  EXPECT_EQ(whole.scalars.at("rows_in"), 4);
  EXPECT_EQ(whole.scalars.at("rows_used"), 4);
}

TEST(CsvManyFiles, MorePathsFollowInTheirOrder) {
  Folder folder;
  folder.with("2.csv", "year,grp\n2010,1\n").with("1.csv", "year,grp\n2011,2\n");
  folder.with("x/2.csv", "year,grp\n2012,3\n").with("x/1.csv", "year,grp\n2013,4\n");
  const auto table = folder.read("2.csv", {"1.csv", "x/?.csv"});
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.strings(0), (Texts{"2010", "2011", "2013", "2012"}));
  EXPECT_EQ(table.places.at(2 * 3), "x/1.csv:2:1");
}

// Digests: Python's hashlib, of each file and of the lines "digest  name".
TEST(CsvManyFiles, SnapshotCoversEveryFile) {
  Folder folder;
  folder.with("a.csv", "year,grp\n2010,1\n").with("b.csv", "year,grp\n2011,2\n");
  const auto table = folder.read("*.csv");
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.texts.at("snapshot"),
            "files=2;sha256:338ddc86ddd7394963c8c0968ebaf9304579179fdd7734c685b258c54d7016cb");
  EXPECT_EQ(table.texts.at("files"),
            "sha256:d1fb73ffc56da41c17ad02532e6a47d204d923b5a633688c653f3d1e5b6ea0fe  a.csv, "
            "sha256:618847ed8124e00f42cb1185377cd01d4108070cf5aa12e5404e6bc6f1a06307  b.csv");
}

TEST(CsvManyFiles, ARowLimitEndsTheReadingInAnyFile) {
  Folder folder;
  folder.with("a.csv", "year,grp\n2010,1\n").with("b.csv", "year,grp\n2011,2\n2012,3\n");
  folder.with("c.csv", "not read");
  const auto table = folder.read("*.csv", {}, kComma, 2);
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.strings(0), (Texts{"2010", "2011"}));
  EXPECT_EQ(table.warnings.at("row_limit"), "only the first 2 rows were read");
}

TEST(CsvManyFiles, LinesAboveAndBelowAreLeftOutOfEach) {
  Folder folder;
  folder.with("a.csv", "A\nyear,grp\n2010,1\nTotal,1\n");
  folder.with("b.csv", "B\nyear,grp\n2011,2\nSum,2\n");
  OptionMap options = and_option("skip", 1);
  options["footer_rows"] = 1;
  const auto table = folder.read("*.csv", {}, options);
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.numbers(1), (std::vector{1.0, 2.0}));
  EXPECT_EQ(table.scalars.at("rows_skipped"), 4);
  EXPECT_EQ(table.scalars.at("rows_in"), 6);
  EXPECT_EQ(table.warnings.at("footer_left_out"),
            "2 lines left out at the end (footer_rows), from \"Total,1\"");
}

TEST(CsvManyFiles, AFileWithoutRowsIsNamed) {
  Folder folder;
  folder.with("a.csv", "year,grp\n")
      .with("b.csv", "year,grp\n2011,2\n")
      .with("c.csv", "year,grp\n");
  const auto table = folder.read("*.csv");
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.places.at(0), "b.csv:2:1");
  EXPECT_EQ(table.warnings.at("file_without_rows"),
            "2 files of 3 without a row of data: \"a.csv\", \"c.csv\"");
  folder.with("b.csv", "year,grp\n");
  EXPECT_EQ(folder.read("*.csv").error(),
            "C15||no observations: the files have a header and no rows");
  folder.with("b.csv", "");
  EXPECT_EQ(folder.read("*.csv").error(), "C15|b.csv|no observations: the file is empty");
}

TEST(CsvManyFiles, RejectedRowsNameTheirFile) {
  Folder folder;
  folder.with("a.csv", "year,grp\n2010,1\n2011,x\n").with("b.csv", "year,grp\n2011,y\n2012,3\n");
  OptionMap options = and_option("on_error", "reject");
  options["rejects"] = folder.at("rejects.out");
  const auto table = folder.read("*.csv", {}, options);
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.scalars.at("rows_rejected"), 2);
  EXPECT_EQ(
      table.warnings.at("rows_rejected"),
      "2 rows rejected (on_error=reject), the first: a.csv:3:2 column \"grp\": \"x\" is not a "
      "number in dialect {decimal \".\", group none}; if it marks a missing value, list it in "
      "missing");
  const std::string reason =
      "is not a number in dialect {decimal \"\".\"\", group none}; if it marks a missing value, "
      "list "
      "it in missing";
  EXPECT_EQ(content_of(folder.at("rejects.out")),
            "file,line,column,fault,reason,row\n"
            "\"a.csv\",3,2,C16,\"\"\"x\"\" " +
                reason +
                "\",\"2011,x\"\n"
                "\"b.csv\",2,2,C16,\"\"\"y\"\" " +
                reason + "\",\"2011,y\"\n");
}

TEST(CsvManyFiles, C25NamesTheFileThatLacksAColumn) {
  Folder folder;
  folder.with("a.csv", "year,grp,mining\n2010,1,2\n").with("b.csv", "year,grp\n2011,2\n");
  EXPECT_EQ(folder.read("*.csv").error(),
            "C25|b.csv:1|the header is not that of a.csv: it lacks \"mining\"; files read as one "
            "table need the same columns in the same order");
  folder.with("b.csv", "year,grp,mines\n2011,2,3\n");
  const auto table = folder.read("*.csv");
  EXPECT_EQ(table.error(),
            "C25|b.csv:1|the header is not that of a.csv: it lacks \"mining\" and it adds "
            "\"mines\"; files read as one table need the same columns in the same order");
  EXPECT_EQ(table.code, STEPPE_INVALID_DATA);
  folder.with("b.csv", "year,grp,mining,mines\n2011,2,3,4\n");
  EXPECT_EQ(folder.read("*.csv").error(),
            "C25|b.csv:1|the header is not that of a.csv: it adds \"mines\"; files read as one "
            "table need the same columns in the same order");
}

TEST(CsvManyFiles, C25RefusesAnotherOrderOfColumns) {
  Folder folder;
  folder.with("a.csv", "year,grp\n2010,1\n").with("b.csv", "grp,year\n1,2011\n");
  EXPECT_EQ(folder.read("*.csv").error(),
            "C25|b.csv:1|the columns stand in another order than in a.csv: column 1 is \"grp\", "
            "there \"year\"; files read as one table need the same columns in the same order");
}

TEST(CsvManyFiles, C25CountsColumnsWithoutAHeader) {
  Folder folder;
  folder.with("a.csv", "2010,1\n").with("b.csv", "2011,2,3\n");
  OptionMap options = and_option("header", false);
  options["columns"] = TextMap{{"year", "c1"}, {"grp", "c2"}};
  EXPECT_EQ(folder.read("*.csv", {}, options).error(),
            "C25|b.csv:1|3 columns, where a.csv has 2; files read as one table need the same "
            "columns in the same order");
}

TEST(CsvManyFiles, C25RefusesAPatternWithoutFiles) {
  Folder folder;
  folder.with("a.csv", "year,grp\n2010,1\n");
  const auto table = folder.read("*.tsv");
  EXPECT_EQ(table.error(),
            "C25|*.tsv|cannot read \"" + folder.at("*.tsv") + "\": no file there has such a name");
  EXPECT_EQ(table.code, STEPPE_IO);
  EXPECT_EQ(folder.read("none/*.csv").error(), "C25|*.csv|cannot read \"" +
                                                   folder.at("none/*.csv") +
                                                   "\": its folder: No such file or directory");
}

TEST(CsvManyFiles, C25RefusesAFileNamedTwice) {
  Folder folder;
  folder.with("a.csv", "year,grp\n2010,1\n");
  const auto table = folder.read("a.csv", {"*.csv"});
  EXPECT_EQ(table.error(),
            "C25|option more_paths|the file \"a.csv\" is named twice by path and more_paths; leave "
            "one out");
  EXPECT_EQ(table.code, STEPPE_INVALID_CONFIG);
}

TEST(CsvManyFiles, AMissingOneOfThemIsNamed) {
  Folder folder;
  folder.with("a.csv", "year,grp\n2010,1\n");
  EXPECT_EQ(folder.read("a.csv", {"b.csv"}).error(),
            "|b.csv|cannot read \"" + folder.at("b.csv") + "\": No such file or directory");
}

TEST(CsvManyFiles, ANameWithAStarIsTheFileOfThatName) {
  Folder folder;
  folder.with("a*.csv", "year,grp\n2010,1\n").with("ab.csv", "no");
  EXPECT_EQ(folder.read("a*.csv").numbers(1), std::vector{1.0});
}

TEST(CsvManyFiles, PatternsMatchAsInAShell) {
  const auto matches = [](const char* name, const char* pattern) {
    return matches_pattern(name, pattern);
  };
  EXPECT_TRUE(matches("a.csv", "*.csv"));
  EXPECT_TRUE(matches(".csv", "*.csv"));
  EXPECT_TRUE(matches("a.csv.csv", "*.csv"));
  EXPECT_TRUE(matches("aXbXXc", "a*b*c"));
  EXPECT_TRUE(matches("a1.csv", "a?.csv"));
  EXPECT_TRUE(matches("abc", "***"));
  EXPECT_TRUE(matches("", "*"));
  EXPECT_FALSE(matches("a.csvx", "*.csv"));
  EXPECT_FALSE(matches("a.csv", "a?.csv"));
  EXPECT_FALSE(matches("ab", "a*bc"));
  EXPECT_FALSE(matches("A.csv", "a.csv"));
}

}  // namespace
}  // namespace steppe::csv::testing
