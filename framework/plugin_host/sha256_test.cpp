// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/sha256.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>

namespace steppe {
namespace {

// FIPS 180-4 examples, NIST CSRC "SHA256.pdf".
TEST(Sha256, GivesThePublishedAnswers) {
  EXPECT_EQ(sha256_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_of(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, OfAFileNeedsItsWholeSize) {
  std::FILE* const file = std::tmpfile();
  ASSERT_NE(file, nullptr);
  std::fputs("abc", file);
  std::fflush(file);
  EXPECT_EQ(sha256_of_file(fileno(file), 3), sha256_of("abc"));
  EXPECT_FALSE(sha256_of_file(fileno(file), 2).has_value());
  EXPECT_FALSE(sha256_of_file(fileno(file), 4).has_value());
  EXPECT_FALSE(sha256_of_file(-1, 0).has_value());
  std::fclose(file);
}

}  // namespace
}  // namespace steppe
