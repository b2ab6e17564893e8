// SPDX-License-Identifier: Apache-2.0
#pragma once

// Components as a person or a program reads them: `steppe plugins list` and `describe`.

#include <string>
#include <vector>

#include "core/option_value.hpp"

namespace steppe {

// One line per component: id, version, summary, tags.
std::string components_text(const std::vector<ComponentDescription>& components);

// Everything about one: summary, tags, and its options with type, unit, default, range and help.
std::string component_text(const ComponentDescription& component);

// The same as JSON: a list, or one object.
std::string components_json(const std::vector<ComponentDescription>& components);
std::string component_json(const ComponentDescription& component);

// "integer, 2 to 6, default 2": what an option takes, for describe and for error messages.
std::string option_values_text(const OptionDescription& option);

}  // namespace steppe
