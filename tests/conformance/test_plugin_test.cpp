// SPDX-License-Identifier: Apache-2.0

// `steppe test-plugin` as a person meets it.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "support/run_steppe.hpp"

namespace steppe::testing {
namespace {

using Json = nlohmann::json;

const std::string kLinear = std::string(STEPPE_PLUGIN_DIR) + "/steppe_trend_linear.so";
const std::string kCsv = std::string(STEPPE_PLUGIN_DIR) + "/steppe_source_csv.so";
const std::string kPrinting = std::string(STEPPE_TORTURE_MODULES) + "/prints_in_fit.so";

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(TestPlugin, JudgesAShippedPluginUpToALevel) {
  const ProgramRun run = run_steppe({"test-plugin", kLinear, "--level", "2"});
  EXPECT_EQ(run.exit_code, 0) << run.out;
  EXPECT_TRUE(holds(run.out, kLinear + "\n  trend.linear 1.0.0, SDK ")) << run.out;
  EXPECT_TRUE(holds(run.out, "Level 1  load ")) << run.out;
  EXPECT_TRUE(holds(run.out, "Level 2  memory ")) << run.out;
  EXPECT_FALSE(holds(run.out, "Level 3")) << run.out;
  EXPECT_TRUE(holds(run.out, "steppe.trend_model/1    proven ")) << run.out;
  EXPECT_EQ(run.err, "");
}

TEST(TestPlugin, FailsWithRuleWordsAndACommandThatDoesItAgain) {
  const std::string id = "service.prints_nothing";
  const ProgramRun run = run_steppe({"test-plugin", kPrinting, "--case", id});
  EXPECT_EQ(run.exit_code, 6) << run.out << run.err;
  EXPECT_TRUE(holds(run.out, "FAILED " + id + " of trend.prints_in_fit, rule R21\n")) << run.out;
  EXPECT_TRUE(holds(run.out, "\n1 cases: 1 FAILED, in ")) << run.out;
  const std::string mark = "again:  steppe ";
  const auto from = run.out.find(mark);
  ASSERT_NE(from, std::string::npos) << run.out;
  std::istringstream line(
      run.out.substr(from + mark.size(), run.out.find('\n', from) - from - mark.size()));
  std::vector<std::string> words;
  for (std::string word; line >> word;) words.push_back(word);
  const ProgramRun again = run_steppe(words);
  EXPECT_EQ(again.exit_code, 6) << again.out;
  EXPECT_TRUE(holds(again.out, "FAILED " + id)) << again.out;
}

struct Refused {
  std::vector<std::string> words;
  std::string message;
};

TEST(TestPlugin, RefusesWordsItDoesNotKnow) {
  const std::vector<Refused> all = {
      {{"--case", "load.lods"}, "error: no case \"load.lods\"; did you mean \"load.loads\"?\n"},
      {{"--case", "nonsense"}, "error: no case \"nonsense\"; docs/conformance.md lists them\n"},
      {{"--component", "trend.linea"},
       "error: no component \"trend.linea\"; did you mean \"trend.linear\"?\n"},
      {{"--option", "x"}, "error: --option \"x\" is not NAME=VALUE\n"},
      {{"--option", "=x"}, "error: --option \"=x\" is not NAME=VALUE\n"},
      {{"--option", "x=1"}, "error: no option \"x\"; there is intercept\n"},
      {{"--case", "memory.source_errors_fit"},
       "error: none of the cases asked for applies to a component here\n"},
      {{"--level", "6"},
       "steppe: --level: Value 6 not in range 1 to 5\n"
       "Run \"steppe --help\" for the commands and their options.\n"},
  };
  for (const Refused& one : all) {
    std::vector<std::string> words = {"test-plugin", kLinear};
    words.insert(words.end(), one.words.begin(), one.words.end());
    const ProgramRun run = run_steppe(words);
    EXPECT_EQ(run.exit_code, 2) << one.message;
    EXPECT_EQ(run.err, one.message);
    EXPECT_EQ(run.out, "");
  }
}

TEST(TestPlugin, ExplainsAFileThatIsNoPlugin) {
  const TemporaryFolder folder;
  const std::string file = folder.write("notes.so", "hello");
  const ProgramRun run = run_steppe({"test-plugin", file, "--junit", folder.path() / "out.xml"});
  EXPECT_EQ(run.exit_code, 5);
  EXPECT_EQ(run.out, file +
                         "\nrefused [B1]: not a shared library: it begins with the bytes 68 65 6c "
                         "6c, not with 7f 45 4c 46\n"
                         "  rule:   R1 (docs/sdk-rules.md)\n"
                         "No case was run: the host does not load this file.\n");
  EXPECT_TRUE(holds(folder.read("out.xml"), "<error type=\"B1\"")) << folder.read("out.xml");
  const ProgramRun missing = run_steppe({"test-plugin", "/no/such/plugin.so"});
  EXPECT_EQ(missing.exit_code, 2);
  EXPECT_EQ(missing.err, "error: cannot open /no/such/plugin.so: No such file or directory\n");
}

TEST(TestPlugin, WritesJsonAndJunit) {
  const TemporaryFolder folder;
  const ProgramRun run = run_steppe({"test-plugin", kLinear, "--level", "1", "--json",
                                     folder.path() / "a.json", "--junit", folder.path() / "a.xml"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const Json json = Json::parse(folder.read("a.json"));
  EXPECT_EQ(json.at("schema"), "steppe-conformance-1");
  EXPECT_EQ(json.at("totals").at("failed"), 0);
  EXPECT_EQ(json.at("plugin").at("sha256").get<std::string>().size(), 64U);
  EXPECT_TRUE(holds(folder.read("a.xml"), "<testsuite name=\"load\"")) << folder.read("a.xml");
}

TEST(TestPlugin, SaysThatASourceNeedsItsPath) {
  const ProgramRun without = run_steppe({"test-plugin", kCsv, "--level", "2"});
  EXPECT_EQ(without.exit_code, 0) << without.out;
  EXPECT_TRUE(holds(without.out, "\nskipped: source.csv needs --option path=VALUE\n"))
      << without.out;
  EXPECT_TRUE(holds(without.out,
                    "note: source.csv needs --option path=VALUE: without it only its "
                    "tables were tried\n"))
      << without.out;
  const TemporaryFolder folder;
  const std::string data = folder.write("data.csv", "year,value\n2001,1\n2002,2\n2003,4\n");
  const ProgramRun with =
      run_steppe({"test-plugin", kCsv, "--level", "2", "--option", "path=" + data});
  EXPECT_EQ(with.exit_code, 0) << with.out;
  EXPECT_FALSE(holds(with.out, "needs --option")) << with.out;
}

TEST(TestPlugin, SeesTheSameWithAnotherSeed) {
  EXPECT_EQ(run_steppe({"test-plugin", kLinear, "--level", "3", "--seed", "12345"}).exit_code, 0);
}

}  // namespace
}  // namespace steppe::testing
