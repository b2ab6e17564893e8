// SPDX-License-Identifier: Apache-2.0
#pragma once

// A verdict as lines of text, `key value`, for the pipe from the probe child and for the cache.
// Values are escaped so that they stay on their line. What comes back is checked: the child has run
// foreign code, and the cache is a file.

#include <optional>
#include <string>
#include <string_view>

#include "plugin_host/catalogue.hpp"

namespace steppe {

// Ends with the line "end". Path, hash and identity are not part of it.
std::string verdict_to_text(const PluginVerdict& verdict);

// Nothing when a line is not understood or the end is missing. `text` may go on after the end:
// `used` tells how much was read.
std::optional<PluginVerdict> verdict_from_text(std::string_view text, std::size_t& used);

}  // namespace steppe
