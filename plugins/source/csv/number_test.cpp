// SPDX-License-Identifier: Apache-2.0
#include "number.hpp"

#include <gtest/gtest.h>

#include <optional>

namespace steppe::csv {
namespace {

constexpr NumberFormat kPlain{};
constexpr NumberFormat kPrinted{',', ' ', true, true};

std::optional<double> number(std::string_view text, const NumberFormat& format = kPlain) {
  double value = 0;
  if (read_number(text, format, value) != NumberStatus::kOk) return {};
  return value;
}

// The fast path, or nothing where it hands over to the other.
std::optional<double> plain_number(std::string text, char decimal = '.') {
  const std::size_t size = text.size();
  text.append(kNumberPadding, '7');  // what follows must not matter
  double value = 0;
  if (!read_plain_number(std::string_view(text).substr(0, size), decimal, value)) return {};
  return value;
}

struct Known {
  const char* text;
  double value;
};

// Nearest doubles as Python's float.hex() prints them.
constexpr Known kKnown[] = {
    {"01815908.3", 0x1.bb5644ccccccdp+20},
    {"1", 0x1.0000000000000p+0},
    {"091", 0x1.6c00000000000p+6},
    {"99.60308246281948219", 0x1.8e698e72fa674p+6},
    {"-181909378657975.43231948757491186", -0x1.4ae427cadd6eep+47},
    {"-760.1895", -0x1.7c184189374bcp+9},
    {"79711471.04974650752917034", 0x1.30133bc32f0c0p+26},
    {"760313721.59010928", 0x1.6a8bbbccb88b3p+29},
    {"1.3962", 0x1.656d5cfaacd9fp+0},
    {"95711777741215472.8038", 0x1.54095ad11616fp+56},
    {"08414852.5", 0x1.00cd090000000p+23},
    {"85393363387500474395.7", 0x1.28448ae451f41p+66},
    {"9007199254740993", 0x1.0000000000000p+53},
    {"0.3", 0x1.3333333333333p-2},
    {"1234567.12345678", 0x1.2d6871f9add11p+20},
    {"90071992.54740993", 0x1.5798ee2308c3bp+26},
    {"99999999.99999999", 0x1.7d783ffffffffp+26},
    {"8.41E21", 0x1.c7e83209e90b2p+72},
    {"2.2250738585072014e-308", 0x1p-1022},
    {"4.9e-324", 0x0.0000000000001p-1022},
    {"1.7976931348623157e308", 0x1.fffffffffffffp+1023},
    {"9214843084008499", 0x1.05e6cec57761ap+53},
    {"123456789012345678", 0x1.b69b4ba630f35p+56},
};

TEST(CsvNumber, IsTheNearestDouble) {
  for (const Known& known : kKnown) EXPECT_EQ(number(known.text), known.value) << known.text;
}

TEST(CsvNumber, IsTheNearestDoubleOnTheFastPathOrLeftToTheOther) {
  int fast = 0;
  for (const Known& known : kKnown) {
    const auto value = plain_number(known.text);
    if (!value) continue;
    EXPECT_EQ(*value, known.value) << known.text;
    ++fast;
  }
  EXPECT_GE(fast, 7);
}

TEST(CsvNumber, FastPathReadsTheUsualSpellings) {
  EXPECT_EQ(plain_number("2010"), 2010.0);
  EXPECT_EQ(plain_number("086"), 86.0);
  EXPECT_EQ(plain_number("-34,4", ','), -34.4);
  EXPECT_EQ(plain_number("12345678"), 12345678.0);
  EXPECT_EQ(plain_number("12345678.5"), 12345678.5);
  EXPECT_EQ(plain_number("0.00000001"), 1e-8);
}

TEST(CsvNumber, FastPathLeavesWhatItCannotDoExactly) {
  for (const char* text :
       {"", "-", ".5", "5.", "1.2.3", "12a", "a", "123456789", "1e5", "+1", "--1", "1.123456789",
        "12345678x5", "99999999.99999999x", "1 ", " 1", "1,5", "\xFF", "99999999.99999999999"}) {
    EXPECT_EQ(plain_number(text), std::nullopt) << text;
  }
}

TEST(CsvNumber, C1ReadsGroupsOfThreeWhenDeclared) {
  EXPECT_EQ(number("1 872 842,3", kPrinted), 1872842.3);
  EXPECT_EQ(number("1\u00A0872\u00A0842,3", kPrinted), 1872842.3);
  EXPECT_EQ(number("1\u202F872\u202F842,3", kPrinted), 1872842.3);
  EXPECT_EQ(number("4734402,0", kPrinted), 4734402.0);
  EXPECT_EQ(number("-34,4", kPrinted), -34.4);
  EXPECT_EQ(number("1,234,567.5", {'.', ','}), 1234567.5);
  EXPECT_EQ(number("1.234.567,5", {',', '.'}), 1234567.5);
  EXPECT_EQ(number("1'234", {'.', '\''}), 1234.0);
}

TEST(CsvNumber, RefusesGroupsThatAreNotOfThree) {
  for (const char* text : {"1 23", "1 2345", "1234 567", "1  234", " 1 234", "1 234 ", "12 34,5",
                           "1 234 56", "1,234 567", "1 ", " "}) {
    EXPECT_EQ(number(text, kPrinted), std::nullopt) << text;
  }
}

TEST(CsvNumber, C16RefusesWhatIsOnlyPartlyANumber) {
  for (const char* text : {"", "NA", "-", "#DIV/0!", "1.2.3", "12abc", "0x1F", "121.", ".5", "1e",
                           "1e+", "e5", "+-1", "1 ", "1\n", "$5", "5%", "\u22125", "1_000"}) {
    EXPECT_EQ(number(text), std::nullopt) << text;
  }
  EXPECT_EQ(number("121,", kPrinted), std::nullopt);
  EXPECT_EQ(number("24,»", kPrinted), std::nullopt);
}

TEST(CsvNumber, C16RefusesWhatADoubleCannotHold) {
  double value = 0;
  EXPECT_EQ(read_number("1e999", kPlain, value), NumberStatus::kOutOfRange);
  EXPECT_EQ(read_number("-1e999", kPlain, value), NumberStatus::kOutOfRange);
  EXPECT_EQ(read_number("1e-999", kPlain, value), NumberStatus::kOutOfRange);
  EXPECT_EQ(number("0e-999"), 0.0);
}

TEST(CsvNumber, AcceptsASignAndAnExponent) {
  EXPECT_EQ(number("+5"), 5.0);
  EXPECT_EQ(number("1e3"), 1000.0);
  EXPECT_EQ(number("1.5E-3"), 0.0015);
  EXPECT_EQ(number("1,5e+3", kPrinted), 1500.0);
}

TEST(CsvNumber, C17RefusesNanAndInf) {
  for (const char* text : {"NaN", "nan", "Inf", "-inf", "+Infinity"}) {
    EXPECT_EQ(number(text), std::nullopt) << text;
    EXPECT_STREQ(complain_number(text, kPlain).fault, "C17") << text;
  }
}

std::string complaint(std::string_view text, const NumberFormat& format = kPlain) {
  const NumberComplaint said = complain_number(text, format);
  return std::string(said.fault) + ' ' + said.message;
}

TEST(CsvNumber, C1SaysWhichKeysWouldReadIt) {
  EXPECT_EQ(complaint("1 872 842,3"),
            "C1 \"1 872 842,3\" is not a number in dialect {decimal \".\", group none}; try "
            "decimal=\",\", group=\" \"");
  EXPECT_EQ(complaint("24,5"),
            "C1 \"24,5\" is not a number in dialect {decimal \".\", group none}; try "
            "decimal=\",\"");
  EXPECT_EQ(complaint("1 234"),
            "C1 \"1 234\" is not a number in dialect {decimal \".\", group none}; try group=\" \"");
  EXPECT_EQ(complaint("1.5", {',', ' ', true, true}),
            "C1 \"1.5\" is not a number in dialect {decimal \",\", group \" \"}; try "
            "decimal=\".\"");
}

TEST(CsvNumber, C2CallsAmbiguousWhatMeansTwoThings) {
  EXPECT_EQ(complaint("1,234"),
            "C2 \"1,234\" is ambiguous: 1234 with group=\",\", 1.234 with decimal=\",\"; set "
            "decimal and group");
}

TEST(CsvNumber, C2IsNoMoreAmbiguousOnceDeclared) {
  EXPECT_EQ(number("1,234", {',', 0, true, false}), 1.234);
  EXPECT_EQ(number("1,234", {'.', ',', false, true}), 1234.0);
  EXPECT_EQ(complaint("1,234", {'.', 0, true, false}),
            "C1 \"1,234\" is not a number in dialect {decimal \".\", group none}; try group=\",\"");
}

TEST(CsvNumber, SaysWhatElseMayBeDone) {
  EXPECT_EQ(complaint("12abc"),
            "C16 \"12abc\" is not a number in dialect {decimal \".\", group none}; if it marks a "
            "missing value, list it in missing");
  EXPECT_EQ(complaint(" 12 "),
            "C16 \" 12 \" is not a number in dialect {decimal \".\", group none}; set trim=true to "
            "read past the blanks round it");
  EXPECT_EQ(complaint("1e999"), "C16 \"1e999\" is outside the range of a double");
  EXPECT_EQ(complaint("NaN"),
            "C17 \"NaN\" is not a finite number; if it marks a missing value, list it in missing");
}

}  // namespace
}  // namespace steppe::csv
