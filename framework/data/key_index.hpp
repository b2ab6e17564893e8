// SPDX-License-Identifier: Apache-2.0
#pragma once

// Numbers keys in the order in which they first come: 0, 1, 2, ... Keys lie end to end in one
// buffer, so that a million of them cost two allocations that grow, and none per row.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace steppe {

class KeyIndex {
 public:
  // The number of a key; a key that is not there yet is added.
  std::uint32_t id_of(std::string_view key);

  std::size_t size() const { return ends_.size(); }
  std::string_view key(std::uint32_t id) const {
    const std::uint64_t begin = id == 0 ? 0 : ends_[id - 1];
    return {bytes_.data() + begin, static_cast<std::size_t>(ends_[id] - begin)};
  }
  // Ids sorted by key, byte by byte.
  std::vector<std::uint32_t> sorted_ids() const;

 private:
  static constexpr std::uint32_t kEmpty = UINT32_MAX;
  void grow();
  std::size_t slot_of(std::string_view key) const;

  std::string bytes_;
  std::vector<std::uint64_t> ends_;
  std::vector<std::uint32_t> slots_;  // open addressing, a power of two, at most half full
  std::uint32_t last_ = kEmpty;       // tables are often sorted: the key before is tried first
};

}  // namespace steppe
