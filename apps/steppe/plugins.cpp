// SPDX-License-Identifier: Apache-2.0
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

}  // namespace steppe
