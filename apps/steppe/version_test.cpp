// SPDX-License-Identifier: Apache-2.0
#include "version.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace steppe {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

std::vector<std::string> version_lines() {
  std::vector<std::string> lines;
  std::istringstream text(version_text());
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

std::string content(const std::string& path) {
  std::ifstream file(std::string(STEPPE_SOURCE_DIR) + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(Version, IsTheOneOfTheSdkHeader) {
  EXPECT_THAT(content("/sdk/include/steppe/sdk_version.hpp"),
              HasSubstr("#define STEPPE_SDK_VERSION \"" + host_version() + "\""));
  EXPECT_EQ(version_lines().at(0), "steppe " + host_version());
}

TEST(Version, NamesEpochAndRevisionsOfTheContract) {
  const std::string header = content("/sdk/include/steppe/abi/version.h");
  const std::string line = version_lines().at(1);
  ASSERT_THAT(header, HasSubstr("#define STEPPE_ABI_EPOCH 1\n"));
  if (header.find("#define STEPPE_ABI_REVISION 0\n") != std::string::npos) {
    EXPECT_EQ(line, "plugin ABI 1.0 to 1.0, a draft");
  } else {
    EXPECT_THAT(line, MatchesRegex("plugin ABI 1\\.[0-9]+ to 1\\.[0-9]+"));
    EXPECT_THAT(line, Not(HasSubstr(" 1.0")));
  }
}

TEST(Version, NamesCompilerBuildAndLibraries) {
  const auto lines = version_lines();
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_THAT(lines[2], MatchesRegex("built with .*(GCC|Clang) [0-9]+\\.[0-9]+.*"));
  for (const char* library :
       {"Boost 1.", "CLI11 ", "fmt ", "Nettle ", "nlohmann/json 3.", "oneTBB ", "spdlog "}) {
    EXPECT_THAT(lines[3], HasSubstr(library));
  }
}

}  // namespace
}  // namespace steppe
