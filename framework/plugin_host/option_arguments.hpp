// SPDX-License-Identifier: Apache-2.0
#pragma once

// Typed option values as the C structs `create` takes. Owns what they point to; the options must
// outlive it.

#include <deque>
#include <vector>

#include "core/option_value.hpp"
#include "steppe/abi/options.h"

namespace steppe {

class OptionArguments {
 public:
  explicit OptionArguments(const Options& options);
  OptionArguments(const OptionArguments&) = delete;
  OptionArguments& operator=(const OptionArguments&) = delete;

  const steppe_argument* const* data() const { return pointers_.data(); }
  std::uint64_t size() const { return pointers_.size(); }

 private:
  void fill(const OptionValue& value, steppe_value& out);
  void point_to(const std::vector<std::int64_t>& integers, steppe_value& out);
  void point_to(const std::vector<const char*>& strings, steppe_value& out);

  // Deques: growing them moves nothing.
  std::deque<steppe_value> values_;
  std::deque<steppe_argument> arguments_;
  std::deque<std::vector<std::int64_t>> integers_;
  std::deque<std::vector<const char*>> strings_;
  std::vector<const steppe_argument*> pointers_;
};

}  // namespace steppe
