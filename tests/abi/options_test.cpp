// SPDX-License-Identifier: Apache-2.0
#include "steppe/options.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "c_side.hpp"
#include "steppe/detail/component_table.hpp"

namespace steppe {
namespace {

constexpr const char* kScales[] = {"level", "log"};
constexpr Option kOptions[] = {
    {.name = "order",
     .type = OptionType::kInt64,
     .help = "Degree of the polynomial.",
     .default_integer = 2,
     .minimum = 2,
     .maximum = 6},
    {.name = "share",
     .type = OptionType::kDouble,
     .help = "Weight of the newest value.",
     .unit = "1",
     .required = true,
     .minimum = 0,
     .maximum = 1,
     .exclusive_minimum = true,
     .exclusive_maximum = true},
    {.name = "scale",
     .type = OptionType::kString,
     .help = "Where to fit.",
     .default_string = "log",
     .choices = kScales},
    {.name = "robust", .type = OptionType::kBool, .help = "Trim.", .default_bool = false},
    {.name = "start", .type = OptionType::kDouble, .help = "First.", .default_double = -0.5},
    {.name = "path", .type = OptionType::kString, .help = "File.", .path = true},
    {.name = "password", .type = OptionType::kString, .help = "Secret.", .secret = true},
};

TEST(OptionTable, BecomesTheCTableInTheSameOrder) {
  const detail::OptionTable table(kOptions);
  ASSERT_EQ(table.size(), 7u);
  const steppe_option& order = *table.data()[0];
  EXPECT_EQ(order.struct_size, sizeof(steppe_option));
  EXPECT_STREQ(order.name, "order");
  EXPECT_STREQ(order.help, "Degree of the polynomial.");
  EXPECT_STREQ(order.unit, "");
  EXPECT_EQ(order.type, STEPPE_TYPE_INT64);
  EXPECT_EQ(order.flags, STEPPE_OPTION_HAS_MINIMUM | STEPPE_OPTION_HAS_MAXIMUM);
  EXPECT_EQ(order.minimum, 2);
  EXPECT_EQ(order.maximum, 6);
  ASSERT_NE(order.default_value, nullptr);
  EXPECT_EQ(order.default_value->type, STEPPE_TYPE_INT64);
  EXPECT_EQ(order.default_value->count, 1u);
  EXPECT_EQ(order.default_value->integers[0], 2);
}

TEST(OptionTable, SetsAFlagForEachProperty) {
  const detail::OptionTable table(kOptions);
  EXPECT_EQ(table.data()[1]->flags,
            STEPPE_OPTION_REQUIRED | STEPPE_OPTION_HAS_MINIMUM | STEPPE_OPTION_HAS_MAXIMUM |
                STEPPE_OPTION_EXCLUSIVE_MINIMUM | STEPPE_OPTION_EXCLUSIVE_MAXIMUM);
  EXPECT_EQ(table.data()[5]->flags, STEPPE_OPTION_PATH);
  EXPECT_EQ(table.data()[6]->flags, STEPPE_OPTION_SECRET);
}

TEST(OptionTable, GivesADefaultOfTheOptionsType) {
  const detail::OptionTable table(kOptions);
  EXPECT_EQ(table.data()[1]->default_value, nullptr);
  EXPECT_STREQ(table.data()[2]->default_value->strings[0], "log");
  EXPECT_EQ(table.data()[3]->default_value->type, STEPPE_TYPE_BOOL);
  EXPECT_EQ(table.data()[3]->default_value->integers[0], 0);
  EXPECT_EQ(table.data()[4]->default_value->doubles[0], -0.5);
}

TEST(OptionTable, ListsTheChoices) {
  const detail::OptionTable table(kOptions);
  ASSERT_EQ(table.data()[2]->choice_count, 2u);
  EXPECT_STREQ(table.data()[2]->choices[0], "level");
  EXPECT_STREQ(table.data()[2]->choices[1], "log");
}

// Arguments as a host passes them.
struct Given {
  std::int64_t integer = 4;
  double number = 0.75;
  const char* text = "log";
  double list[3] = {1, 2, 3};
  std::int64_t lags[2] = {1, 12};
  const char* keys[2] = {"a", "b"};
  const char* words[2] = {"x", "y"};
  steppe_value values[6] = {
      {sizeof(steppe_value), STEPPE_TYPE_INT64, 1, &integer, nullptr, nullptr, nullptr},
      {sizeof(steppe_value), STEPPE_TYPE_DOUBLE, 1, nullptr, &number, nullptr, nullptr},
      {sizeof(steppe_value), STEPPE_TYPE_STRING, 1, nullptr, nullptr, &text, nullptr},
      {sizeof(steppe_value), STEPPE_TYPE_DOUBLE_LIST, 3, nullptr, list, nullptr, nullptr},
      {sizeof(steppe_value), STEPPE_TYPE_INT64_LIST, 2, lags, nullptr, nullptr, nullptr},
      {sizeof(steppe_value), STEPPE_TYPE_STRING_MAP, 2, nullptr, nullptr, words, keys},
  };
  steppe_argument arguments[6] = {
      {sizeof(steppe_argument), 0, "order", &values[0]},
      {sizeof(steppe_argument), 0, "share", &values[1]},
      {sizeof(steppe_argument), 0, "scale", &values[2]},
      {sizeof(steppe_argument), 0, "weights", &values[3]},
      {sizeof(steppe_argument), 0, "lags", &values[4]},
      {sizeof(steppe_argument), 0, "names", &values[5]},
  };
  const steppe_argument* pointers[6] = {&arguments[0], &arguments[1], &arguments[2],
                                        &arguments[3], &arguments[4], &arguments[5]};
};

TEST(Arguments, GiveEachTypeBack) {
  const Given given;
  const Arguments arguments(given.pointers, 6);
  EXPECT_EQ(arguments.integer("order"), 4);
  EXPECT_EQ(arguments.number("share"), 0.75);
  EXPECT_EQ(arguments.string("scale"), "log");
  EXPECT_EQ(arguments.numbers("weights"), (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(arguments.integers("lags"), (std::vector<std::int64_t>{1, 12}));
  const std::vector<std::pair<std::string, std::string>> names = {{"a", "x"}, {"b", "y"}};
  EXPECT_EQ(arguments.map("names"), names);
}

TEST(Arguments, GiveTheFallbackForWhatIsAbsent) {
  const Given given;
  const Arguments arguments(given.pointers, 6);
  EXPECT_FALSE(arguments.has("robust"));
  EXPECT_TRUE(arguments.boolean("robust", true));
  EXPECT_EQ(arguments.integer("season", 12), 12);
  EXPECT_EQ(arguments.string("path", "none"), "none");
  EXPECT_TRUE(arguments.numbers("absent").empty());
  EXPECT_TRUE(arguments.strings("absent").empty());
  EXPECT_TRUE(arguments.map("absent").empty());
}

TEST(Arguments, GiveTheFallbackForAnotherType) {
  const Given given;
  const Arguments arguments(given.pointers, 6);
  EXPECT_TRUE(arguments.has("order"));
  EXPECT_EQ(arguments.number("order", -1), -1);
  EXPECT_EQ(arguments.string("order", "none"), "none");
}

TEST(Arguments, MayBeNone) { EXPECT_FALSE(Arguments(nullptr, 0).has("order")); }

}  // namespace
}  // namespace steppe
