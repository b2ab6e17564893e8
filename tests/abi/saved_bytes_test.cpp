// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <vector>

#include "saved_bytes.hpp"

// What the Writer and the Reader of saved_fit.hpp make of numbers and of bytes.

namespace steppe {
namespace {

using saved_bytes::refuse;
using saved_bytes::writer_to;

template <typename Write>
std::string written(Write&& write) {
  std::string bytes;
  const steppe_writer out = writer_to(bytes);
  Writer writer(&out);
  write(writer);
  EXPECT_EQ(writer.finish(), STEPPE_OK);
  return bytes;
}

TEST(Writer, WritesLittleEndianWithoutPadding) {
  const std::string bytes = written([](Writer& w) {
    w.flag(true);
    w.u32(0x01020304);
    w.u64(5);
    w.i64(-2);
    w.f64(1.0);
    w.text("ab");
  });
  const std::string expected =
      std::string("\x01\x04\x03\x02\x01", 5) + std::string("\x05\0\0\0\0\0\0\0", 8) +
      "\xfe\xff\xff\xff\xff\xff\xff\xff" + std::string("\0\0\0\0\0\0\xf0\x3f", 8) +
      std::string("\x02\0\0\0\0\0\0\0", 8) + "ab";
  EXPECT_EQ(bytes, expected);
}

TEST(Writer, HandsOverBigThingsInPiecesAndKeepsTheFirstRefusal) {
  const std::vector<double> many(20000, 0.5);
  EXPECT_EQ(written([&](Writer& w) { w.f64s(many); }).size(), 8 + 20000 * 8);
  const steppe_writer out{sizeof(out), 0, nullptr, &refuse};
  Writer writer(&out);
  writer.f64s(many);
  EXPECT_EQ(writer.finish(), STEPPE_RESOURCE_LIMIT);
}

TEST(Reader, ReadsBackEveryBit) {
  const double odd = std::bit_cast<double>(std::uint64_t{0x7ff8000000000123});
  const std::vector<double> numbers = {-0.0, std::numeric_limits<double>::denorm_min(), 1e308};
  const std::string bytes = written([&](Writer& w) {
    w.f64(odd);
    w.f64s(numbers);
    w.u64s(std::vector<std::size_t>{7, 0});
    w.text("");
    w.i64(std::numeric_limits<std::int64_t>::min());
    w.flag(false);
  });
  Reader r(bytes.data(), bytes.size());
  EXPECT_EQ(std::bit_cast<std::uint64_t>(r.f64()), 0x7ff8000000000123u);
  const std::vector<double> back = r.finites();
  ASSERT_EQ(back.size(), 3u);
  EXPECT_EQ(std::memcmp(back.data(), numbers.data(), 24), 0);
  EXPECT_EQ(r.u64s(), (std::vector<std::size_t>{7, 0}));
  EXPECT_EQ(r.text(), "");
  EXPECT_EQ(r.i64(), std::numeric_limits<std::int64_t>::min());
  EXPECT_FALSE(r.flag());
  EXPECT_TRUE(r.ok());
  EXPECT_EQ(r.left(), 0u);
}

TEST(Reader, GivesZerosAfterTheEndAndKeepsTheFirstReason) {
  const std::string bytes("\x01\x02\x03", 3);
  Reader r(bytes.data(), bytes.size());
  EXPECT_EQ(r.u32(), 0u);
  EXPECT_FALSE(r.ok());
  EXPECT_TRUE(r.f64s().empty());
  EXPECT_FALSE(r.must(false, "another reason"));
  EXPECT_EQ(r.error().message, "the saved fit cannot be read: it ends too early");
  EXPECT_EQ(r.error().kind, ErrorKind::kInvalidData);
}

TEST(Reader, AllocatesNothingForLengthsThatCannotBe) {
  for (const std::uint64_t length : {std::uint64_t{2}, ~std::uint64_t{0}, std::uint64_t{1} << 61}) {
    const std::string bytes = written([&](Writer& w) {
      w.u64(length);
      w.u64(0);
    });
    Reader numbers(bytes.data(), bytes.size());
    EXPECT_TRUE(numbers.f64s().empty());
    EXPECT_EQ(numbers.error().message,
              "the saved fit cannot be read: a length is longer than the bytes that follow");
    if (length < 9) continue;
    Reader text(bytes.data(), bytes.size());
    EXPECT_EQ(text.text(), "");
    EXPECT_FALSE(text.ok());
  }
}

TEST(Reader, RefusesWhatIsNeitherANumberNorAFlag) {
  const std::string bytes = written([](Writer& w) { w.f64(INFINITY); });
  Reader number(bytes.data(), bytes.size());
  EXPECT_EQ(number.finite(), 0);
  EXPECT_EQ(number.error().message, "the saved fit cannot be read: a number is not finite");
  Reader flag("\x02", 1);
  EXPECT_FALSE(flag.flag());
  EXPECT_FALSE(flag.ok());
}

}  // namespace
}  // namespace steppe
