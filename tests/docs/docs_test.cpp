// SPDX-License-Identifier: Apache-2.0

// Nothing that a page shows may be untrue: its pipelines and commands are run, its programs are
// compiled, its outputs compared, its links followed.

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "player.hpp"
#include "support/run_steppe.hpp"

namespace steppe {
namespace {

namespace fs = std::filesystem;
using testing::Page;
using testing::PageBlock;
using testing::read_page;

const fs::path kRoot(STEPPE_SOURCE_DIR);

class EveryPage : public ::testing::TestWithParam<std::string> {};

TEST_P(EveryPage, DoesWhatItSays) {
  const Page page = read_page(kRoot / GetParam());
  const bool builds = page.text.find("find_package(Steppe") != std::string::npos;
  if (builds && *STEPPE_SANITIZE_TEXT != '\0') {
    GTEST_SKIP() << "a project outside would have to repeat the sanitizer";
  }
  testing::play(GetParam());
}

TEST_P(EveryPage, LinksToWhatIsThere) {
  const fs::path path = kRoot / GetParam();
  for (const auto& link : read_page(path).links) {
    if (link.target.starts_with("http")) continue;
    const auto hash = link.target.find('#');
    const std::string file = link.target.substr(0, hash);
    const fs::path target = file.empty() ? path : path.parent_path() / file;
    EXPECT_TRUE(fs::exists(target)) << GetParam() << ":" << link.line << ": " << link.target;
    if (hash == std::string::npos || !fs::exists(target)) continue;
    const auto anchors = read_page(target).anchors;
    EXPECT_NE(std::find(anchors.begin(), anchors.end(), link.target.substr(hash + 1)),
              anchors.end())
        << GetParam() << ":" << link.line << ": " << link.target;
  }
}

std::string name_of_page(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::replace_if(name.begin(), name.end(), [](char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Docs, EveryPage, ::testing::ValuesIn(testing::all_pages()), name_of_page);

// The first lines a newcomer sees are the two commands.
TEST(Readme, BeginsWithTheTwoCommands) {
  const Page page = read_page(kRoot / "README.md");
  ASSERT_FALSE(page.blocks.empty());
  EXPECT_LT(page.blocks.front().line, 10u);
  EXPECT_NE(page.blocks.front().text.find("./bootstrap.sh run"), std::string::npos);
  EXPECT_NE(page.blocks.front().text.find("./bootstrap.sh test"), std::string::npos);
}

// The first plugin is the one that the SDK's install test builds outside the tree.
TEST(Readme, ShowsThePluginThatIsBuiltOutsideTheTree) {
  const std::string source = testing::file_content(kRoot / "tests/install/outside/last_value.cpp");
  const Page page = read_page(kRoot / "README.md");
  const auto block = std::find_if(page.blocks.begin(), page.blocks.end(), [](const PageBlock& b) {
    return b.value("file") == "last_value.cpp";
  });
  ASSERT_NE(block, page.blocks.end());
  EXPECT_EQ(block->text, source.substr(source.find('\n') + 1)) << "without the licence line";
}

// docs/decisions/0001-title.md, 0002-..., each with its three parts and at most 60 lines.
TEST(Decisions, AreNumberedShortAndComplete) {
  std::vector<fs::path> records;
  for (const auto& entry : fs::directory_iterator(kRoot / "docs/decisions")) {
    records.push_back(entry.path());
  }
  std::sort(records.begin(), records.end());
  int number = 0;
  for (const fs::path& path : records) {
    const std::string digits = std::to_string(++number);
    const std::string expected = std::string(4 - digits.size(), '0') + digits + "-";
    EXPECT_TRUE(path.filename().string().starts_with(expected)) << path.filename();
    const std::string text = testing::file_content(path);
    EXPECT_LE(std::count(text.begin(), text.end(), '\n'), 60) << path.filename();
    for (const char* part : {"\n**Context.** ", "\n**Decision.** ", "\n**Consequence.** "}) {
      EXPECT_NE(text.find(part), std::string::npos) << path.filename() << part;
    }
  }
  EXPECT_GT(number, 0);
}

// Every page can be reached from docs/index.md.
TEST(Index, NamesEveryPage) {
  const Page index = read_page(kRoot / "docs/index.md");
  for (const std::string& page : testing::all_pages()) {
    if (page == "docs/index.md") continue;
    const std::string target = page == "README.md" ? "../README.md" : page.substr(5);
    EXPECT_TRUE(std::any_of(index.links.begin(), index.links.end(), [&](const auto& link) {
      return link.target == target;
    })) << page;
  }
}

// Keys and words that the JSON Schema knows, each in backticks somewhere on the page.
TEST(PipelinePage, NamesEveryKeyAndWordOfTheSchema) {
  using Json = nlohmann::json;
  const auto run = testing::run_steppe({"schema"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const Json schema = Json::parse(run.out);
  const std::string page = testing::file_content(kRoot / "docs/pipeline.md");
  const auto expect_named = [&page](const std::string& word) {
    EXPECT_NE(page.find("`" + word + "`"), std::string::npos) << word;
  };
  const Json& root = schema.at("properties");
  for (const auto& [key, value] : root.items()) expect_named(key);
  for (const auto& [key, value] : root.at("time").at("properties").items()) expect_named(key);
  for (const auto& [key, value] : root.at("outputs").at("items").at("properties").items()) {
    expect_named(key);
  }
  for (const auto& word : root.at("time").at("properties").at("frequency").at("enum")) {
    expect_named(word);
  }
  const Json& best = schema.at("definitions").at("trend.best").at("properties");
  for (const auto& [key, value] : best.items()) expect_named(key);
  for (const auto& word : best.at("criterion").at("enum")) expect_named(word);
  for (const char* key : {"source", "key", "regression", "target", "regressors"}) {
    expect_named(key);
  }
}

// The step that a plugin's page shows, in a pipeline around it, is accepted.
TEST(PluginPages, ShowStepsThatAreAccepted) {
  using Json = nlohmann::json;
  int steps = 0;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / "plugins")) {
    if (entry.path().extension() != ".md") continue;
    for (const PageBlock& block : read_page(entry.path()).blocks) {
      if (block.language != "json") continue;
      Json step = Json::parse(block.text, nullptr, false);
      if (step.is_discarded()) step = Json::parse("{" + block.text + "}").front();
      const Json mining = {{"trend", "naive"}, {"series", "region.mining"}};
      Json pipeline = {{"time", {{"column", "year"}, {"frequency", "yearly"}}},
                       {"horizon", 1},
                       {"steps", {{"region", {{"source", "csv"}, {"path", "x.csv"}}}}}};
      pipeline["steps"]["mining"] = mining;
      pipeline["steps"]["innovation"] = mining;
      pipeline["steps"][step.contains("source") ? "region" : "shown"] = step;
      if (step.value("regression", "") == "panel") pipeline["steps"]["region"]["key"] = "name";
      const testing::TemporaryFolder folder;
      const auto run = testing::run_steppe({"validate", folder.write("p.json", pipeline.dump())});
      EXPECT_EQ(run.exit_code, 0) << entry.path().filename() << ":" << block.line << "\n"
                                  << run.err;
      ++steps;
    }
  }
  EXPECT_GE(steps, 10);
}

// The names in the first column of the table under "## Options".
std::vector<std::string> options_on(const std::string& page) {
  std::vector<std::string> names;
  const auto start = page.find("\n## Options\n");
  if (start == std::string::npos) return names;
  const auto end = page.find("\n## ", start + 4);
  std::istringstream lines(page.substr(start, end - start));
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("| `")) continue;
    names.push_back(line.substr(3, line.find('`', 3) - 3));
  }
  return names;
}

// The option table of every plugin and that of its page have the same rows.
TEST(PluginPages, NameEveryOptionAndNoOther) {
  const auto run = testing::run_steppe({"plugins", "list", "--format", "json"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  for (const auto& component : nlohmann::json::parse(run.out)) {
    const std::string id = component.at("id");
    const std::string kind = id.substr(0, id.find('.'));
    const std::string name = id.substr(id.find('.') + 1);
    const fs::path page = kRoot / "plugins" / kind / name / (name + ".md");
    std::vector<std::string> options;
    for (const auto& option : component.at("options")) options.push_back(option.at("name"));
    EXPECT_EQ(options_on(testing::file_content(page)), options) << id;
  }
}

TEST(PageReader, FindsBlocksLinksAndAnchors) {
  EXPECT_TRUE(testing::matches("a b c\n", "a ... c\n"));
  EXPECT_TRUE(testing::matches("a\nb\nc\n", "a\n...c\n"));
  EXPECT_FALSE(testing::matches("a b d\n", "a ... c\n"));
  EXPECT_FALSE(testing::matches("ab", "a"));
  EXPECT_TRUE(testing::matches("", "..."));
}

}  // namespace
}  // namespace steppe
