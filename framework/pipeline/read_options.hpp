// SPDX-License-Identifier: Apache-2.0
#pragma once

// The options of one component: members of a JSON object checked against the component's option
// table and completed with its defaults.

#include <string>
#include <vector>

#include "core/option_value.hpp"
#include "pipeline/fields.hpp"

namespace steppe {

struct OptionContext {
  const ComponentDescription& component;
  const std::vector<std::string>& own_keys;  // of the step, not options
  const std::string& folder;                 // paths are relative to it
};

// All faults of all options, missing ones included (J5, J6, J11; N13 for a season length); unknown
// keys are J10. The result is complete when nothing was reported.
Options read_options(const Field& object, const OptionContext& context, FaultList& faults);

// A path of the pipeline as an absolute one, without "." and "..".
std::string absolute_path(const std::string& folder, const std::string& path);

}  // namespace steppe
