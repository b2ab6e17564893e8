// SPDX-License-Identifier: Apache-2.0

// docs/sdk-rules.md and the cases agree: every case tries a rule that is there, every rule that is
// said to have a case has one, every case that is named exists.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <regex>
#include <set>

#include "conformance/runner.hpp"
#include "support/torture_table.hpp"

namespace steppe::testing {
namespace {

// "R12" to its whole row.
std::map<std::string, std::string> rules_of_the_page() {
  std::map<std::string, std::string> out;
  std::ifstream file(std::string(STEPPE_SOURCE_DIR) + "/docs/sdk-rules.md");
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("| R") || line.starts_with("| Rule")) continue;
    out[line.substr(2, line.find(' ', 2) - 2)] = line;
  }
  return out;
}

std::set<std::string> words_like(const std::string& text, const char* pattern) {
  const std::regex expression(pattern);
  std::set<std::string> out;
  for (std::sregex_iterator it(text.begin(), text.end(), expression), end; it != end; ++it) {
    out.insert(it->str(1));
  }
  return out;
}

TEST(SdkRules, EveryCaseTriesARuleOfThePage) {
  const auto rules = rules_of_the_page();
  EXPECT_GE(rules.size(), 50u);
  for (const conformance::Case& what : conformance::all_cases()) {
    for (const std::string& rule : words_like(what.rule, "(R[0-9]+)")) {
      EXPECT_TRUE(rules.contains(rule)) << what.id << " tries " << rule;
    }
  }
}

TEST(SdkRules, EveryRuleThatIsSaidToHaveACaseHasOne) {
  std::set<std::string> tried;
  for (const conformance::Case& what : conformance::all_cases()) {
    tried.merge(words_like(what.rule, "(R[0-9]+)"));
  }
  for (const auto& [rule, row] : rules_of_the_page()) {
    const bool claims = std::regex_search(row, std::regex("[Cc]ase( \\([^)]*\\))?:"));
    EXPECT_EQ(claims, tried.contains(rule)) << row;
  }
}

TEST(SdkRules, EveryCaseThatIsNamedExists) {
  std::set<std::string> ids;
  for (const conformance::Case& what : conformance::all_cases()) ids.insert(what.id);
  for (const auto& [rule, row] : rules_of_the_page()) {
    const auto named =
        words_like(row, "`((load|memory|semantics|statistics|service)\\.[a-z0-9_]+[a-z0-9])`");
    for (const std::string& id : named) EXPECT_TRUE(ids.contains(id)) << rule << " names " << id;
  }
}

// What the host enforces is shown by a plugin that breaks it, or by a case.
TEST(SdkRules, EveryRuleOfAPluginHasAPluginThatBreaksIt) {
  std::set<std::string> broken;
  for (const TortureRow& row : torture_table()) broken.insert(row.rule);
  for (const auto& [rule, row] : rules_of_the_page()) {
    if (rule.starts_with("R6") && rule.size() == 3) continue;  // the host's own
    EXPECT_TRUE(broken.contains(rule)) << row;
  }
}

}  // namespace
}  // namespace steppe::testing
