// SPDX-License-Identifier: Apache-2.0
#include "encoding.hpp"

#include <gtest/gtest.h>

namespace steppe::csv {
namespace {

Utf8Scan scan(const std::string& text) { return scan_utf8(text.data(), text.size()); }

std::string converted(const std::string& bytes, Encoding encoding) {
  std::string out(bytes.size() * 3, '\0');
  out.resize(to_utf8(bytes, encoding, out.data()).written);
  return out;
}

TEST(CsvEncoding, FindsTheFirstByteThatIsNotUtf8) {
  const std::string plain(100, 'a');
  EXPECT_EQ(scan(plain).valid, 100u);
  EXPECT_EQ(scan(plain + "Абай" + plain).valid, 208u);
  // Overlong, surrogate, past U+10FFFF, lone continuation, a lead without continuation, zero.
  for (const std::string bad : {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                "\x80", "\xC3(", "\xF8\x88\x80\x80", "\xFF"}) {
    EXPECT_EQ(scan(plain + bad + plain).valid, 100u);
    EXPECT_FALSE(scan(plain + bad + plain).incomplete);
  }
  EXPECT_EQ(scan(plain + std::string(1, '\0') + plain).valid, 100u);
}

TEST(CsvEncoding, KnowsACharacterCutShort) {
  for (const std::string cut : {"\xC3", "\xE2\x82", "\xF0\x9F\x98"}) {
    EXPECT_EQ(scan("ab" + cut).valid, 2u);
    EXPECT_TRUE(scan("ab" + cut).incomplete);
  }
}

TEST(CsvEncoding, AcceptsTheEdgesOfUtf8) {
  const std::string edges =
      "\x01\x7F\xC2\x80\xDF\xBF\xE0\xA0\x80\xED\x9F\xBF\xEE\x80\x80\xEF\xBF\xBF"
      "\xF0\x90\x80\x80\xF4\x8F\xBF\xBF";
  EXPECT_EQ(scan(edges).valid, edges.size());
}

TEST(CsvEncoding, SeesTheUnitSeparator) {
  EXPECT_FALSE(scan(std::string(200, 'a')).unit_separator);
  EXPECT_TRUE(scan(std::string(70, 'a') + '\x1F' + std::string(129, 'a')).unit_separator);
  EXPECT_TRUE(scan("Абай\x1F").unit_separator);
}

// Expected text: iconv -f ENCODING -t UTF-8.
TEST(CsvEncoding, ConvertsSingleByteEncodings) {
  EXPECT_EQ(converted("\xC0\xE1\xE0\xE9 \xB9"
                      "1",
                      Encoding::kCp1251),
            "Абай №1");
  EXPECT_EQ(converted("\x80 \x93x\x94", Encoding::kCp1252), "€ “x”");
  EXPECT_EQ(converted("caf\xE9", Encoding::kLatin1), "café");
  EXPECT_EQ(converted("\xE1\xC2\xC1\xCA", Encoding::kKoi8r), "Абай");
  EXPECT_EQ(converted("\x80\xA1\xA0\xA9", Encoding::kCp866), "Абай");
}

TEST(CsvEncoding, StopsAtAByteWithoutACharacter) {
  std::string out(30, '\0');
  EXPECT_EQ(to_utf8("ab\x98"
                    "c",
                    Encoding::kCp1251, out.data())
                .used,
            2u);
  EXPECT_EQ(to_utf8("ab\x81"
                    "c",
                    Encoding::kCp1252, out.data())
                .used,
            2u);
  EXPECT_EQ(to_utf8(std::string_view("a\0c", 3), Encoding::kLatin1, out.data()).used, 1u);
}

}  // namespace
}  // namespace steppe::csv
