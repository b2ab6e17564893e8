// SPDX-License-Identifier: Apache-2.0

// Faults of a file as a whole, as the fault catalogue names them, each with its message.

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "reading_for_tests.hpp"
#include "support/without_root.hpp"

namespace steppe::csv::testing {
namespace {

// One table in every spelling of a text file.
TEST(CsvFaults, C4ToC7AreReadIdentically) {
  const std::vector<std::string> rows = {"year,grp,region", "2010,1.5,Abai",
                                         "2011,,\"a \"\"b\"\"\"", "2012,-3e2,"};
  const std::vector<Wanted> columns = {time("year"), number("grp"), text("region")};
  for (const std::string mark : {"", "\xEF\xBB\xBF"}) {
    for (const std::string ends : {"\n\n\n\n", "\r\n\r\n\r\n\r\n", "\r\r\r\r", "\n\r\n\r\n\n"}) {
      for (const std::string tail : {"cut", "", "\n", "\r\n", "\n\n\r\n\n"}) {
        std::string content = mark;
        std::size_t at = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
          const std::size_t size = ends.substr(at, 2) == "\r\n" ? 2 : 1;
          content += rows[i];
          if (i + 1 < rows.size() || tail != "cut") content += ends.substr(at, size);
          at += size;
        }
        if (tail != "cut") content += tail;
        const auto table = read_text(content, kComma, columns);
        ASSERT_TRUE(table.ok) << table.error();
        EXPECT_EQ(table.strings(0), (Texts{"2010", "2011", "2012"}));
        EXPECT_EQ(table.numbers(1), (std::vector{1.5, 0.0, -300.0}));
        EXPECT_EQ(table.columns[1].present, (std::vector{true, false, true}));
        EXPECT_EQ(table.strings(2), (Texts{"Abai", "a \"b\"", ""}));
        EXPECT_EQ(table.places.at(3 * 4 - 1), "sales.csv:4");
        EXPECT_EQ(table.scalars.at("rows_in"), 3);
      }
    }
  }
}

TEST(CsvFaults, C8NamesTheOffsetOfAZeroByte) {
  EXPECT_EQ(error_of(std::string("year,grp\n2010,1\n2011,\0", 22) + "2\n"),
            "C8|sales.csv:3|a zero byte at byte offset 21; the file is not text, or not in utf-8");
}

TEST(CsvFaults, C9NamesTheOffsetOfAByteThatIsNotUtf8) {
  EXPECT_EQ(error_of("year,grp\n2010,1\n2011,\xC0\xE1\n"),
            "C9|sales.csv:3|byte 0xC0 at byte offset 21 is not valid UTF-8; set encoding");
  EXPECT_EQ(error_of("\xEF\xBB\xBFyear,grp\n2010,\xFF\n"),
            "C9|sales.csv:2|byte 0xFF at byte offset 17 is not valid UTF-8; set encoding");
  EXPECT_EQ(error_of(std::string("\xFF\xFEy\0e\0", 6)),
            "C9|sales.csv:1|byte 0xFF at byte offset 0 is not valid UTF-8; the file looks like "
            "UTF-16: convert it to UTF-8");
  EXPECT_EQ(error_of("year,grp\n2010,1\xD0", kComma),
            "C9|sales.csv:2|byte 0xD0 at byte offset 15 is not valid UTF-8; set encoding");
}

TEST(CsvFaults, C9ReadsCp1251WhenSet) {
  const OptionMap options = {{"delimiter", ","}, {"encoding", "cp1251"}};
  const auto table =
      read_text("year,\xE2\xF0\xEF\n2010,\xC0\xE1\xE0\xE9\n", options, {time("year"), text("врп")});
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.strings(1), Texts{"Абай"});
  EXPECT_EQ(error_of("year,grp\n2010,\x98\n", options),
            "C9|sales.csv:2|byte 0x98 at byte offset 14 is no character of cp1251; set encoding");
}

TEST(CsvFaults, C10NamesTheRowWhereTheQuoteOpened) {
  EXPECT_EQ(
      error_of("year,grp\n2009,1\n2010,\"1\n2011,2\n"),
      "C10|sales.csv:3:2|the quote that opens here is never closed; close it, or set quote to "
      "another character");
  EXPECT_EQ(
      error_of("year,grp\n\"a\nb\",\"1\n"),
      "C10|sales.csv:3:2|the quote that opens here is never closed; close it, or set quote to "
      "another character");
}

TEST(CsvFaults, C10StopsAtTheLongestField) {
  std::string content = "year,grp\n2009,1\n2010,\"1\n";
  for (int i = 0; i < 400000; ++i) content += "2011,2\n";
  const auto table = read_text(content, kComma, kYearGrp);
  EXPECT_EQ(table.error(),
            "C10|sales.csv:3:2|the quote that opens here is not closed within 1048576 bytes; close "
            "it, or raise max_field");
  EXPECT_EQ(table.code, STEPPE_INVALID_DATA);
}

TEST(CsvFaults, C10RefusesTextBehindAClosingQuote) {
  EXPECT_EQ(error_of("year,grp\n2010,\"1\"5\n"),
            "C10|sales.csv:2:2|text follows the closing quote of the field; a quote inside a field "
            "is doubled");
}

TEST(CsvFaults, C11RefusesALongField) {
  const OptionMap options = {{"delimiter", ","}, {"max_field", 100}};
  const auto table = read_text("year,grp\n2010," + std::string(101, '1') + "\n", options, kYearGrp);
  EXPECT_EQ(table.error(), "C11|sales.csv:2:2|a field of 101 bytes; allowed are 100 (max_field)");
  EXPECT_EQ(table.code, STEPPE_RESOURCE_LIMIT);
  const std::string key(100, 'k');
  EXPECT_EQ(read_text("year,grp\n2010," + key + "\n", options, {text("grp")}).strings(0),
            Texts{key});
}

TEST(CsvFaults, C11StopsReadingAFieldWithoutEnd) {
  const auto table = read_text("year,grp\n2010," + std::string(5000000, '1'), kComma, kYearGrp);
  EXPECT_EQ(table.error(),
            "C11|sales.csv:2:2|a field of more than 1048576 bytes; allowed are that many "
            "(max_field)");
  EXPECT_EQ(table.code, STEPPE_RESOURCE_LIMIT);
}

TEST(CsvFaults, C14RefusesRepeatedAndEmptyNames) {
  EXPECT_EQ(error_of("year,grp,grp\n2010,1,2\n"),
            "C14|sales.csv:1:3|the header's name \"grp\" stands for column 2 already; names must "
            "differ");
  EXPECT_EQ(
      error_of("year,,grp\n2010,1,2\n"),
      "C14|sales.csv:1:2|the header has no name for column 2; give it one, or set skip to the "
      "lines above the header");
}

TEST(CsvFaults, C15NeedsAnObservation) {
  const auto table = read_text("year,grp\n", kComma, kYearGrp);
  EXPECT_EQ(table.error(), "C15|sales.csv|no observations: the file has a header and no rows");
  EXPECT_EQ(table.code, STEPPE_INSUFFICIENT_DATA);
  EXPECT_EQ(error_of(""), "C15|sales.csv|no observations: the file is empty");
  EXPECT_EQ(error_of("\n\n"), "C15|sales.csv|no observations: the file is empty");
  EXPECT_EQ(error_of("year,grp\n2010,x\n", {{"delimiter", ","}, {"on_error", "reject"}}),
            "C15|sales.csv|no observations: 1 row rejected, none left");
  EXPECT_EQ(error_of("year,grp\n2010,1\n", {{"delimiter", ","}, {"skip", 5}}),
            "C15|sales.csv|no observations: nothing is left between skip and footer_rows");
}

// Long enough that the file is not in memory when it changes.
std::string long_table() {
  std::string content = "year,grp\n";
  while (content.size() < 3000000) content += "2010,1\n";
  return content;
}

TEST(CsvFaults, C23SeesTheFileTruncated) {
  const TemporaryFile file(long_table());
  const auto truncate = [&](std::size_t batch) {
    if (batch == 1) {
      EXPECT_EQ(::truncate(file.path().c_str(), 1400000 + 9), 0);
    }
  };
  const auto table = read_file(file.path(), kComma,
                               {.columns = kYearGrp, .row_limit = 0, .after_batch = truncate});
  EXPECT_EQ(
      table.error(),
      "C23|sales.csv|the file changed while it was read: 3000006 bytes when opened, 1400009 at "
      "the end; run again when nothing writes to it");
  EXPECT_EQ(table.code, STEPPE_INVALID_DATA);
}

TEST(CsvFaults, C23SeesTheFileReplaced) {
  const TemporaryFile file(long_table());
  const auto replace = [&](std::size_t batch) {
    if (batch != 1) return;
    std::ofstream(file.folder() + "/new") << long_table();
    std::filesystem::rename(file.folder() + "/new", file.path());
  };
  const auto table =
      read_file(file.path(), kComma, {.columns = kYearGrp, .row_limit = 0, .after_batch = replace});
  EXPECT_EQ(
      table.error(),
      "C23|sales.csv|the file changed while it was read: another file stands in its place; run "
      "again when nothing writes to it");
}

TEST(CsvFaults, C23SeesTheFileWritten) {
  const TemporaryFile file(long_table());
  const auto write = [&](std::size_t batch) {
    if (batch != 1) return;
    std::fstream out(file.path(), std::ios::in | std::ios::out | std::ios::binary);
    out.seekp(2999990);
    out << "9";
  };
  const auto table =
      read_file(file.path(), kComma, {.columns = kYearGrp, .row_limit = 0, .after_batch = write});
  EXPECT_EQ(table.error(),
            "C23|sales.csv|the file changed while it was read: it was written to; run again when "
            "nothing writes to it");
}

TEST(CsvFaults, UnknownColumnsAreRefusedWithTheNearest) {
  EXPECT_EQ(error_of("year,grp\n2010,1\n", kComma, {number("gpr")}),
            "|sales.csv|no column \"gpr\"; did you mean \"grp\"? the file has \"year\", \"grp\"");
  EXPECT_EQ(error_of("year,grp\n2010,1\n", kComma, {number("mining")}),
            "|sales.csv|no column \"mining\"; the file has \"year\", \"grp\"");
  EXPECT_EQ(
      error_of("year,\"GRP, mln\"\n2010,1\n",
               {{"delimiter", ","}, {"columns", TextMap{{"grp", "GRP, mnl"}}}}, {number("grp")}),
      "|sales.csv|option columns: \"grp\" stands for \"GRP, mnl\", which is no column; did you "
      "mean \"GRP, mln\"? the file has \"year\", \"GRP, mln\"");
}

TEST(CsvFaults, WhatIsNoRegularFileIsRefusedWithoutBlocking) {
  const TemporaryFile file("");
  const auto refusal = [](const std::string& path) { return read_file(path, kComma, {}); };
  EXPECT_EQ(refusal(file.folder() + "/none.csv").error(),
            "|none.csv|cannot read \"" + file.folder() + "/none.csv\": No such file or directory");
  EXPECT_EQ(
      refusal(file.folder()).message,
      "cannot read \"" + file.folder() + "\": it is a directory; path must name a regular file");
  EXPECT_EQ(refusal("/dev/null").error(),
            "|null|cannot read \"/dev/null\": it is a device; path must name a regular file");
  const std::string pipe = file.folder() + "/pipe";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const auto fifo = refusal(pipe);
  EXPECT_EQ(fifo.error(), "|pipe|cannot read \"" + pipe +
                              "\": it is a named pipe; path must name a regular file");
  EXPECT_EQ(fifo.code, STEPPE_IO);
  ::unlink(pipe.c_str());
}

TEST(CsvFaults, AnUnreadableFileIsNamed) {
  const TemporaryFile file("year,grp\n2010,1\n");
  ::chmod(file.path().c_str(), 0);
  ::chmod(file.folder().c_str(), 0755);
  const steppe::testing::WithoutRoot as_nobody;
  EXPECT_EQ(read_file(file.path(), kComma, {}).error(),
            "|sales.csv|cannot read \"" + file.path() + "\": Permission denied");
}

}  // namespace
}  // namespace steppe::csv::testing
