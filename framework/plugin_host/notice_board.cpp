// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/notice_board.hpp"

#include <algorithm>

namespace steppe {

void NoticeBoard::post(const std::string& text) {
  const std::lock_guard lock(mutex_);
  if (texts_.size() >= kCapacity || std::ranges::find(texts_, text) != texts_.end()) return;
  texts_.push_back(text);
}

std::vector<std::string> NoticeBoard::texts() const {
  const std::lock_guard lock(mutex_);
  return texts_;
}

}  // namespace steppe
