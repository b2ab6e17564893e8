// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/environment.hpp"

#include <sys/auxv.h>

#include <cstdlib>

namespace steppe {

bool is_privileged() { return getauxval(AT_SECURE) != 0; }

std::string user_directory(const char* variable, const std::string& fallback) {
  if (is_privileged()) return {};
  const char* const own = std::getenv(variable);
  if (own != nullptr && own[0] == '/') return own;
  const char* const home = std::getenv("HOME");
  if (home == nullptr || home[0] != '/') return {};
  return std::string(home) + "/" + fallback;
}

}  // namespace steppe
