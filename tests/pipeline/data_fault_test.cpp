// SPDX-License-Identifier: Apache-2.0

// Group C of the fault catalogue, through the whole program: exit code 4, the message, no output.
// Every parsing rule has its own tests beside the source and the `data` room; these show what a
// person at the command line meets.

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "program_case.hpp"

namespace steppe {
namespace {

using testing::ProgramCase;
using testing::ProgramRun;

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

// A table that is refused, and the whole message.
struct Refusal {
  const char* name;
  std::string csv;
  std::string message;
};

class DataFault : public ::testing::TestWithParam<Refusal> {};

TEST_P(DataFault, IsRefusedWithPlaceAndRemedy) {
  ProgramCase c;
  c.csv(GetParam().csv);
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_EQ(first_line(run.err), GetParam().message);
  EXPECT_EQ(run.out, "");
  EXPECT_FALSE(c.folder().has("forecast.csv"));
}

using namespace std::string_literals;

INSTANTIATE_TEST_SUITE_P(
    Csv, DataFault,
    ::testing::Values(
        Refusal{"C1", "year,y\n2010,1 872 842.3\n",
                "error[C1] data.csv:2:2 column \"y\" step=data: \"1 872 842.3\" is not a number in "
                "dialect {decimal \".\", group none}; try group=\" \""},
        Refusal{"C2", "year,y\n2010,\"1,234\"\n",
                "error[C2] data.csv:2:2 column \"y\" step=data: \"1,234\" is ambiguous: 1234 with "
                "group=\",\", 1.234 with decimal=\",\"; set decimal and group"},
        Refusal{
            "C3", "year,y\n2010,1,5\n",
            "error[C3] data.csv:2:3 step=data: 3 fields, header has 2; numbers with a decimal "
            "comma need quotes or another delimiter in a comma-separated file; rows_in=1 used=0 "
            "rejected=1 skipped=0 (on_error=fail); no output written"},
        Refusal{"C8", "year,y\n2010,1\0002\n"s,
                "error[C8] data.csv:2 step=data: a zero byte at byte offset 13; the file is not "
                "text, or not in utf-8"},
        Refusal{"C9", "year,y\n2010,\xff\n",
                "error[C9] data.csv:2 step=data: byte 0xFF at byte offset 12 is not valid UTF-8; "
                "set encoding"},
        Refusal{"C10", "year,y\n2010,\"1\n2011,2\n",
                "error[C10] data.csv:2:2 step=data: the quote that opens here is never closed; "
                "close it, or set quote to another character"},
        Refusal{"C14", "year,year\n2010,1\n",
                "error[C14] data.csv:1:2 step=data: the header's name \"year\" stands for column 1 "
                "already; names must differ"},
        Refusal{
            "C15", "year,y\n",
            "error[C15] data.csv step=data: no observations: the file has a header and no rows"},
        Refusal{"C16", "year,y\n2010,NA\n",
                "error[C16] data.csv:2:2 column \"y\" step=data: \"NA\" is not a number in dialect "
                "{decimal \".\", group none}; if it marks a missing value, list it in missing"},
        Refusal{
            "C17", "year,y\n2010,NaN\n",
            "error[C17] data.csv:2:2 column \"y\" step=data: \"NaN\" is not a finite number; if "
            "it marks a missing value, list it in missing"},
        Refusal{"C18", "year,y\n2010,1\n2011,2\nTotal,3\n",
                "error[C18] data.csv:4:1 column \"year\" step=data: \"Total\" is not a date; "
                "expected 2019, 2019-Q3, 2019-07, 2019-07-31 or 2019-07-31T14:00; a total or "
                "footnote below the table is left out with footer_rows"},
        Refusal{"C19", "year,y\n2010,1\n2011,2\n2011,3\n",
                "error[C19] data.csv:4:1 column \"year\" step=data: 1 date occurs more than once: "
                "2011 (data.csv:3, data.csv:4); a series has one row per date: aggregate the rows "
                "or name a key column"},
        Refusal{
            "C20", "year,y\n2010,1\n2011,2\n2013,4\n",
            "error[C20] data.csv:4:1 column \"year\" step=data: 1 date is missing: 2012 between "
            "2011 (data.csv:3) and 2013 (data.csv:4); add the rows, with empty cells where a "
            "value is unknown, or change the frequency"},
        Refusal{"C22", "year,y\n01/02/2024,4\n",
                "error[C22] data.csv:2:1 column \"year\" step=data: \"01/02/2024\" can mean "
                "2024-02-01 or 2024-01-02; write the year first"},
        Refusal{"UnknownColumn", "year,z\n2010,1\n",
                "error: data.csv step=data: no column \"y\"; did you mean \"z\"? the file has "
                "\"year\", \"z\""}),
    [](const auto& tested) { return std::string(tested.param.name); });

// C4-C7: a byte order mark, any line end, none or an empty one at the end: the same forecast.
TEST(DataFault, C4ToC7ReadsTheSameTableWrittenInOtherWays) {
  ProgramCase c;
  c.run();
  const std::string wanted = c.folder().read("forecast.csv");
  for (const char* csv : {"\xef\xbb\xbfyear,y\n2010,1\n2011,3\n2012,4\n2013,7\n2014,8\n2015,11\n",
                          "year,y\r\n2010,1\r\n2011,3\n2012,4\r\n2013,7\n2014,8\n2015,11\r\n",
                          "year,y\r2010,1\r2011,3\r2012,4\r2013,7\r2014,8\r2015,11",
                          "year,y\n2010,1\n2011,3\n2012,4\n2013,7\n2014,8\n2015,11\n\n"}) {
    c.csv(csv);
    EXPECT_EQ(c.run().exit_code, 0) << c.last.err;
    EXPECT_EQ(c.folder().read("forecast.csv"), wanted) << csv;
  }
}

// C21: rows in any order give the bytes of the sorted file, and a notice.
TEST(DataFault, C21SortsRowsAndSaysSo) {
  ProgramCase c;
  c.run();
  const std::string wanted = c.folder().read("forecast.csv");
  c.csv("year,y\n2015,11\n2010,1\n2012,4\n2011,3\n2014,8\n2013,7\n");
  const auto result = c.result();
  EXPECT_EQ(c.folder().read("forecast.csv"), wanted);
  EXPECT_NE(result.at("sources").at("data").dump().find("rows_sorted"), std::string::npos);
}

// C26: a key with comma, quote and line end comes back as it went in.
TEST(DataFault, C26KeepsAwkwardKeys) {
  ProgramCase c;
  std::string csv = "id,year,y\n";
  for (int year = 2010; year < 2016; ++year) {
    csv += "\"a,\"\"b\"\"\nc\"," + std::to_string(year) + "," + std::to_string(year % 7) + "\n";
  }
  c.csv(csv).change({{"steps", {{"data", {{"key", "id"}}}}}});
  EXPECT_EQ(c.run().exit_code, 0);
  EXPECT_NE(c.folder().read("forecast.csv").find("\"a,\"\"b\"\"\nc\""), std::string::npos);
}

// J14's relatives: what is not a regular file is refused at once, a pipe never blocks.
TEST(DataFault, RefusesWhatIsNotARegularFile) {
  ProgramCase c;
  const std::string path = (c.folder().path() / "data.csv").string();
  std::filesystem::remove(path);
  EXPECT_NE(c.run().err.find("No such file or directory"), std::string::npos);
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  const ProgramRun run = c.run();
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_NE(run.err.find("it is a named pipe; path must name a regular file"), std::string::npos);
}

}  // namespace
}  // namespace steppe
