// SPDX-License-Identifier: Apache-2.0
#pragma once

// The size of each struct that a plugin hands to the host, as the first revision of the contract
// laid it out: what the host demands, for ever. A struct grows by fields at its end, so a plugin
// built before a field was appended says a smaller size and is accepted; what lies behind that size
// counts as null (STEPPE_HAS_FIELD). Never `sizeof`: it grows with the headers.

#include <cstddef>

#include "steppe/abi/component.h"
#include "steppe/abi/data_source.h"
#include "steppe/abi/entry.h"
#include "steppe/abi/options.h"
#include "steppe/abi/regression.h"
#include "steppe/abi/saved_fit.h"
#include "steppe/abi/sink.h"
#include "steppe/abi/trend_model.h"

namespace steppe {

template <typename Struct>
inline constexpr std::size_t kFirstSize = [] {
  static_assert(sizeof(Struct) == 0, "no struct that a plugin hands to the host");
  return std::size_t{0};
}();

template <>
inline constexpr std::size_t kFirstSize<steppe_plugin> = 72;
template <>
inline constexpr std::size_t kFirstSize<steppe_component> = 80;
template <>
inline constexpr std::size_t kFirstSize<steppe_option> = 72;
template <>
inline constexpr std::size_t kFirstSize<steppe_value> = 48;
template <>
inline constexpr std::size_t kFirstSize<steppe_tag> = 24;
template <>
inline constexpr std::size_t kFirstSize<steppe_table> = 64;
template <>
inline constexpr std::size_t kFirstSize<steppe_trend_model> = 64;
template <>
inline constexpr std::size_t kFirstSize<steppe_regression> = 48;
template <>
inline constexpr std::size_t kFirstSize<steppe_linear_model> = 56;
template <>
inline constexpr std::size_t kFirstSize<steppe_saved_fit> = 40;
template <>
inline constexpr std::size_t kFirstSize<steppe_data_source> = 48;

}  // namespace steppe
