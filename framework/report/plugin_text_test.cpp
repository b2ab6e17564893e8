// SPDX-License-Identifier: Apache-2.0
#include "report/plugin_text.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace steppe {
namespace {

ComponentDescription polynomial() {
  OptionDescription order;
  order.name = "order";
  order.type = 1;
  order.help = "Degree of the polynomial.";
  order.default_value = std::int64_t{2};
  order.minimum = 2;
  order.maximum = 6;
  return {"trend.polynomial", "1.0.0", "A polynomial in time.", {order}, {{"intervals", 1}}, {}};
}

TEST(PluginText, ListsOneComponentPerLine) {
  EXPECT_EQ(components_text({polynomial()}), "trend.polynomial  1.0.0   A polynomial in time.\n");
}

TEST(PluginText, SaysWhereToLookWhenThereIsNone) {
  EXPECT_EQ(components_text({}),
            "no plugins were found; \"steppe plugins doctor\" says where it looked\n");
}

TEST(PluginText, DescribesOptionsWithRangeAndDefault) {
  EXPECT_EQ(component_text(polynomial()),
            "trend.polynomial 1.0.0\n"
            "  A polynomial in time.\n"
            "  tags: intervals\n"
            "\n"
            "Options:\n"
            "  order\n"
            "      Degree of the polynomial.\n"
            "      integer, 2 to 6, default 2\n");
}

TEST(PluginText, NamesChoicesAndUnits) {
  OptionDescription point;
  point.type = 3;
  point.choices = {"median", "mean"};
  point.default_value = std::string("median");
  EXPECT_EQ(option_values_text(point), "one of \"median\", \"mean\", default \"median\"");
  OptionDescription size;
  size.type = 1;
  size.unit = "bytes";
  size.minimum = 0;
  size.exclusive_minimum = true;
  size.required = true;
  EXPECT_EQ(option_values_text(size), "integer, above 0, in bytes, required");
}

TEST(PluginText, GivesTheSameAsJson) {
  const auto json = nlohmann::json::parse(component_json(polynomial()));
  EXPECT_EQ(json["id"], "trend.polynomial");
  EXPECT_EQ(json["options"][0]["default"], 2);
  EXPECT_EQ(json["options"][0]["maximum"], 6);
  EXPECT_EQ(nlohmann::json::parse(components_json({polynomial()})).size(), 1u);
}

}  // namespace
}  // namespace steppe
