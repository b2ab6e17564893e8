// SPDX-License-Identifier: Apache-2.0
#pragma once

// The texts that mark a missing value.

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace steppe::csv {

class MissingMarkers {
 public:
  explicit MissingMarkers(std::vector<std::string> markers) : markers_(std::move(markers)) {
    for (const std::string& marker : markers_) {
      if (marker.empty()) {
        empty_ = true;
      } else {
        first_[static_cast<unsigned char>(marker[0])] = true;
      }
    }
  }

  // The whole cell, letter for letter. Cheap for a cell that begins like no marker.
  bool contain(std::string_view text) const {
    if (text.empty()) return empty_;
    if (!first_[static_cast<unsigned char>(text[0])]) return false;
    return std::find(markers_.begin(), markers_.end(), text) != markers_.end();
  }

 private:
  std::vector<std::string> markers_;
  std::array<bool, 256> first_{};
  bool empty_ = false;
};

}  // namespace steppe::csv
