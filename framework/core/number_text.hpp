// SPDX-License-Identifier: Apache-2.0
#pragma once

// Numbers as text, the same under every locale.

#include <string>

namespace steppe {

// Shortest text that reads back as the same double: "0.1", "1e+300", "nan".
std::string shortest_text(double value);

// At most `digits` significant digits, without trailing zeros: 489412367.59 with 6 is "489412000",
// 0.0001234567 with 4 is "0.0001235"; the exponent form below 1e-5 and from 1e15.
std::string significant_text(double value, int digits);

}  // namespace steppe
