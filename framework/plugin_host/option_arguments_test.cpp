// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/option_arguments.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "steppe/options.hpp"

namespace steppe {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

// Read back through the SDK's own reader, as a plugin does.
TEST(OptionArguments, ReachThePluginWithTypeAndValue) {
  const Options options = {{"flag", true},
                           {"count", std::int64_t{-3}},
                           {"share", 0.25},
                           {"word", std::string("linear")},
                           {"flags", std::vector<bool>{true, false}},
                           {"counts", std::vector<std::int64_t>{1, 2}},
                           {"shares", std::vector<double>{0.5}},
                           {"words", std::vector<std::string>{"a", "b"}},
                           {"names", StringMap{{"k", "v"}}},
                           {"none", std::vector<double>{}}};
  const OptionArguments made(options);
  const Arguments read(made.data(), made.size());
  EXPECT_TRUE(read.boolean("flag"));
  EXPECT_EQ(read.integer("count"), -3);
  EXPECT_EQ(read.number("share"), 0.25);
  EXPECT_EQ(read.string("word"), "linear");
  EXPECT_THAT(read.integers("counts"), ElementsAre(1, 2));
  EXPECT_THAT(read.numbers("shares"), ElementsAre(0.5));
  EXPECT_THAT(read.strings("words"), ElementsAre("a", "b"));
  EXPECT_THAT(read.map("names"), ElementsAre(Pair("k", "v")));
  EXPECT_TRUE(read.has("none"));
  EXPECT_TRUE(read.numbers("none").empty());
  const steppe_value& flags = *made.data()[4]->value;
  EXPECT_EQ(flags.type, STEPPE_TYPE_BOOL_LIST);
  EXPECT_EQ(flags.count, 2u);
  EXPECT_EQ(flags.integers[0], 1);
  EXPECT_EQ(flags.integers[1], 0);
}

}  // namespace
}  // namespace steppe
