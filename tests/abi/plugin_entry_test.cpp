// SPDX-License-Identifier: Apache-2.0
#include "steppe/plugin.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "c_side.hpp"
#include "steppe/trend_model.hpp"

namespace {

struct Zero {
  static constexpr steppe::ComponentInfo kInfo{"trend.test_zero", "1.2.3", "Always zero", "Us",
                                               "Apache-2.0"};
  static constexpr steppe::Option kOptions[] = {
      {.name = "level", .type = steppe::OptionType::kDouble, .help = "", .default_double = 0}};
  static constexpr steppe::Tag kTags[] = {{"deterministic"}, {"minimum_observations", 1}};

  static steppe::Result<Zero> create(const steppe::Arguments& arguments) {
    if (arguments.number("level") < 0) {
      return steppe::Error{steppe::ErrorKind::kInvalidConfig, "level below 0", "option level"};
    }
    return Zero{};
  }
  struct Fit {
    steppe::Prediction predict(double) const { return {.mean = 0}; }
  };
  steppe::Result<Fit> fit(const steppe::Series&) const { return Fit{}; }
};

struct Thrower : Zero {
  static constexpr steppe::ComponentInfo kInfo{"trend.test_thrower", "1.0.0", "Throws when made"};
  explicit Thrower(const steppe::Arguments&) { throw std::string("no"); }
  static void create() = delete;
};

}  // namespace

STEPPE_PLUGIN(Zero, Thrower);

namespace {

steppe_offer offer_of(std::uint32_t min, std::uint32_t current) {
  return {sizeof(steppe_offer), min, current, 0, "0.1.0", nullptr};
}

const steppe_plugin* entered() {
  const steppe_offer offer = offer_of(STEPPE_ABI_REVISION_MIN, STEPPE_ABI_REVISION);
  const steppe_plugin* plugin = nullptr;
  EXPECT_EQ(steppe_plugin_entry_v1(&offer, &plugin, nullptr), STEPPE_OK);
  return plugin;
}

TEST(PluginEntry, DescribesThePluginByItsFirstComponent) {
  const steppe_plugin* plugin = entered();
  ASSERT_NE(plugin, nullptr);
  EXPECT_EQ(plugin->struct_size, sizeof(steppe_plugin));
  EXPECT_EQ(std::memcmp(&plugin->magic, "STPP", 4), 0);
  EXPECT_STREQ(plugin->name, "trend.test_zero");
  EXPECT_STREQ(plugin->version, "1.2.3");
  EXPECT_STREQ(plugin->vendor, "Us");
  EXPECT_STREQ(plugin->licence, "Apache-2.0");
  EXPECT_EQ(plugin->component_count, 2u);
  EXPECT_STREQ(plugin->components[1]->id, "trend.test_thrower");
}

TEST(PluginEntry, DescribesAComponentByItsTables) {
  const steppe_component* zero = entered()->components[0];
  EXPECT_EQ(zero->struct_size, sizeof(steppe_component));
  EXPECT_STREQ(zero->summary, "Always zero");
  ASSERT_EQ(zero->option_count, 1u);
  EXPECT_STREQ(zero->options[0]->name, "level");
  ASSERT_EQ(zero->tag_count, 2u);
  EXPECT_STREQ(zero->tags[0]->name, "deterministic");
  EXPECT_EQ(zero->tags[0]->value, 1);
  EXPECT_EQ(zero->tags[1]->value, 1);
}

TEST(PluginEntry, GivesTheSameTableEachTime) { EXPECT_EQ(entered(), entered()); }

TEST(PluginEntry, RefusesAHostThatIsTooNewAndNamesBothRanges) {  // B4
  const steppe_offer offer = offer_of(1, 4);
  const steppe_plugin* plugin = nullptr;
  steppe_error error = c_side::empty_error();
  EXPECT_EQ(steppe_plugin_entry_v1(&offer, &plugin, &error), STEPPE_INCOMPATIBLE_ABI);
  EXPECT_EQ(plugin, nullptr);
  EXPECT_STREQ(error.fault, "B4");
  EXPECT_STREQ(error.message,
               "built for SDK ABI 1.0 to 1.0, host offers 1.1 to 1.4; rebuild the plugin or change "
               "the host");
}

TEST(PluginEntry, AgreesOnItsOwnRevisionWithANewerHost) {
  const steppe_offer offer = offer_of(0, 7);
  const steppe_plugin* plugin = nullptr;
  ASSERT_EQ(steppe_plugin_entry_v1(&offer, &plugin, nullptr), STEPPE_OK);
  EXPECT_EQ(plugin->revision_used, 0u);
}

TEST(Component, IsRefusedByItsOwnCheckOfTheOptions) {
  const double level = -1;
  const steppe_value value{sizeof(value), STEPPE_TYPE_DOUBLE, 1, nullptr, &level, nullptr, nullptr};
  const steppe_argument argument{sizeof(argument), 0, "level", &value};
  const steppe_argument* arguments[] = {&argument};
  const steppe_component* zero = entered()->components[0];
  void* instance = nullptr;
  steppe_error error = c_side::empty_error();
  EXPECT_EQ(zero->create(zero, arguments, 1, nullptr, &instance, &error), STEPPE_INVALID_CONFIG);
  EXPECT_EQ(instance, nullptr);
  EXPECT_STREQ(error.message, "level below 0");
  EXPECT_STREQ(error.where, "option level");
}

TEST(Component, ThatThrowsWhenMadeIsAnInternalError) {  // P8
  const steppe_component* thrower = entered()->components[1];
  void* instance = nullptr;
  steppe_error error = c_side::empty_error();
  EXPECT_EQ(thrower->create(thrower, nullptr, 0, nullptr, &instance, &error), STEPPE_INTERNAL);
  EXPECT_EQ(instance, nullptr);
  EXPECT_STREQ(error.message, "an exception of an unknown type");
}

}  // namespace
