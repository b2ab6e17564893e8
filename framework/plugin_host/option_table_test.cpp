// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/option_table.hpp"

#include <gtest/gtest.h>

#include <string>

namespace steppe {
namespace {

// A sound option of type int64, 1 to 6, default 2.
struct Row {
  std::int64_t number = 2;
  steppe_value value{sizeof(value), STEPPE_TYPE_INT64, 1, &number, nullptr, nullptr, nullptr};
  steppe_option option{};

  Row() {
    option.struct_size = sizeof(option);
    option.type = STEPPE_TYPE_INT64;
    option.flags = STEPPE_OPTION_HAS_MINIMUM | STEPPE_OPTION_HAS_MAXIMUM;
    option.name = "order";
    option.unit = "";
    option.help = "degree";
    option.minimum = 1;
    option.maximum = 6;
    option.default_value = &value;
  }
  std::string problem() const {
    TableReader reader;
    read_option(&option, "component trend.x", reader);
    return reader.problem();
  }
};

TEST(OptionTable, CopiesASoundRow) {
  const Row row;
  TableReader reader;
  const OptionDescription option = read_option(&row.option, "", reader);
  EXPECT_TRUE(reader.ok());
  EXPECT_EQ(option.name, "order");
  EXPECT_EQ(option.default_value, OptionValue(std::int64_t{2}));
  EXPECT_EQ(option.type, option.default_value->index());
}

TEST(OptionTable, RefusesNamesTypesAndTexts) {
  Row row;
  row.option.name = "Order";
  EXPECT_EQ(row.problem(), "component trend.x: option Order: the name is not snake_case");
  row.option.name = nullptr;
  EXPECT_EQ(row.problem(), "component trend.x: the name of an option is null");
  row = {};
  row.option.type = 12;
  EXPECT_EQ(row.problem(), "component trend.x: option order: the type 12 is not known");
  row = {};
  row.option.help = "two\nlines";
  EXPECT_EQ(row.problem(),
            "component trend.x: option order: the help holds control characters or invalid UTF-8");
  row = {};
  row.option.struct_size = 8;
  EXPECT_EQ(row.problem(),
            "component trend.x: struct_size of an option is 8; at least 72 is needed");
}

TEST(OptionTable, RefusesSenselessRangesAndChoices) {
  Row row;
  row.option.minimum = 7;
  EXPECT_EQ(row.problem(), "component trend.x: option order: the range is empty");
  row = {};
  row.option.choice_count = 1;
  EXPECT_EQ(row.problem(), "component trend.x: option order: choices are for strings only");
}

TEST(OptionTable, RefusesADefaultThatCouldNotBeGiven) {
  Row row;
  row.value.integers = &row.number;
  row.option.default_value = &row.value;
  row.number = 7;
  EXPECT_EQ(row.problem(), "component trend.x: option order: the default is outside the range");
  row.number = 1;
  row.option.flags |= STEPPE_OPTION_EXCLUSIVE_MINIMUM;
  EXPECT_EQ(row.problem(), "component trend.x: option order: the default is outside the range");
  row.option.flags = 0;
  row.value.type = STEPPE_TYPE_DOUBLE;
  EXPECT_EQ(row.problem(),
            "component trend.x: option order: the default has another type than the option");
  row.value.type = STEPPE_TYPE_INT64;
  row.value.count = 2;
  EXPECT_EQ(row.problem(), "component trend.x: option order: the default has 2 elements");
  row.value.count = 1;
  row.value.integers = nullptr;
  EXPECT_EQ(row.problem(), "component trend.x: option order: the default has no integers");
}

TEST(OptionTable, RefusesADefaultThatIsNoChoice) {
  Row row;
  const char* const choices[] = {"left", "right"};
  const char* const given[] = {"up"};
  row.option.type = STEPPE_TYPE_STRING;
  row.option.flags = 0;
  row.option.choices = choices;
  row.option.choice_count = 2;
  row.value = {sizeof(row.value), STEPPE_TYPE_STRING, 1, nullptr, nullptr, given, nullptr};
  row.option.default_value = &row.value;
  EXPECT_EQ(row.problem(),
            "component trend.x: option order: the default \"up\" is not among the choices");
}

}  // namespace
}  // namespace steppe
