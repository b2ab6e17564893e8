// SPDX-License-Identifier: Apache-2.0
#pragma once

// A CivilTime in four bytes, one per row of a table; packed times compare as dates do.

#include <cstdint>

#include "core/calendar.hpp"

namespace steppe {

using PackedTime = std::uint32_t;

inline PackedTime pack(const CivilTime& time) {
  return static_cast<PackedTime>(time.year) << 17 | static_cast<PackedTime>(time.month) << 13 |
         static_cast<PackedTime>(time.day) << 8 | static_cast<PackedTime>(time.hour) << 3 |
         static_cast<PackedTime>(time.precision);
}

inline CivilTime unpack(PackedTime packed) {
  return {static_cast<CivilTime::Precision>(packed & 7u), static_cast<int>(packed >> 17),
          static_cast<int>((packed >> 13) & 15u), static_cast<int>((packed >> 8) & 31u),
          static_cast<int>((packed >> 3) & 31u)};
}

}  // namespace steppe
