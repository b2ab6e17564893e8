// SPDX-License-Identifier: Apache-2.0
#pragma once

// Reads one row of a component's option table into an OptionDescription and checks that it makes
// sense: known type, ranges for numbers only, a default of the type, in range and among the
// choices.

#include "core/option_value.hpp"
#include "plugin_host/table_reader.hpp"
#include "steppe/abi/options.h"

namespace steppe {

// `place` names the component in messages.
OptionDescription read_option(const steppe_option* option, const std::string& place,
                              TableReader& reader);

}  // namespace steppe
