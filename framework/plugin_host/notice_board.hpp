// SPDX-License-Identifier: Apache-2.0
#pragma once

// Notices about plugins that are no errors: a floating-point state restored, log lines dropped.
// Shared by a loader and the components it made; from any thread.

#include <mutex>
#include <string>
#include <vector>

namespace steppe {

class NoticeBoard {
 public:
  // The same text is kept once, and at most kCapacity texts: a plugin may repeat itself for ever.
  void post(const std::string& text);
  std::vector<std::string> texts() const;

 private:
  static constexpr std::size_t kCapacity = 256;
  mutable std::mutex mutex_;
  std::vector<std::string> texts_;
};

}  // namespace steppe
