// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/verdict_text.hpp"

#include <gtest/gtest.h>

namespace steppe {
namespace {

PluginVerdict rich_verdict() {
  PluginVerdict out;
  out.accepted = true;
  out.log = "first line\nsecond \\ line\x1b[0m";
  out.name = "trend.holt";
  out.version = "1.2";
  out.revision = "1.0";
  out.notices = {"printed when it was loaded"};
  ComponentDescription component;
  component.id = "trend.holt";
  component.version = "1.2.0";
  component.summary = "Doppelte exponentielle Glättung";
  component.capabilities = {"steppe.trend_model/1"};
  component.tags = {{"minimum_observations", 4}};
  const OptionValue defaults[] = {true,
                                  std::int64_t{-9007199254740993},
                                  0.1,
                                  std::string("a b"),
                                  std::vector<bool>{true, false},
                                  std::vector<std::int64_t>{1, 2},
                                  std::vector<double>{1e-300, 0.3},
                                  std::vector<std::string>{"", "x"},
                                  StringMap{{"k\n", "v"}}};
  for (std::size_t type = 0; type < 9; ++type) {
    OptionDescription option;
    option.name = "option_" + std::to_string(type);
    option.type = type;
    option.help = "help";
    option.required = type == 0;
    option.path = type == 3;
    option.secret = type == 3;
    option.default_value = defaults[type];
    component.options.push_back(option);
  }
  component.options[2].minimum = 0.1;
  component.options[2].maximum = 1.0 / 3;
  component.options[2].exclusive_maximum = true;
  component.options[3].choices = {"a b", "c"};
  out.components = {component, component};
  return out;
}

TEST(VerdictText, ComesBackAsItWas) {
  const std::string text = verdict_to_text(rich_verdict());
  std::size_t used = 0;
  const auto read = verdict_from_text(text + "more", used);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(used, text.size());
  EXPECT_EQ(read->log, rich_verdict().log);
  EXPECT_EQ(read->components.at(1).summary, rich_verdict().components[1].summary);
  EXPECT_EQ(read->components[0].tags.at(0).value, 4);
  const auto& options = read->components[0].options;
  const PluginVerdict original = rich_verdict();
  ASSERT_EQ(options.size(), 9u);
  for (std::size_t type = 0; type < 9; ++type) {
    const auto& expected = original.components[0].options[type];
    EXPECT_EQ(options[type].default_value, expected.default_value) << type;
    EXPECT_EQ(options[type].minimum, expected.minimum);
    EXPECT_EQ(options[type].maximum, expected.maximum);
    EXPECT_EQ(options[type].exclusive_maximum, expected.exclusive_maximum);
    EXPECT_EQ(options[type].choices, expected.choices);
    EXPECT_EQ(options[type].required, expected.required);
    EXPECT_EQ(options[type].path, expected.path);
    EXPECT_EQ(options[type].secret, expected.secret);
  }
  EXPECT_EQ(verdict_to_text(*read), verdict_to_text(rich_verdict()));
}

TEST(VerdictText, StaysOnItsLines) {
  PluginVerdict verdict;
  verdict.reason = "x\naccepted 1\nend\n";
  std::size_t used = 0;
  const auto read = verdict_from_text(verdict_to_text(verdict), used);
  ASSERT_TRUE(read.has_value());
  EXPECT_FALSE(read->accepted);
  EXPECT_EQ(read->reason, verdict.reason);
}

// Every cut and every changed byte gives a verdict or none, never a crash; a cut one never counts.
TEST(VerdictText, SurvivesAnyBytes) {
  const std::string text = verdict_to_text(rich_verdict());
  std::size_t used = 0;
  for (std::size_t length = 0; length < text.size(); ++length) {
    EXPECT_FALSE(verdict_from_text(text.substr(0, length), used).has_value());
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string bad = text;
    bad[i] = static_cast<char>(bad[i] ^ 0x15);
    (void)verdict_from_text(bad, used);
  }
}

TEST(VerdictText, RefusesLinesItDoesNotKnow) {
  std::size_t used = 0;
  EXPECT_FALSE(verdict_from_text("colour red\nend\n", used).has_value());
  EXPECT_FALSE(verdict_from_text("accepted 2\nend\n", used).has_value());
  EXPECT_FALSE(verdict_from_text("summary early\nend\n", used).has_value());
  EXPECT_FALSE(verdict_from_text("component a\noption b\ntype 9\nend\n", used).has_value());
  EXPECT_FALSE(verdict_from_text("component a\noption b\ntype 1\ndefault \nitem 1.5\nend\n", used)
                   .has_value());
}

}  // namespace
}  // namespace steppe
