// SPDX-License-Identifier: Apache-2.0
#pragma once

// Rows of an option table as one line for people.

#include <string>

#include "core/option_value.hpp"

namespace steppe {

// `order of trend.polynomial: whole number, 2 to 6, default 2 (degree of the polynomial)`
std::string option_line(const OptionDescription& option, const std::string& component);

// "true", "2", "0.5", "\"text\"", "[1, 2]".
std::string text_of(const OptionValue& value);

}  // namespace steppe
