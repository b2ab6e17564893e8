// SPDX-License-Identifier: Apache-2.0
#include "version.hpp"

#include "steppe/abi/version.h"
#include "steppe/sdk_version.hpp"

namespace steppe {

std::string host_version() { return STEPPE_SDK_VERSION; }

std::string version_text() {
  const std::string epoch = std::to_string(STEPPE_ABI_EPOCH) + ".";
  return "steppe " + host_version() + "\nplugin ABI " + epoch +
         std::to_string(STEPPE_ABI_REVISION_MIN) + " to " + epoch +
         std::to_string(STEPPE_ABI_REVISION) + "\nbuilt with " + __VERSION__;
}

}  // namespace steppe
