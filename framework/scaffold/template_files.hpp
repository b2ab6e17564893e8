// SPDX-License-Identifier: Apache-2.0
#pragma once

// The files of sdk/templates, as they were when the program was built. See its README.md.

#include <span>
#include <string_view>

namespace steppe {

struct TemplateFile {
  std::string_view path;  // "cpp/trend/plugin.cpp.in"
  std::string_view text;
};

std::span<const TemplateFile> template_files();

}  // namespace steppe
