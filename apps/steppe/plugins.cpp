// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "commands.hpp"
#include "report/plugin_text.hpp"
#include "terminal.hpp"

namespace steppe {

ExitCode plugins_list_command(Session& session) {
  std::vector<ComponentDescription> components;
  for (const CatalogueEntry& entry : session.catalogue().components()) {
    components.push_back(*entry.component);
  }
  return print(session.command_line().json ? components_json(components)
                                           : components_text(components));
}

ExitCode plugins_describe_command(Session& session) {
  const auto entry = session.catalogue().find(session.command_line().id);
  if (!entry) return session.say({entry.error()});
  return print(session.command_line().json ? component_json(*entry->component)
                                           : component_text(*entry->component));
}

// Every file, accepted or refused, with what to do about it. Ends with 5 when a file is refused.
ExitCode plugins_doctor_command(Session& session) {
  const PluginCatalogue& catalogue = session.catalogue();
  std::string text = "Directories searched, in order:\n";
  for (const PluginDirectory& directory : catalogue.directories()) {
    text += "  " + escaped(directory.path) + "  (" + directory.origin + ")\n";
  }
  for (const std::string& notice : catalogue.notices()) text += "  note: " + escaped(notice) + "\n";
  text += "\nFiles:\n";
  bool refused = false;
  for (const PluginVerdict& plugin : catalogue.plugins()) {
    text += "  " + escaped(plugin.path) + "\n";
    if (plugin.accepted) {
      text += "    accepted: ABI " + plugin.revision + ", sha256 " + plugin.sha256 + "\n";
      for (const auto& component : plugin.components) text += "      " + component.id + "\n";
    } else {
      refused = true;
      text += "    refused [" + plugin.fault + "]: " + escaped(plugin.reason) + "\n";
    }
    if (!plugin.log.empty()) text += "    it printed: " + escaped(plugin.log) + "\n";
  }
  const ExitCode printed = print(text);
  if (printed != ExitCode::kComplete) return printed;
  return refused ? ExitCode::kPluginRefused : ExitCode::kComplete;
}

}  // namespace steppe
