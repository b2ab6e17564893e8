// SPDX-License-Identifier: Apache-2.0
#include "data/key_index.hpp"

#include <algorithm>
#include <functional>
#include <numeric>

namespace steppe {

std::uint32_t KeyIndex::id_of(std::string_view wanted) {
  if (last_ != kEmpty && key(last_) == wanted) return last_;
  if (slots_.size() < 2 * (size() + 1)) grow();
  const std::size_t slot = slot_of(wanted);
  if (slots_[slot] == kEmpty) {
    slots_[slot] = static_cast<std::uint32_t>(size());
    bytes_ += wanted;
    ends_.push_back(bytes_.size());
  }
  last_ = slots_[slot];
  return last_;
}

std::size_t KeyIndex::slot_of(std::string_view wanted) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = std::hash<std::string_view>{}(wanted)&mask;
  while (slots_[slot] != kEmpty && key(slots_[slot]) != wanted) slot = (slot + 1) & mask;
  return slot;
}

void KeyIndex::grow() {
  slots_.assign(slots_.empty() ? 64 : slots_.size() * 2, kEmpty);
  for (std::uint32_t id = 0; id < size(); ++id) slots_[slot_of(key(id))] = id;
}

std::vector<std::uint32_t> KeyIndex::sorted_ids() const {
  std::vector<std::uint32_t> ids(size());
  std::iota(ids.begin(), ids.end(), std::uint32_t{0});
  // string_view compares as unsigned bytes.
  std::sort(ids.begin(), ids.end(),
            [this](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
  return ids;
}

}  // namespace steppe
