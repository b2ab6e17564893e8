// SPDX-License-Identifier: Apache-2.0
#pragma once

// From a loaded library to checked C tables: negotiation of epoch and revision, sizes, mandatory
// pointers, well-formed ids and option tables, all copied out. Run in the probe child first and
// again after loading in this process. A wild pointer in a table crashes the reader: that is what
// the child is for.

#include <string>
#include <vector>

#include "core/option_value.hpp"
#include "plugin_host/shared_module.hpp"
#include "steppe/abi/entry.h"

namespace steppe {

// Calls the entry once. Errors: B2 no entry, B3 it failed or threw, B4 it refused the revisions.
// The answer is not looked at yet, and may be any pointer.
Result<const steppe_plugin*, LoadError> call_entry(const SharedModule& module,
                                                   const steppe_host* host);

// Looks at the answer. Errors: B3 wrong tables, B4 revisions that do not meet.
Result<const steppe_plugin*, LoadError> check_answer(const steppe_plugin* plugin);

// Both.
Result<const steppe_plugin*, LoadError> negotiate(const SharedModule& module,
                                                  const steppe_host* host);

// Copies of what a plugin says of itself.
struct PluginDescription {
  std::string name;
  std::string version;
  std::string vendor;
  std::string licence;
  std::string sdk_version;
  std::string revision;
  std::vector<ComponentDescription> components;
};

// Reads and checks every table. Errors: B3, which names the component and the rule.
Result<PluginDescription, LoadError> describe(const steppe_plugin& plugin);

// The table of a component by id; null when the plugin has none such.
const steppe_component* component_of(const steppe_plugin& plugin, const std::string& id);

}  // namespace steppe
