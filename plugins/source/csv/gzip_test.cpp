// SPDX-License-Identifier: Apache-2.0

// Packed files (C24), through the plugin's C table: what is read, what is refused, within which
// limits.

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <stdexcept>

#include "reading_for_tests.hpp"

namespace steppe::csv::testing {
namespace {

// One gzip member with the text, as gzip -9 writes it but for its time and name.
std::string packed(const std::string& text) {
  z_stream stream{};
  constexpr int kGzip = 16;
  constexpr int kMemory = 8;
  if (deflateInit2(&stream, 9, Z_DEFLATED, MAX_WBITS + kGzip, kMemory, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    throw std::runtime_error("deflateInit2");
  }
  std::string out(deflateBound(&stream, text.size()), '\0');
  std::string in = text;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END) throw std::runtime_error("deflate");
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

Reading read_packed(const std::string& bytes, const OptionMap& options = kComma,
                    const std::vector<Wanted>& columns = kYearGrp) {
  const TemporaryFile file(bytes, "sales.csv.gz");
  return read_file(file.path(), options, {.columns = columns});
}

OptionMap gzip_options(const std::string& name, OptionValue value) {
  OptionMap options = kComma;
  options[name] = std::move(value);
  return options;
}

TEST(CsvGzip, ReadsWhatThePlainFileHolds) {
  const auto table = read_packed(packed("year,grp\n2010,1.5\n2011,-2\n"));
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.strings(0), (Texts{"2010", "2011"}));
  EXPECT_EQ(table.numbers(1), (std::vector{1.5, -2.0}));
  EXPECT_EQ(table.places.at(1), "sales.csv.gz:2:2");
  EXPECT_EQ(table.scalars.at("rows_in"), 2);
}

// The content decides, not the name: what `gzip -d` has unpacked already is read as it is.
TEST(CsvGzip, IsToldFromPlainTextByItsFirstBytes) {
  const TemporaryFile plain("year,grp\n2010,1.5\n", "sales.csv.gz");
  EXPECT_EQ(read_file(plain.path(), kComma, {.columns = kYearGrp}).numbers(1), std::vector{1.5});
  const TemporaryFile gzip(packed("year,grp\n2010,2.5\n"), "sales.csv");
  EXPECT_EQ(read_file(gzip.path(), kComma, {.columns = kYearGrp}).numbers(1), std::vector{2.5});
}

// The bytes are those of Python's gzip.compress(b"year,grp\n2010,1\n", mtime=0) and the digest is
// that of hashlib.
TEST(CsvGzip, SnapshotIsTheHashOfThePackedFile) {
  const std::string hexadecimal =
      "1f8b0800000000000203ab4c4d2cd2492f2ae032323034d031e4020079be"
      "5de310000000";
  std::string bytes;
  for (std::size_t i = 0; i < hexadecimal.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(hexadecimal.substr(i, 2), nullptr, 16));
  }
  const auto table = read_packed(bytes);
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.numbers(1), std::vector{1.0});
  EXPECT_EQ(table.texts.at("snapshot"),
            "sha256:35b7b2b7864c8926935002b334796038726f58f0e3a463c0175686cafe318288");
}

// Pieces of 64 KiB are unpacked at a time; members follow one another as `cat a.gz b.gz` makes
// them.
TEST(CsvGzip, ReadsLongFilesOfSeveralMembersWithPadding) {
  std::string bytes = packed("year,grp\n");
  std::vector<double> expected;
  for (int member = 0; member < 3; ++member) {
    std::string rows;
    for (int i = 0; i < 60000; ++i) {
      const int value = member * 60000 + (i * 7919) % 60000;
      rows += "2010," + std::to_string(value) + "\n";
      expected.push_back(value);
    }
    bytes += packed(rows);
  }
  bytes += std::string(1000, '\0');
  const auto table = read_packed(bytes);
  ASSERT_TRUE(table.ok) << table.error();
  EXPECT_EQ(table.numbers(1), expected);
}

TEST(CsvGzip, LeavesOutFooterRows) {
  for (const std::string end : {"", "\n", "\r\n", "\n\n\r\n"}) {
    const std::string content = "year,grp\r\n2010,1\r\n2011,2\rTotal,3\r\n\r\nSource: bureau" + end;
    for (int rows = 1; rows < 8; ++rows) {
      const OptionMap options = gzip_options("footer_rows", rows);
      const auto plain = read_text(content, options, kYearGrp);
      const auto table = read_packed(packed(content), options);
      ASSERT_EQ(table.ok, plain.ok) << rows;
      EXPECT_EQ(table.message, plain.message) << rows;
      EXPECT_EQ(table.warnings, plain.warnings) << rows;
      if (table.ok) {
        EXPECT_EQ(table.numbers(1), plain.numbers(1)) << rows;
      }
    }
  }
}

TEST(CsvGzip, C8NamesTheOffsetInTheUnpackedText) {
  EXPECT_EQ(read_packed(packed(std::string("year,grp\n2010,\0", 15) + "2\n")).error(),
            "C8|sales.csv.gz:2|a zero byte at byte offset 14 of the unpacked text; the file is not "
            "text, or not in utf-8");
}

std::string repeated_rows(std::size_t size) {
  std::string content = "year,grp\n";
  while (content.size() < size) content += "2010,1\n";
  return content;
}

TEST(CsvGzip, C24RefusesWhatUnfoldsBeyondTheRatio) {
  const std::string bytes = packed(repeated_rows(20000000));
  const auto table = read_packed(bytes);
  EXPECT_EQ(table.error(),
            "C24|sales.csv.gz|the gzip data unfold to more than 250 times the " +
                std::to_string(bytes.size()) +
                " bytes of the file (max_ratio); raise that if the file is meant so");
  EXPECT_EQ(table.code, STEPPE_RESOURCE_LIMIT);
  EXPECT_TRUE(read_packed(bytes, gzip_options("max_ratio", 1032)).ok);
  EXPECT_TRUE(read_packed(packed(repeated_rows(15000000))).ok);
  OptionMap footer = gzip_options("footer_rows", 1);
  EXPECT_EQ(read_packed(bytes, footer).error(), table.error());
}

TEST(CsvGzip, C24RefusesWhatUnfoldsBeyondTheSize) {
  const std::string bytes = packed(repeated_rows(1010));
  const auto table = read_packed(bytes, gzip_options("max_unpacked", 1000));
  EXPECT_EQ(table.error(),
            "C24|sales.csv.gz|the gzip data unfold to more than 1000 bytes (max_unpacked)");
  EXPECT_EQ(table.code, STEPPE_RESOURCE_LIMIT);
  EXPECT_TRUE(read_packed(bytes, gzip_options("max_unpacked", 1010)).ok);
}

TEST(CsvGzip, C24SeesDataCutShort) {
  const std::string bytes = packed(repeated_rows(100000));
  for (const std::size_t length : {std::size_t{2}, std::size_t{9}, std::size_t{30},
                                   bytes.size() - 9, bytes.size() - 8, bytes.size() - 1}) {
    const auto table = read_packed(bytes.substr(0, length));
    EXPECT_EQ(table.error(), "C24|sales.csv.gz|the gzip data are cut short: they end after " +
                                 std::to_string(length) +
                                 " bytes, before their end; fetch or pack the file again");
    EXPECT_EQ(table.code, STEPPE_INVALID_DATA);
  }
}

TEST(CsvGzip, C24SeesDamagedData) {
  const std::string good = packed("year,grp\n2010,1\n2011,2\n");
  std::string sum = good;
  sum[sum.size() - 8] = static_cast<char>(sum[sum.size() - 8] ^ 1);
  EXPECT_EQ(read_packed(sum).error(), "C24|sales.csv.gz|the gzip data are damaged at byte offset " +
                                          std::to_string(good.size() - 4) +
                                          ": incorrect data check; fetch or pack the file again");
  std::string method = good;
  method[2] = 7;
  EXPECT_EQ(read_packed(method).error(),
            "C24|sales.csv.gz|the gzip data are damaged at byte offset 4: unknown compression "
            "method; fetch or pack the file again");
  EXPECT_EQ(read_packed(good + "year").error(),
            "C24|sales.csv.gz|the gzip data are damaged at byte offset " +
                std::to_string(good.size()) +
                ": what follows is no gzip data; fetch or pack the file again");
  EXPECT_EQ(read_packed(good + good.substr(0, 5)).error(),
            "C24|sales.csv.gz|the gzip data are cut short: they end after " +
                std::to_string(good.size() + 5) +
                " bytes, before their end; fetch or pack the file again");
}

// Every bit of a small file turned over: the table is refused or, in what says nothing of the text
// (time, system, name), the same.
TEST(CsvGzip, C24NeverReadsSomethingElseFromDamagedData) {
  const std::string good = packed("year,grp\n2010,1\n2011,2\n2012,3\n");
  for (std::size_t place = 0; place < good.size() * 8; ++place) {
    std::string bad = good;
    bad[place / 8] = static_cast<char>(bad[place / 8] ^ (1 << (place % 8)));
    const auto table = read_packed(bad);
    if (table.ok) {
      EXPECT_EQ(table.numbers(1), (std::vector{1.0, 2.0, 3.0})) << place;
      continue;
    }
    EXPECT_NE(table.message, "") << place;
  }
}

TEST(CsvGzip, C15AnEmptyTextIsNoTable) {
  EXPECT_EQ(read_packed(packed("")).error(), "C15|sales.csv.gz|no observations: the file is empty");
}

TEST(CsvGzip, C23SeesThePackedFileTruncatedWhileItIsRead) {
  std::string rows = "year,grp\n";
  unsigned state = 1;
  while (rows.size() < 6000000) {
    state = state * 1664525u + 1013904223u;
    rows += "2010," + std::to_string(state) + "\n";
  }
  const std::string bytes = packed(rows);
  const TemporaryFile file(bytes, "sales.csv.gz");
  const auto truncate = [&](std::size_t batch) {
    if (batch == 1) {
      EXPECT_EQ(::truncate(file.path().c_str(), 1000000), 0);
    }
  };
  const auto table = read_file(file.path(), kComma,
                               {.columns = kYearGrp, .row_limit = 0, .after_batch = truncate});
  EXPECT_EQ(table.error(),
            "C23|sales.csv.gz|the file changed while it was read: " + std::to_string(bytes.size()) +
                " bytes when opened, 1000000 at the end; run again when nothing "
                "writes to it");
}

}  // namespace
}  // namespace steppe::csv::testing
