// SPDX-License-Identifier: Apache-2.0
// What a plugin says of itself.
#include <algorithm>
#include <array>
#include <cmath>

#include "conformance/captured_output.hpp"
#include "conformance/load_bodies.hpp"
#include "conformance/table_picture.hpp"
#include "core/fault.hpp"
#include "plugin_host/option_arguments.hpp"
#include "plugin_host/option_table.hpp"
#include "plugin_host/plugin_tables.hpp"

namespace steppe::conformance {

namespace {

struct Kind {
  const char* name;
  const char* capability;
};
constexpr Kind kKinds[] = {{"trend", STEPPE_TREND_MODEL},
                           {"regression", STEPPE_REGRESSION},
                           {"source", STEPPE_DATA_SOURCE}};

constexpr const char* kKnownTags[] = {
    "intervals",         "simulates",          "handles_missing",
    "handles_gaps",      "seasonal",           "uses_weights",
    "ordered_rows",      "pooled_rows",        "minimum_observations",
    "deterministic",     "concurrent_predict", "scale_equivariant",
    "shift_equivariant", "additive_errors",    "multiplicative_errors",
    "random_walk_errors"};

// Makes and destroys one instance of each component that needs no option of the user's.
void use_components(const steppe_plugin& plugin) {
  for (std::uint32_t c = 0; c < plugin.component_count; ++c) {
    CaseContext context;
    context.component = plugin.components[c];
    try {
      const Instance instance(context);
    } catch (const Stopped&) {  // another case's business
    }
  }
}

void require_sentence(const char* text, const std::string& what) {
  const std::string_view words = text == nullptr ? "" : text;
  if (words.empty()) fail(what + " is empty");
  constexpr std::size_t kLongestSentence = 400;
  if (words.size() > kLongestSentence) {
    fail(what + " has " + std::to_string(words.size()) + " bytes, must be one sentence");
  }
}

void require_in_range(const OptionDescription& option, double value) {
  const bool low = option.minimum && (value < *option.minimum ||
                                      (option.exclusive_minimum && value == *option.minimum));
  const bool high = option.maximum && (value > *option.maximum ||
                                       (option.exclusive_maximum && value == *option.maximum));
  if (low || high || std::isnan(value)) {
    fail("the default " + number(value) + " of option " + option.name + " is out of its range");
  }
}

void require_default(const OptionDescription& option) {
  const auto check_all = [&](const auto& values) {
    for (const auto value : values) require_in_range(option, static_cast<double>(value));
  };
  std::visit(
      [&](const auto& value) {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, std::int64_t> || std::is_same_v<T, double>) {
          require_in_range(option, static_cast<double>(value));
        } else if constexpr (std::is_same_v<T, std::vector<std::int64_t>> ||
                             std::is_same_v<T, std::vector<double>>) {
          check_all(value);
        } else if constexpr (std::is_same_v<T, std::string>) {
          if (!option.choices.empty() &&
              std::ranges::find(option.choices, value) == option.choices.end()) {
            fail("the default of option " + option.name + " is none of its choices");
          }
        }
      },
      *option.default_value);
}

}  // namespace

namespace load {

void tables_are_whole(const CaseContext& context) {
  const CapturedOutput output;
  const auto description = steppe::describe(table_of(load_file(context)));
  if (!description) fail(description.error().message);
}

void tables_stay_the_same(const CaseContext& context) {
  const CapturedOutput output;
  const SharedModule module = load_file(context);
  const steppe_plugin& plugin = table_of(module);
  const std::string before = picture_of(plugin);
  use_components(plugin);
  if (picture_of(table_of(module)) != before) {
    fail("its tables or texts changed after its components were used");
  }
}

void texts_are_well_formed(const CaseContext& context) {
  const CapturedOutput output;
  const steppe_plugin& plugin = table_of(load_file(context));
  require_sentence(plugin.name, "the name of the plugin");
  require_sentence(plugin.version, "the version of the plugin");
  require_sentence(plugin.sdk_version, "the SDK version");
  for (std::uint32_t c = 0; c < plugin.component_count; ++c) {
    const steppe_component& component = *plugin.components[c];
    const std::string of = std::string(" of ") + component.id;
    require_sentence(component.summary, "the summary" + of);
    require_sentence(component.version, "the version" + of);
    for (std::uint32_t i = 0; i < component.option_count; ++i) {
      const steppe_option& option = *component.options[i];
      require_sentence(option.help, std::string("the help of option ") + option.name + of);
      if (option.unit == nullptr)
        fail(std::string("the unit of option ") + option.name + " is null");
    }
  }
}

void ids_are_well_formed(const CaseContext& context) {
  const CapturedOutput output;
  const steppe_plugin& plugin = table_of(load_file(context));
  std::vector<std::string> seen;
  for (std::uint32_t c = 0; c < plugin.component_count; ++c) {
    const std::string id = plugin.components[c]->id;
    const std::string kind = id.substr(0, id.find('.'));
    const bool known = std::ranges::any_of(kKinds, [&](const Kind& k) { return kind == k.name; });
    const bool named = id.size() > kind.size() + 1 && is_snake_case(id.substr(kind.size() + 1));
    if (!known || !named) fail("the id " + steppe::quoted(id) + " is not kind.name in snake case");
    if (std::ranges::find(seen, id) != seen.end()) fail("offers " + id + " twice");
    seen.push_back(id);
  }
}

void component_offers_its_kind(const CaseContext& context) {
  const steppe_component& component = *context.component;
  const std::string_view id = component.id;
  for (const Kind& kind : kKinds) {
    const void* const table = component.query(&component, kind.capability);
    const bool own = id.starts_with(std::string(kind.name) + ".");
    if (own && table == nullptr) fail(std::string("offers no ") + kind.capability);
    if (!own && table != nullptr) {
      fail(std::string("offers ") + kind.capability + ", which is not of its kind");
    }
  }
  const auto* saved =
      static_cast<const steppe_saved_fit*>(component.query(&component, STEPPE_SAVED_FIT));
  if (saved != nullptr && (saved->schema < 1 || saved->schema_min > saved->schema)) {
    fail("its saved fits have schema " + std::to_string(saved->schema) + ", read from " +
         std::to_string(saved->schema_min));
  }
}

void component_answers_unknown_ids_with_null(const CaseContext& context) {
  const steppe_component& component = *context.component;
  const std::string long_id(1 << 20, 'a');
  const std::string long_known = std::string(STEPPE_TREND_MODEL) + long_id;
  const std::array unknown = {"",
                              "/",
                              "steppe",
                              "steppe.trend_model",
                              "steppe.trend_model/",
                              "steppe.trend_model/2",
                              "steppe.trend_model/11",
                              "steppe.regression/2",
                              "steppe.data_source/0",
                              "STEPPE.TREND_MODEL/1",
                              " steppe.trend_model/1",
                              "steppe.trend_model/1 ",
                              "steppe.log/1",
                              "x.vendor.thing/1",
                              "\xFF\xFE\x80",
                              "%s%n%p",
                              long_id.c_str(),
                              long_known.c_str()};
  for (const char* id : unknown) {
    if (component.query(&component, id) != nullptr) {
      fail("answers the capability " + steppe::quoted(id, 40) + ", which there is not");
    }
  }
  // A known id is known by its letters, not by its address, and always the same.
  for (const Kind& kind : kKinds) {
    const std::string copy = kind.capability;
    if (component.query(&component, copy.c_str()) != component.query(&component, kind.capability)) {
      fail("answers two copies of " + copy + " with two tables");
    }
  }
}

void component_options_make_sense(const CaseContext& context) {
  const steppe_component& component = *context.component;
  TableReader reader;
  std::vector<std::string> seen;
  for (std::uint32_t i = 0; i < component.option_count; ++i) {
    const OptionDescription option = read_option(component.options[i], "the option table", reader);
    if (!reader.ok()) fail(reader.problem());
    if (std::ranges::find(seen, option.name) != seen.end())
      fail("has option " + option.name + " twice");
    seen.push_back(option.name);
    if (option.minimum && option.maximum && *option.minimum > *option.maximum) {
      fail("option " + option.name + " has a minimum above its maximum");
    }
    if (option.required && option.default_value) {
      fail("option " + option.name + " is required and has a default");
    }
    if (option.default_value) require_default(option);
  }
}

void component_tags_make_sense(const CaseContext& context) {
  const steppe_component& component = *context.component;
  std::vector<std::string> seen;
  int processes = 0;
  for (std::uint32_t i = 0; i < component.tag_count; ++i) {
    const std::string name = component.tags[i]->name;
    if (std::ranges::find(seen, name) != seen.end()) fail("has tag " + name + " twice");
    seen.push_back(name);
    if (std::ranges::find(kKnownTags, name) == std::end(kKnownTags)) {
      fail("claims " + steppe::quoted(name) + ", which is no tag of the contract");
    }
    const std::int64_t value = component.tags[i]->value;
    const bool is_number = name == "minimum_observations";
    if (is_number ? value < 1 : value != 1) {
      fail("tag " + name + " has the value " + std::to_string(value));
    }
    if (name.ends_with("_errors")) ++processes;
  }
  if (processes > 1) fail("names more than one process of errors");
}

void component_takes_its_defaults(const CaseContext& context) { const Instance instance(context); }

void component_makes_several_instances(const CaseContext& context) {
  auto first = std::make_unique<Instance>(context);
  const auto second = std::make_unique<Instance>(context);
  if (first->get() != nullptr && first->get() == second->get()) {
    fail("create hands out one instance twice");
  }
  first.reset();
  const Instance third(context);
}

void component_needs_no_service(const CaseContext& context) {
  const Options options = options_of(context);
  const OptionArguments arguments(options);
  const steppe_component& component = *context.component;
  void* instance = nullptr;
  const Answer answer = ask([&](steppe_error* error) {
    return component.create(&component, arguments.data(), arguments.size(), life_host(), &instance,
                            error);
  });
  if (!answer.ok()) fail("create by a host without services answers " + text_of(answer));
  component.destroy(instance);
}

}  // namespace load

}  // namespace steppe::conformance
