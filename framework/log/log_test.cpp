// SPDX-License-Identifier: Apache-2.0
#include "log/log.hpp"

#include <gtest/gtest.h>

namespace steppe {
namespace {

std::string written(LogFormat format, Severity severity, const char* message) {
  testing::internal::CaptureStderr();
  Log log(format, Severity::kInfo);
  log.write(severity, "trend.power@1.0.0", message);
  return testing::internal::GetCapturedStderr();
}

TEST(Log, WritesOneLineOfText) {
  EXPECT_EQ(written(LogFormat::kText, Severity::kWarning, "slow"),
            "warning: trend.power@1.0.0: slow\n");
}

TEST(Log, WritesOneRecordOfJson) {
  EXPECT_EQ(written(LogFormat::kJson, Severity::kError, "a \"b\""),
            "{\"level\":\"error\",\"origin\":\"trend.power@1.0.0\",\"message\":\"a \\\"b\\\"\"}\n");
}

// X10: a name cannot forge a line or move the cursor.
TEST(Log, EscapesControlCharacters) {
  const std::string text = written(LogFormat::kText, Severity::kInfo, "a\n\x1b[2Jb");
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\n'), text.size() - 1);
}

TEST(Log, LeavesOutWhatIsBelowTheThreshold) {
  EXPECT_EQ(written(LogFormat::kText, Severity::kDebug, "detail"), "");
}

}  // namespace
}  // namespace steppe
