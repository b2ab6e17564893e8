// SPDX-License-Identifier: Apache-2.0
#include "steppe/result.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace steppe {
namespace {

Result<int> half_of_even(int n) {
  if (n % 2 != 0) return Error{ErrorKind::kDomainError, "odd", "row 3", "N6"};
  return n / 2;
}

TEST(Result, HoldsTheValueOfSuccess) {
  const Result<int> result = half_of_even(8);
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(*result, 4);
}

TEST(Result, HoldsTheErrorOfFailure) {
  const Result<int> result = half_of_even(7);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::kDomainError);
  EXPECT_EQ(result.error().message, "odd");
  EXPECT_EQ(result.error().where, "row 3");
  EXPECT_EQ(result.error().fault, "N6");
}

TEST(Result, MovesAValueThatCannotBeCopied) {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
  const std::unique_ptr<int> taken = std::move(*result);
  EXPECT_EQ(*taken, 5);
}

TEST(Result, OfNothingIsSuccessUnlessGivenAnError) {
  EXPECT_TRUE(Result<void>().ok());
  const Result<void> failed = Error{ErrorKind::kIo, "disk"};
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().message, "disk");
}

TEST(ErrorKind, HasTheNumberOfItsStatus) {
  EXPECT_EQ(static_cast<steppe_status>(ErrorKind::kInvalidConfig), 1);
  EXPECT_EQ(static_cast<steppe_status>(ErrorKind::kDomainError), 7);
  EXPECT_EQ(static_cast<steppe_status>(ErrorKind::kInternal), 15);
}

TEST(ErrorKind, IsNamedInSnakeCase) {
  EXPECT_STREQ(name_of(ErrorKind::kInvalidConfig), "invalid_config");
  EXPECT_STREQ(name_of(ErrorKind::kRankDeficient), "rank_deficient");
  EXPECT_STREQ(name_of(ErrorKind::kIncompatibleAbi), "incompatible_abi");
  EXPECT_STREQ(name_of(static_cast<ErrorKind>(999)), "internal");
}

}  // namespace
}  // namespace steppe
