// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/plugin_tables.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>

#include "core/fault.hpp"
#include "plugin_host/first_sizes.hpp"
#include "plugin_host/option_table.hpp"
#include "plugin_host/table_reader.hpp"
#include "steppe/abi/data_source.h"
#include "steppe/abi/regression.h"
#include "steppe/abi/saved_fit.h"
#include "steppe/abi/trend_model.h"
#include "steppe/sdk_version.hpp"

namespace steppe {

namespace {

constexpr std::uint32_t kMostComponents = 1024;
constexpr std::uint32_t kMostOptions = 256;
constexpr std::uint32_t kMostTags = 64;
constexpr int kLastEpochLookedFor = 9;

std::string revision_text(std::uint32_t revision) {
  return std::to_string(STEPPE_ABI_EPOCH) + "." + std::to_string(revision);
}

LoadError revisions_do_not_meet(std::uint32_t low, std::uint32_t high) {
  return {"B4", "built for SDK ABI " + revision_text(low) + " to " + revision_text(high) +
                    ", host offers " + revision_text(STEPPE_ABI_REVISION_MIN) + " to " +
                    revision_text(STEPPE_ABI_REVISION) + "; rebuild the plugin or change the host"};
}

LoadError no_entry(const SharedModule& module) {
  for (int epoch = kLastEpochLookedFor; epoch > STEPPE_ABI_EPOCH; --epoch) {
    const std::string symbol = "steppe_plugin_entry_v" + std::to_string(epoch);
    if (!module.has(symbol.c_str())) continue;
    return {"B4", "built for SDK ABI epoch " + std::to_string(epoch) + ", host offers epoch " +
                      std::to_string(STEPPE_ABI_EPOCH) + "; rebuild the plugin or change the host"};
  }
  return {"B2", "exports no symbol " STEPPE_PLUGIN_ENTRY_NAME
                ": not a Steppe plugin, or built without STEPPE_PLUGIN(...)"};
}

LoadError entry_failed(steppe_status status, const steppe_error& error) {
  const std::string_view text(error.message, strnlen(error.message, sizeof(error.message)));
  const std::string said = text.empty() ? "no reason given" : escaped(text);
  if (status == STEPPE_INCOMPATIBLE_ABI) return {"B4", said};
  return {"B3", "its entry failed with status " + std::to_string(status) + ": " + said, "R5"};
}

// The head of the answer; the ranges are compared again, whatever the plugin says of them.
std::optional<LoadError> problem_of(const steppe_plugin* plugin) {
  TableReader reader;
  if (!reader.require(plugin != nullptr, "its entry succeeded but gave no table") ||
      !reader.size(plugin->struct_size, kFirstSize<steppe_plugin>, "steppe_plugin") ||
      !reader.require(plugin->magic == STEPPE_PLUGIN_MAGIC,
                      "the magic of steppe_plugin is wrong: not a Steppe plugin")) {
    return LoadError{"B3", reader.problem(), reader.rule()};
  }
  constexpr std::uint32_t kMin = STEPPE_ABI_REVISION_MIN;
  const std::uint32_t used = std::min<std::uint32_t>(STEPPE_ABI_REVISION, plugin->revision_built);
  const bool outside = used < plugin->revision_min || std::max(used, kMin) != used ||
                       plugin->revision_min > plugin->revision_built;
  // Revision 0 is a draft: only an exact match will do.
  const bool draft = used == 0 && plugin->revision_built != STEPPE_ABI_REVISION;
  if (outside || draft) {
    return revisions_do_not_meet(plugin->revision_min, plugin->revision_built);
  }
  if (plugin->revision_used != used) {
    return LoadError{"B3",
                     "agreed on revision " + std::to_string(plugin->revision_used) +
                         " where the rule gives " + std::to_string(used),
                     "R5"};
  }
  return std::nullopt;
}

// The capability every component of a kind must have, and how to check its table.
struct Mandatory {
  std::string_view kind;
  const char* capability;
};
constexpr Mandatory kMandatory[] = {{"trend", STEPPE_TREND_MODEL},
                                    {"regression", STEPPE_REGRESSION},
                                    {"source", STEPPE_DATA_SOURCE}};

void check_trend(const void* capability, TableReader& reader) {
  const auto& t = *static_cast<const steppe_trend_model*>(capability);
  if (!reader.size(t.struct_size, kFirstSize<steppe_trend_model>, "steppe_trend_model")) return;
  reader.require(t.fit != nullptr && t.explain != nullptr && t.fitted != nullptr &&
                     t.statistics != nullptr && t.predict != nullptr && t.report != nullptr &&
                     t.destroy != nullptr,
                 "a function of steppe_trend_model is null");
}

void check_regression(const void* capability, TableReader& reader) {
  const auto& r = *static_cast<const steppe_regression*>(capability);
  if (!reader.size(r.struct_size, kFirstSize<steppe_regression>, "steppe_regression")) return;
  reader.require(r.fit != nullptr && r.fitted != nullptr && r.predict != nullptr &&
                     r.report != nullptr && r.destroy != nullptr,
                 "a function of steppe_regression is null");
}

void check_linear_model(const void* capability, TableReader& reader) {
  const auto& l = *static_cast<const steppe_linear_model*>(capability);
  if (!reader.size(l.struct_size, kFirstSize<steppe_linear_model>, "steppe_linear_model")) return;
  reader.require(l.size != nullptr && l.has_intercept != nullptr && l.coefficients != nullptr &&
                     l.covariance != nullptr && l.residual_variance != nullptr &&
                     l.degrees_of_freedom != nullptr,
                 "a function of steppe_linear_model is null");
}

void check_source(const void* capability, TableReader& reader) {
  const auto& s = *static_cast<const steppe_data_source*>(capability);
  if (!reader.size(s.struct_size, kFirstSize<steppe_data_source>, "steppe_data_source")) return;
  reader.require(s.open != nullptr && s.last_error != nullptr && s.locate != nullptr &&
                     s.report != nullptr && s.close != nullptr,
                 "a function of steppe_data_source is null");
}

void check_saved_fit(const void* capability, TableReader& reader) {
  const auto& s = *static_cast<const steppe_saved_fit*>(capability);
  if (!reader.size(s.struct_size, kFirstSize<steppe_saved_fit>, "steppe_saved_fit")) return;
  reader.require(s.save != nullptr && s.load != nullptr && s.shape != nullptr,
                 "a function of steppe_saved_fit is null");
  reader.require(s.schema_min >= 1 && s.schema_min <= s.schema,
                 "the schemas of steppe_saved_fit are not a range that begins at 1 or more");
}

struct KnownCapability {
  const char* id;
  void (*check)(const void*, TableReader&);
};
constexpr KnownCapability kKnown[] = {{STEPPE_TREND_MODEL, &check_trend},
                                      {STEPPE_REGRESSION, &check_regression},
                                      {STEPPE_LINEAR_MODEL, &check_linear_model},
                                      {STEPPE_SAVED_FIT, &check_saved_fit},
                                      {STEPPE_DATA_SOURCE, &check_source}};

void read_capabilities(const steppe_component& table, ComponentDescription& out,
                       TableReader& reader) {
  reader.under("R6");
  for (const KnownCapability& known : kKnown) {
    const void* capability = table.query(&table, known.id);
    if (capability == nullptr) continue;
    known.check(capability, reader);
    out.capabilities.emplace_back(known.id);
  }
  reader.under("R8");
  for (const Mandatory& rule : kMandatory) {
    if (out.kind() != rule.kind) continue;
    reader.require(std::ranges::find(out.capabilities, rule.capability) != out.capabilities.end(),
                   std::string("offers no ") + rule.capability);
  }
  reader.under("R10");
  reader.require(table.query(&table, "steppe.no_such_capability/1") == nullptr,
                 "answers an unknown capability");
}

void read_id(const steppe_component& table, ComponentDescription& out, TableReader& reader) {
  out.id = reader.text(table.id, "the id of a component", false);
  if (!reader.ok()) return;
  reader.enter("component " + out.id);
  reader.under("R8");
  const bool known_kind = std::ranges::any_of(
      kMandatory, [&](const Mandatory& rule) { return out.kind() == rule.kind; });
  reader.require(known_kind && out.id.size() > out.kind().size() && is_snake_case(out.name()),
                 "the id is not kind.name with kind trend, regression or source and a snake_case "
                 "name");
  out.version = reader.text(table.version, "the version", false);
  out.summary = reader.text(table.summary, "the summary", false);
}

void read_tags(const steppe_component& table, ComponentDescription& out, TableReader& reader) {
  reader.under("R9");
  if (!reader.require(table.tag_count <= kMostTags, "there are too many tags") ||
      !reader.require(table.tag_count == 0 || table.tags != nullptr, "the tags are null")) {
    return;
  }
  for (std::uint32_t i = 0; i < table.tag_count && reader.ok(); ++i) {
    const steppe_tag* tag = table.tags[i];
    if (!reader.require(tag != nullptr, "a tag is null") ||
        !reader.size(tag->struct_size, kFirstSize<steppe_tag>, "a tag")) {
      return;
    }
    out.tags.push_back({reader.text(tag->name, "the name of a tag", false), tag->value});
    reader.require(is_snake_case(out.tags.back().name), "the name of a tag is not snake_case");
  }
}

void read_options(const steppe_component& table, ComponentDescription& out, TableReader& reader) {
  reader.under("R9");
  if (!reader.require(table.option_count <= kMostOptions, "there are too many options") ||
      !reader.require(table.option_count == 0 || table.options != nullptr,
                      "the option table is null")) {
    return;
  }
  const std::string place = "component " + out.id;
  for (std::uint32_t i = 0; i < table.option_count && reader.ok(); ++i) {
    OptionDescription option = read_option(table.options[i], place, reader);
    const bool twice = std::ranges::any_of(
        out.options, [&](const OptionDescription& other) { return other.name == option.name; });
    reader.require(!twice, "the option is there twice");
    out.options.push_back(std::move(option));
  }
  reader.enter(place);
}

ComponentDescription read_component(const steppe_component* table, TableReader& reader) {
  ComponentDescription out;
  reader.enter("");
  reader.under("R6");
  if (!reader.require(table != nullptr, "a component is null") ||
      !reader.size(table->struct_size, kFirstSize<steppe_component>, "a component")) {
    return out;
  }
  read_id(*table, out, reader);
  reader.under("R6");
  if (reader.ok() && reader.require(table->create != nullptr && table->destroy != nullptr &&
                                        table->query != nullptr,
                                    "create, destroy or query is null")) {
    read_options(*table, out, reader);
    if (reader.ok()) read_tags(*table, out, reader);
    if (reader.ok()) read_capabilities(*table, out, reader);
  }
  return out;
}

}  // namespace

Result<const steppe_plugin*, LoadError> call_entry(const SharedModule& module,
                                                   const steppe_host* host) {
  const steppe_plugin_entry entry = module.entry();
  if (entry == nullptr) return no_entry(module);
  steppe_offer offer{};
  offer.struct_size = sizeof(offer);
  offer.revision_min = STEPPE_ABI_REVISION_MIN;
  offer.revision_current = STEPPE_ABI_REVISION;
  offer.host_version = STEPPE_SDK_VERSION;
  offer.host = host;
  steppe_error error{};
  error.struct_size = sizeof(error);
  const steppe_plugin* plugin = nullptr;
  try {
    const steppe_status status = entry(&offer, &plugin, &error);
    if (status != STEPPE_OK) return entry_failed(status, error);
  } catch (...) {
    return LoadError{"B3", "its entry threw an exception", "R16"};
  }
  return plugin;
}

Result<const steppe_plugin*, LoadError> check_answer(const steppe_plugin* plugin) {
  if (auto problem = problem_of(plugin)) return *std::move(problem);
  return plugin;
}

Result<const steppe_plugin*, LoadError> negotiate(const SharedModule& module,
                                                  const steppe_host* host) {
  const auto answer = call_entry(module, host);
  return answer ? check_answer(*answer) : answer;
}

Result<PluginDescription, LoadError> describe(const steppe_plugin& plugin) {
  TableReader reader;
  PluginDescription out;
  out.name = reader.text(plugin.name, "the name of the plugin", false);
  out.version = reader.text(plugin.version, "the version of the plugin", false);
  out.vendor = reader.text(plugin.vendor, "the vendor");
  out.licence = reader.text(plugin.licence, "the licence");
  out.sdk_version = reader.text(plugin.sdk_version, "the SDK version");
  out.revision = revision_text(plugin.revision_used);
  reader.require(plugin.component_count >= 1 && plugin.component_count <= kMostComponents &&
                     plugin.components != nullptr,
                 "the plugin has no components, or too many");
  for (std::uint32_t i = 0; reader.ok() && i < plugin.component_count; ++i) {
    ComponentDescription component = read_component(plugin.components[i], reader);
    const bool twice = std::ranges::any_of(
        out.components, [&](const auto& other) { return other.id == component.id; });
    reader.under("R8");
    reader.require(!twice, "the component is there twice");
    out.components.push_back(std::move(component));
  }
  if (!reader.ok()) return LoadError{"B3", reader.problem(), reader.rule()};
  return out;
}

const steppe_component* component_of(const steppe_plugin& plugin, const std::string& id) {
  for (std::uint32_t i = 0; i < plugin.component_count; ++i) {
    if (id == plugin.components[i]->id) return plugin.components[i];
  }
  return nullptr;
}

}  // namespace steppe
