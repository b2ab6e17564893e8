// SPDX-License-Identifier: Apache-2.0
#pragma once

// Faults of which there may be millions: the first five are kept, the others counted.

#include <cstddef>
#include <string>
#include <utility>

#include "core/fault.hpp"

namespace steppe {

class CountedFaults {
 public:
  static constexpr std::size_t kShown = 5;

  // `what` in the plural: "cells", "series".
  explicit CountedFaults(std::string what) : what_(std::move(what)) {}

  bool empty() const { return count_ == 0; }
  // Whether the next fault is shown: when it is not, its text need not be made.
  bool shows_next() const { return count_ < kShown; }
  void add(Fault fault) {
    if (shows_next()) shown_.push_back(std::move(fault));
    ++count_;
  }
  void add_unseen() { ++count_; }

  Faults take() && {
    if (count_ > kShown) {
      Fault rest = shown_.back();
      rest.place = {};
      rest.place.step = shown_.back().place.step;
      rest.code.clear();
      rest.message = "and " + std::to_string(count_ - kShown) + " more " + what_;
      shown_.push_back(std::move(rest));
    }
    return std::move(shown_);
  }

 private:
  std::string what_;
  Faults shown_;
  std::size_t count_ = 0;
};

}  // namespace steppe
