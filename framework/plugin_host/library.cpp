// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/library.hpp"

#include <algorithm>

#include "plugin_host/host_services.hpp"
#include "plugin_host/loaded_plugin.hpp"
#include "plugin_host/notice_board.hpp"
#include "plugin_host/option_arguments.hpp"
#include "plugin_host/plugin_call.hpp"
#include "plugin_host/plugin_tables.hpp"
#include "plugin_host/rules.hpp"

namespace steppe {

namespace {

Fault refused(const CatalogueEntry& entry, const LoadError& error) {
  return {error.fault, ErrorKind::kDenied, ExitCode::kPluginRefused,
          Place{.file = entry.plugin->path, .plugin = entry.component->id},
          with_rule(error.message, rule_or_default(error.rule, error.fault))};
}

const OptionDescription* described(const ComponentDescription& component,
                                   const std::string& option) {
  const auto found = std::ranges::find(component.options, option, &OptionDescription::name);
  return found == component.options.end() ? nullptr : &*found;
}

// The caller has checked all this; a mistake here would be read by the plugin as another type.
std::optional<Fault> check_options(const ComponentDescription& component, const Options& options) {
  const auto fault = [&](const std::string& message) {
    return Fault{"", ErrorKind::kInternal, ExitCode::kInternal, Place{.plugin = component.id},
                 message};
  };
  for (const NamedOption& option : options) {
    const OptionDescription* known = described(component, option.name);
    if (known == nullptr) return fault("no option is named \"" + option.name + "\"");
    if (known->type != option.value.index()) {
      return fault("the option \"" + option.name + "\" is of another type");
    }
  }
  for (const OptionDescription& known : component.options) {
    if (!known.required && !known.default_value) continue;
    if (std::ranges::find(options, known.name, &NamedOption::name) != options.end()) continue;
    return fault("the option \"" + known.name + "\" is missing");
  }
  return std::nullopt;
}

}  // namespace

Component::Component(const steppe_component* table, void* instance, std::string label,
                     std::shared_ptr<NoticeBoard> notices)
    : table_(table), instance_(instance), label_(std::move(label)), notices_(std::move(notices)) {}

Component::~Component() {
  if (instance_ == nullptr) return;
  PluginCall(*this, "destroy").guard([&] { table_->destroy(instance_); });
}

struct PluginLoader::State {
  explicit State(HostServices& services)
      : tables(services), notices(std::make_shared<NoticeBoard>()) {}

  ServiceTables tables;
  std::shared_ptr<NoticeBoard> notices;
};

PluginLoader::PluginLoader(HostServices& services) : state_(std::make_unique<State>(services)) {}
PluginLoader::~PluginLoader() = default;

const steppe_host* PluginLoader::host() const { return state_->tables.host(); }

std::vector<std::string> PluginLoader::notices() const {
  std::vector<std::string> out = state_->notices->texts();
  if (const std::uint64_t dropped = state_->tables.dropped_lines(); dropped > 0) {
    out.push_back(std::to_string(dropped) + " log lines of plugins were dropped: more than " +
                  std::to_string(ServiceTables::kLinesPerSecond) + " a second or " +
                  std::to_string(ServiceTables::kMostLines) + " in all");
  }
  return out;
}

Outcome<std::shared_ptr<Component>> PluginLoader::create(const CatalogueEntry& entry,
                                                         const Options& options) {
  const PluginVerdict& plugin = *entry.plugin;
  const auto loaded = load_plugin({plugin.path, plugin.identity ? &*plugin.identity : nullptr,
                                   plugin.sha256, !plugin.notices.empty()});
  if (!loaded) return refused(entry, loaded.error());
  const std::string label = entry.component->id + "@" + entry.component->version;
  for (const std::string& what : (*loaded)->changed) {
    state_->notices->post(
        with_rule(label + " changed " + what + " when it was loaded; restored", "R3"));
  }
  const steppe_component* table = component_of(*(*loaded)->table, entry.component->id);
  const auto& components = (*loaded)->description.components;
  const auto described_now =
      std::ranges::find(components, entry.component->id, &ComponentDescription::id);
  if (table == nullptr || described_now == components.end()) {
    return refused(entry, {"B14", "no longer offers this component; run the command again"});
  }
  if (auto fault = check_options(*described_now, options)) return *std::move(fault);

  // A component without instance first: it names the plugin while the instance is being made.
  const Component nameless(table, nullptr, label, state_->notices);
  const OptionArguments arguments(options);
  void* instance = nullptr;
  auto made = PluginCall(nameless, "create").run([&](steppe_error* error) {
    return table->create(table, arguments.data(), arguments.size(), host(), &instance, error);
  });
  if (!made) return std::move(made).error();
  return std::make_shared<Component>(table, instance, label, state_->notices);
}

}  // namespace steppe
