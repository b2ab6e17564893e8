// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/search_path.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "plugin_host/catalogue.hpp"
#include "support/temporary_folder.hpp"

namespace steppe {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Sets variables for one test; none of those the search reads is left from outside.
class SearchPath : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"STEPPE_PLUGIN_PATH", "XDG_DATA_HOME", "XDG_CACHE_HOME", "HOME"}) {
      unsetenv(name);
    }
  }
  std::vector<std::string> search(const SearchPathInput& input) {
    std::vector<std::string> out;
    for (const PluginDirectory& directory : plugin_search_path(input, notices_)) {
      out.push_back(directory.origin + " " + directory.path);
    }
    return out;
  }
  std::vector<std::string> notices_;
};

TEST_F(SearchPath, GoesFromTheCommandLineToTheInstallation) {
  setenv("STEPPE_PLUGIN_PATH", "/a:/b/", 1);
  setenv("HOME", "/home/aigul", 1);
  EXPECT_THAT(search({{"/first"}, "/opt/steppe/bin/steppe"}),
              ElementsAre("--plugin-dir /first", "STEPPE_PLUGIN_PATH /a", "STEPPE_PLUGIN_PATH /b",
                          "user /home/aigul/.local/share/steppe/plugins",
                          "installed /opt/steppe/lib/steppe/plugins"));
  EXPECT_THAT(notices_, IsEmpty());
}

TEST_F(SearchPath, LeavesRelativeDirectoriesOutB17) {
  setenv("STEPPE_PLUGIN_PATH", "plugins::/b:.", 1);
  EXPECT_THAT(search({{"here"}, ""}), ElementsAre("STEPPE_PLUGIN_PATH /b"));
  EXPECT_THAT(notices_,
              ElementsAre("plugin directory \"here\" of --plugin-dir is not absolute and is left "
                          "out; the working directory is never searched",
                          "plugin directory \"plugins\" of STEPPE_PLUGIN_PATH is not absolute and "
                          "is left out; the working directory is never searched",
                          "plugin directory \".\" of STEPPE_PLUGIN_PATH is not absolute and is "
                          "left out; the working directory is never searched"));
}

TEST_F(SearchPath, ObeysAnAbsoluteDataHomeOnly) {
  setenv("HOME", "/home/aigul", 1);
  setenv("XDG_DATA_HOME", "/data", 1);
  EXPECT_THAT(search({{}, ""}), ElementsAre("user /data/steppe/plugins"));
  setenv("XDG_DATA_HOME", "data", 1);
  EXPECT_THAT(search({{}, ""}), ElementsAre("user /home/aigul/.local/share/steppe/plugins"));
}

TEST_F(SearchPath, FindsThePluginsOfABuildTree) {
  const testing::TemporaryFolder folder;
  const std::string tree = folder.path().string();
  std::filesystem::create_directory(tree + "/plugins");
  EXPECT_THAT(search({{}, tree + "/bin/steppe"}), ElementsAre("installed " + tree + "/plugins"));
}

// The names are of sha256sum.
TEST_F(SearchPath, PutsTheCacheWhereCachesAreAFileForEachProgram) {
  const std::string program = "/usr/bin/steppe";
  EXPECT_EQ(default_cache_file(program), "");
  setenv("HOME", "/home/aigul", 1);
  EXPECT_EQ(default_cache_file(program),
            "/home/aigul/.cache/steppe/plugins-1.0-6f077cf57c1b0b0c.cache");
  setenv("XDG_CACHE_HOME", "/cache", 1);
  EXPECT_EQ(default_cache_file(program), "/cache/steppe/plugins-1.0-6f077cf57c1b0b0c.cache");
  EXPECT_EQ(default_cache_file("/opt/steppe/bin/steppe"),
            "/cache/steppe/plugins-1.0-079d48e136fda4d6.cache");
}

}  // namespace
}  // namespace steppe
