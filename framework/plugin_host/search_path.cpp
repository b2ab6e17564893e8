// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/search_path.hpp"

#include <sys/stat.h>

#include <cstdlib>
#include <string_view>

#include "plugin_host/environment.hpp"

namespace steppe {

namespace {

constexpr const char* kVariable = "STEPPE_PLUGIN_PATH";

bool is_absolute(std::string_view path) { return !path.empty() && path[0] == '/'; }

void add(std::vector<PluginDirectory>& out, std::string_view path, const std::string& origin,
         std::vector<std::string>& notices) {
  if (path.empty()) return;
  if (!is_absolute(path)) {
    notices.push_back("plugin directory \"" + std::string(path) + "\" of " + origin +
                      " is not absolute and is left out; the working directory is never searched");
    return;
  }
  while (path.size() > 1 && path.back() == '/') path.remove_suffix(1);
  out.push_back({std::string(path), origin});
}

void add_environment(std::vector<PluginDirectory>& out, std::vector<std::string>& notices) {
  const char* const value = std::getenv(kVariable);
  if (value == nullptr || *value == '\0') return;
  if (is_privileged()) {
    notices.push_back(std::string(kVariable) + " is ignored: the program runs with privileges");
    return;
  }
  std::string_view rest(value);
  while (!rest.empty()) {
    const auto colon = rest.find(':');
    add(out, rest.substr(0, colon), kVariable, notices);
    rest.remove_prefix(colon == std::string_view::npos ? rest.size() : colon + 1);
  }
}

bool is_directory(const std::string& path) {
  struct stat status{};
  return stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

// <prefix>/bin/steppe -> <prefix>/lib/steppe/plugins, or <build>/plugins where only that exists.
std::string installed_directory(const std::string& executable) {
  const auto program = executable.rfind('/');
  if (program == std::string::npos || program == 0) return {};
  const auto bin = executable.rfind('/', program - 1);
  if (bin == std::string::npos) return {};
  const std::string prefix = executable.substr(0, bin);
  const std::string installed = prefix + "/lib/steppe/plugins";
  const std::string built = prefix + "/plugins";
  return !is_directory(installed) && is_directory(built) ? built : installed;
}

}  // namespace

std::vector<PluginDirectory> plugin_search_path(const SearchPathInput& input,
                                                std::vector<std::string>& notices) {
  std::vector<PluginDirectory> out;
  for (const std::string& path : input.command_line) add(out, path, "--plugin-dir", notices);
  add_environment(out, notices);
  const std::string data = user_directory("XDG_DATA_HOME", ".local/share");
  if (!data.empty()) out.push_back({data + "/steppe/plugins", "user"});
  const std::string installed = installed_directory(input.executable);
  if (!installed.empty()) out.push_back({installed, "installed"});
  return out;
}

}  // namespace steppe
