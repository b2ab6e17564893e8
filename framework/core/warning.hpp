// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is true of a result and its reader must know, but is not an error: a long extrapolation, a
// fit on the logarithmic scale, a dropped column. Warnings stand in the result.

#include <string>

namespace steppe {

struct Warning {
  std::string code;  // snake_case and stable: "ln_scale_fit"
  std::string text;  // one line in plain words
};

}  // namespace steppe
