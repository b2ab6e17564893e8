// SPDX-License-Identifier: Apache-2.0
#include "scaffold/scaffold.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "scaffold/template_files.hpp"
#include "support/temporary_folder.hpp"

namespace steppe {
namespace {

namespace fs = std::filesystem;

std::string refusal(const std::string& name) {
  const auto files = scaffold_files({"trend", name, "cpp"});
  if (files) return "accepted";
  EXPECT_EQ(files.error().exit, ExitCode::kUsage);
  return files.error().message;
}

std::vector<std::string> paths_of(const std::string& kind, const std::string& language) {
  const auto files = scaffold_files({kind, "my_thing", language});
  std::vector<std::string> paths;
  if (files) {
    for (const ScaffoldFile& file : *files) paths.push_back(file.path);
  }
  std::ranges::sort(paths);
  return paths;
}

TEST(Scaffold, RefusesNamesThatAreNotSnakeCase) {
  const std::string rule =
      " is not snake_case: a small letter, then small letters, digits and single underscores, at "
      "most 60 characters";
  EXPECT_EQ(refusal("MyTrend"), "the name \"MyTrend\"" + rule + "; try \"my_trend\"");
  EXPECT_EQ(refusal("my-trend"), "the name \"my-trend\"" + rule + "; try \"my_trend\"");
  EXPECT_EQ(refusal("my__trend_"), "the name \"my__trend_\"" + rule + "; try \"my_trend\"");
  EXPECT_EQ(refusal("../up"), "the name \"../up\"" + rule + "; try \"up\"");
  EXPECT_EQ(refusal("2nd"), "the name \"2nd\"" + rule);
  EXPECT_EQ(refusal(""), "the name \"\"" + rule);
  EXPECT_EQ(refusal(std::string(61, 'a')), "the name \"" + std::string(61, 'a') + "\"" + rule);
  EXPECT_EQ(refusal("a\nb"), "the name \"a\\x0ab\"" + rule + "; try \"a_b\"");
  EXPECT_EQ(refusal(std::string(60, 'a')), "accepted");
}

TEST(Scaffold, RefusesReservedNames) {
  EXPECT_EQ(refusal("best"), "the name \"best\" is reserved; choose another, such as \"my_best\"");
  EXPECT_EQ(refusal("my_best"), "accepted");
}

TEST(Scaffold, RefusesAKindOrLanguageThatThereIsNot) {
  const auto files = scaffold_files({"trend", "my_trend", "go"});
  ASSERT_FALSE(files);
  EXPECT_EQ(files.error().message,
            "there is no template for a \"trend\" in \"go\"; kinds: trend, regression, source; "
            "languages: cpp, c, rust");
}

TEST(Scaffold, HasTheFilesOfItsLanguageAndKind) {
  using Paths = std::vector<std::string>;
  EXPECT_EQ(paths_of("trend", "cpp"), (Paths{".gitignore", "CMakeLists.txt", "README.md",
                                             "data.csv", "my_thing.cpp", "pipeline.json"}));
  EXPECT_EQ(paths_of("source", "c"), (Paths{".gitignore", "CMakeLists.txt", "README.md",
                                            "my_thing.c", "pipeline.json", "support.h"}));
  EXPECT_EQ(paths_of("regression", "rust"),
            (Paths{".gitignore", "Cargo.toml", "README.md", "data.csv", "pipeline.json",
                   "src/lib.rs", "src/steppe_abi.rs", "src/support.rs"}));
}

TEST(Scaffold, LeavesNoPlaceholder) {
  for (const char* kind : {"trend", "regression", "source"}) {
    for (const char* language : {"cpp", "c", "rust"}) {
      const auto files = scaffold_files({kind, "my_thing", language});
      ASSERT_TRUE(files);
      for (const ScaffoldFile& file : *files) {
        EXPECT_EQ(file.content.find('@'), std::string::npos) << language << "/" << file.path;
      }
    }
  }
}

TEST(Scaffold, UsesEveryTemplate) {
  std::size_t used = 0;
  for (const char* kind : {"trend", "regression", "source"}) {
    for (const char* language : {"cpp", "c", "rust"}) used += paths_of(kind, language).size();
  }
  // In each language the files of its shared folder serve three kinds, those of shared/ three
  // languages.
  std::size_t expected = 0;
  for (const TemplateFile& file : template_files()) {
    expected += file.path.find("shared/") != std::string_view::npos ? 3 : 1;
  }
  EXPECT_EQ(used, expected);
}

TEST(Scaffold, WritesTheWholeFolder) {
  const testing::TemporaryFolder folder;
  const auto done = write_folder(folder.path(), "new", {{"a.txt", "A\n"}, {"src/b.txt", "B\n"}});
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(folder.read("new/a.txt"), "A\n");
  EXPECT_EQ(folder.read("new/src/b.txt"), "B\n");
  const auto entries = std::distance(fs::directory_iterator(folder.path()), {});
  EXPECT_EQ(entries, 1) << "something is left over";
}

TEST(Scaffold, KeepsWhatIsThere) {
  const testing::TemporaryFolder folder;
  fs::create_directory(folder.path() / "new");
  const auto done = write_folder(folder.path(), "new", {{"a.txt", "A\n"}});
  ASSERT_FALSE(done);
  EXPECT_EQ(to_text(done.error()), "error[D17] " + (folder.path() / "new").string() +
                                       ": is there already; choose another name, or remove it "
                                       "first; nothing was written");
  EXPECT_EQ(done.error().exit, ExitCode::kOutputNotWritten);
  EXPECT_TRUE(fs::is_empty(folder.path() / "new"));
}

TEST(Scaffold, LeavesNothingBehindWhenAFileCannotBeWritten) {
  const testing::TemporaryFolder folder;
  const auto done = write_folder(folder.path(), "new", {{"a", "A\n"}, {"a/b", "not a folder\n"}});
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, "D8");
  EXPECT_TRUE(folder.is_empty());
}

TEST(Scaffold, NamesAParentThatIsNotThere) {
  const testing::TemporaryFolder folder;
  const std::string parent = (folder.path() / "absent").string();
  const auto done = write_folder(parent, "new", {{"a", "A\n"}});
  ASSERT_FALSE(done);
  EXPECT_EQ(to_text(done.error()),
            "error[D8] " + parent + ": the directory does not exist; nothing was written");
}

}  // namespace
}  // namespace steppe
