// SPDX-License-Identifier: Apache-2.0
#include "version.hpp"

#include <string_view>

#include "steppe/abi/version.h"
#include "steppe/sdk_version.hpp"

namespace steppe {

namespace {

// The build says so: see CMakeLists.txt.
constexpr std::string_view kBuildType = STEPPE_BUILD_TYPE;
constexpr std::string_view kSanitizers = STEPPE_SANITIZERS;
constexpr std::string_view kLibraries = STEPPE_LIBRARIES;

#ifdef __clang__
constexpr std::string_view kCompiler = __VERSION__;  // has the compiler's name in it
#else
constexpr std::string_view kCompiler = "GCC " __VERSION__;
#endif

std::string abi_text() {
  const std::string epoch = std::to_string(STEPPE_ABI_EPOCH) + ".";
  std::string text = "plugin ABI " + epoch + std::to_string(STEPPE_ABI_REVISION_MIN) + " to " +
                     epoch + std::to_string(STEPPE_ABI_REVISION);
  if (STEPPE_ABI_REVISION == 0) text += ", a draft";
  return text;
}

std::string build_text() {
  std::string text = "built with ";
  text += kCompiler;
  if (!kBuildType.empty()) text.append(", ").append(kBuildType);
  if (!kSanitizers.empty()) text.append(", sanitizers ").append(kSanitizers);
  return text;
}

}  // namespace

std::string host_version() { return STEPPE_SDK_VERSION; }

std::string version_text() {
  return "steppe " + host_version() + "\n" + abi_text() + "\n" + build_text() + "\nlibraries " +
         std::string(kLibraries);
}

}  // namespace steppe
