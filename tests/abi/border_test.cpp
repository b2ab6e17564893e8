// SPDX-License-Identifier: Apache-2.0
#include "steppe/detail/border.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <new>
#include <stdexcept>
#include <string>

#include "c_side.hpp"

namespace steppe::detail {
namespace {

TEST(CopyText, CopiesWhatFitsWithAFinalZero) {
  std::array<char, 6> out{};
  EXPECT_FALSE(copy_text("abcde", out.data(), out.size()));
  EXPECT_STREQ(out.data(), "abcde");
}

TEST(CopyText, CutsWhatDoesNotFit) {
  std::array<char, 6> out{};
  EXPECT_TRUE(copy_text("abcdef", out.data(), out.size()));
  EXPECT_STREQ(out.data(), "abcde");
}

TEST(CopyText, NeverCutsInsideACharacter) {
  std::array<char, 6> out{};
  EXPECT_TRUE(copy_text("abc\xD1\x8F\xD1\x8F", out.data(), out.size()));  // 3 + 2 + 2 bytes
  EXPECT_STREQ(out.data(), "abc\xD1\x8F");
  EXPECT_TRUE(copy_text("abcd\xD1\x8F", out.data(), out.size()));
  EXPECT_STREQ(out.data(), "abcd");
  EXPECT_TRUE(copy_text("ab\xF0\x9F\x98\x80z", out.data(), out.size()));  // 2 + 4 + 1 bytes
  EXPECT_STREQ(out.data(), "ab");
}

TEST(CopyText, KeepsNothingOfBytesThatAreAllContinuations) {
  std::array<char, 4> out{};
  EXPECT_TRUE(copy_text("\x80\x80\x80\x80\x80", out.data(), out.size()));
  EXPECT_STREQ(out.data(), "");
}

TEST(CopyError, CarriesEveryField) {
  steppe_error out = c_side::empty_error();
  const Error error{ErrorKind::kDomainError, "y=0 has no logarithm", "row 5", "N6"};
  EXPECT_EQ(copy_error(error, &out), STEPPE_DOMAIN_ERROR);
  EXPECT_EQ(out.code, STEPPE_DOMAIN_ERROR);
  EXPECT_STREQ(out.message, "y=0 has no logarithm");
  EXPECT_STREQ(out.where, "row 5");
  EXPECT_STREQ(out.fault, "N6");
  EXPECT_EQ(out.flags, 0u);
}

TEST(CopyError, SaysThatItCutAText) {
  steppe_error out = c_side::empty_error();
  copy_error({ErrorKind::kIo, std::string(5000, 'x')}, &out);
  EXPECT_EQ(std::strlen(out.message), 1023u);
  EXPECT_EQ(out.flags, STEPPE_ERROR_TRUNCATED);
  copy_error({ErrorKind::kIo, "short", std::string(240, 'x')}, &out);
  EXPECT_EQ(std::strlen(out.where), 239u);
  EXPECT_EQ(out.flags, STEPPE_ERROR_TRUNCATED);
  copy_error({ErrorKind::kIo, "short"}, &out);
  EXPECT_EQ(out.flags, 0u);
}

TEST(CopyError, ReturnsTheCodeWhenNobodyWantsTheText) {
  EXPECT_EQ(copy_error({ErrorKind::kNetwork, "down"}, nullptr), STEPPE_NETWORK);
}

TEST(CopyError, LeavesAStructThatIsTooSmallAlone) {
  steppe_error out = c_side::empty_error();
  out.struct_size = 16;
  EXPECT_EQ(copy_error({ErrorKind::kNetwork, "down"}, &out), STEPPE_NETWORK);
  EXPECT_STREQ(out.message, "");
}

TEST(Guarded, PassesTheStatusOfTheBody) {
  EXPECT_EQ(guarded(nullptr, [] { return STEPPE_NOT_CONVERGED; }), STEPPE_NOT_CONVERGED);
}

TEST(Guarded, TurnsAnExceptionIntoInternalWithItsText) {  // P8
  steppe_error out = c_side::empty_error();
  const auto body = []() -> steppe_status { throw std::runtime_error("index 7 of 5"); };
  EXPECT_EQ(guarded(&out, body), STEPPE_INTERNAL);
  EXPECT_EQ(out.code, STEPPE_INTERNAL);
  EXPECT_STREQ(out.message, "exception: index 7 of 5");
}

TEST(Guarded, TurnsLackOfMemoryIntoAResourceLimit) {
  steppe_error out = c_side::empty_error();
  const auto body = []() -> steppe_status { throw std::bad_alloc(); };
  EXPECT_EQ(guarded(&out, body), STEPPE_RESOURCE_LIMIT);
  EXPECT_STREQ(out.message, "out of memory");
}

TEST(Guarded, StopsWhatIsNotAnExceptionClass) {
  steppe_error out = c_side::empty_error();
  const auto body = []() -> steppe_status { throw 42; };
  EXPECT_EQ(guarded(&out, body), STEPPE_INTERNAL);
  EXPECT_STREQ(out.message, "an exception of an unknown type");
}

}  // namespace
}  // namespace steppe::detail
