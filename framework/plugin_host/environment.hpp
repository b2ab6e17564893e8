// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the environment says about the user, where it may be believed.

#include <string>

namespace steppe {

// The process has privileges its user does not have (setuid, file capabilities): its environment
// was made by somebody else (X11).
bool is_privileged();

// $variable when it is an absolute path, else $HOME/fallback; empty without a home and when
// privileged.
std::string user_directory(const char* variable, const std::string& fallback);

}  // namespace steppe
