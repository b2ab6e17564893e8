// SPDX-License-Identifier: Apache-2.0
#pragma once

// The host's end of a steppe_writer for these tests.

#include <string>

#include "steppe/saved_fit.hpp"

namespace steppe::saved_bytes {

inline steppe_status append(void* self, const void* bytes, std::uint64_t count) {
  static_cast<std::string*>(self)->append(static_cast<const char*>(bytes), count);
  return STEPPE_OK;
}
inline steppe_status refuse(void*, const void*, std::uint64_t) { return STEPPE_RESOURCE_LIMIT; }

inline steppe_writer writer_to(std::string& bytes) {
  return {sizeof(steppe_writer), 0, &bytes, &append};
}

}  // namespace steppe::saved_bytes
