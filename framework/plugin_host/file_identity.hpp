// SPDX-License-Identifier: Apache-2.0
#pragma once

// What tells one state of a file from another without reading it. A write, a rename over it, a copy
// or a changed permission changes at least the time of change, which no program can set.

#include <cstdint>

namespace steppe {

struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;  // since 1970
  std::int64_t changed_ns = 0;
  bool operator==(const FileIdentity&) const = default;
};

}  // namespace steppe
