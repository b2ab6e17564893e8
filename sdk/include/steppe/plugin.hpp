// SPDX-License-Identifier: Apache-2.0
#pragma once

// STEPPE_PLUGIN(Component, ...) writes a plugin's entry: negotiation, tables, exception mapping.
// Include the header of the kind you write (trend_model.hpp, regression.hpp, data_source.hpp); it
// includes this one. A plugin has exactly one STEPPE_PLUGIN, at namespace scope, in one source
// file.
//
// A component is a class with
//   static constexpr steppe::ComponentInfo kInfo   id, version, one-line summary
//   static constexpr steppe::Option kOptions[]     optional: the option table
//   static constexpr steppe::Tag kTags[]           optional: what it claims of itself
// made by `static Result<C> create(const Arguments&)`, `C(const Arguments&)` or `C()`, and the
// functions of its kind.

#include <algorithm>
#include <array>
#include <string>
#include <tuple>

#include "steppe/abi/entry.h"
#include "steppe/detail/component_table.hpp"
#include "steppe/sdk_version.hpp"

namespace steppe::detail {

// Each kind's header specialises this for the components it recognises.
template <typename C>
struct ComponentTable;

inline std::string range_text(std::uint32_t low, std::uint32_t high) {
  const std::string epoch = std::to_string(STEPPE_ABI_EPOCH) + ".";
  return epoch + std::to_string(low) + " to " + epoch + std::to_string(high);
}

template <typename... Components>
steppe_status enter(const steppe_offer* offer, const steppe_plugin** plugin,
                    steppe_error* error) noexcept {
  *plugin = nullptr;
  return guarded(error, [&]() -> steppe_status {
    const std::uint32_t used =
        std::min<std::uint32_t>(offer->revision_current, STEPPE_ABI_REVISION);
    if (used < offer->revision_min || used < STEPPE_ABI_REVISION_MIN) {
      return copy_error(
          {ErrorKind::kIncompatibleAbi,
           "built for SDK ABI " + range_text(STEPPE_ABI_REVISION_MIN, STEPPE_ABI_REVISION) +
               ", host offers " + range_text(offer->revision_min, offer->revision_current) +
               "; rebuild the plugin or change the host",
           "", "B4"},
          error);
    }
    static const std::array<const steppe_component*, sizeof...(Components)> components = {
        ComponentTable<Components>::get()...};
    using First = std::tuple_element_t<0, std::tuple<Components...>>;
    static const steppe_plugin table = {
        sizeof(steppe_plugin),
        STEPPE_PLUGIN_MAGIC,
        STEPPE_ABI_REVISION_MIN,
        STEPPE_ABI_REVISION,
        used,
        sizeof...(Components),
        First::kInfo.id,
        First::kInfo.version,
        First::kInfo.vendor,
        First::kInfo.licence,
        STEPPE_SDK_VERSION,
        components.data(),
    };
    *plugin = &table;
    return STEPPE_OK;
  });
}

}  // namespace steppe::detail

#define STEPPE_EXPORT __attribute__((visibility("default")))

#define STEPPE_PLUGIN(...)                                                                     \
  extern "C" STEPPE_EXPORT steppe_status steppe_plugin_entry_v1(                               \
      const steppe_offer* offer, const steppe_plugin** plugin, steppe_error* error) noexcept { \
    return ::steppe::detail::enter<__VA_ARGS__>(offer, plugin, error);                         \
  }                                                                                            \
  static_assert(true, "STEPPE_PLUGIN ends with a semicolon")
