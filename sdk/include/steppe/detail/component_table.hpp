// SPDX-License-Identifier: Apache-2.0
#pragma once

// Builds the static C tables of a component from its C++ description, once, on first use.

#include <concepts>
#include <deque>
#include <memory>
#include <string_view>
#include <vector>

#include "steppe/abi/component.h"
#include "steppe/detail/border.hpp"
#include "steppe/host.hpp"
#include "steppe/options.hpp"

namespace steppe {

// Who a component is. `id` is kind, dot, name, as pipelines spell it.
struct ComponentInfo {
  const char* id;
  const char* version;
  const char* summary;
  const char* vendor = "";
  const char* licence = "";
};

// One claim a component makes of itself; the names are listed in abi/component.h.
struct Tag {
  const char* name;
  std::int64_t value = 1;
};

}  // namespace steppe

namespace steppe::detail {

template <typename C>
concept HasOptions = requires { std::span<const Option>(C::kOptions); };
template <typename C>
concept HasTags = requires { std::span<const Tag>(C::kTags); };
template <typename C>
concept HasCreate = requires(const Arguments& a) {
  { C::create(a) } -> std::same_as<Result<C>>;
};

// The C form of an option table; owns what the C structs point to.
class OptionTable {
 public:
  explicit OptionTable(std::span<const Option> options) {
    for (const Option& option : options) pointers_.push_back(&add(option));
  }
  const steppe_option* const* data() const { return pointers_.data(); }
  std::uint32_t size() const { return static_cast<std::uint32_t>(pointers_.size()); }

 private:
  const steppe_option& add(const Option& option) {
    steppe_option& out = options_.emplace_back();
    out.struct_size = sizeof(out);
    out.type = static_cast<std::int32_t>(option.type);
    out.flags = flags_of(option);
    out.name = option.name;
    out.unit = option.unit;
    out.help = option.help;
    out.choices = option.choices.data();
    out.choice_count = static_cast<std::uint32_t>(option.choices.size());
    out.minimum = option.minimum.value_or(0);
    out.maximum = option.maximum.value_or(0);
    out.default_value = default_of(option);
    return out;
  }

  static std::uint32_t flags_of(const Option& option) {
    std::uint32_t flags = 0;
    if (option.required) flags |= STEPPE_OPTION_REQUIRED;
    if (option.path) flags |= STEPPE_OPTION_PATH;
    if (option.secret) flags |= STEPPE_OPTION_SECRET;
    if (option.minimum) flags |= STEPPE_OPTION_HAS_MINIMUM;
    if (option.maximum) flags |= STEPPE_OPTION_HAS_MAXIMUM;
    if (option.exclusive_minimum) flags |= STEPPE_OPTION_EXCLUSIVE_MINIMUM;
    if (option.exclusive_maximum) flags |= STEPPE_OPTION_EXCLUSIVE_MAXIMUM;
    return flags;
  }

  const steppe_value* default_of(const Option& option) {
    steppe_value value{};
    value.struct_size = sizeof(value);
    value.type = static_cast<std::int32_t>(option.type);
    value.count = 1;
    if (option.default_bool) {
      value.integers = &integers_.emplace_back(*option.default_bool ? 1 : 0);
    } else if (option.default_integer) {
      value.integers = &integers_.emplace_back(*option.default_integer);
    } else if (option.default_double) {
      value.doubles = &doubles_.emplace_back(*option.default_double);
    } else if (option.default_string != nullptr) {
      value.strings = &strings_.emplace_back(option.default_string);
    } else {
      return nullptr;
    }
    return &values_.emplace_back(value);
  }

  // Deques: growing them moves nothing.
  std::deque<steppe_option> options_;
  std::deque<steppe_value> values_;
  std::deque<std::int64_t> integers_;
  std::deque<double> doubles_;
  std::deque<const char*> strings_;
  std::vector<const steppe_option*> pointers_;
};

class TagTable {
 public:
  explicit TagTable(std::span<const Tag> tags) {
    for (const Tag& tag : tags) {
      pointers_.push_back(
          &tags_.emplace_back(steppe_tag{sizeof(steppe_tag), 0, tag.name, tag.value}));
    }
  }
  const steppe_tag* const* data() const { return pointers_.data(); }
  std::uint32_t size() const { return static_cast<std::uint32_t>(pointers_.size()); }

 private:
  std::deque<steppe_tag> tags_;
  std::vector<const steppe_tag*> pointers_;
};

// Makes a C from the host's arguments: by C::create, by C(arguments), or by C().
template <typename C>
Result<C> make_component(const Arguments& arguments) {
  if constexpr (HasCreate<C>) {
    return C::create(arguments);
  } else if constexpr (std::constructible_from<C, const Arguments&>) {
    return C(arguments);
  } else {
    return C();
  }
}

template <typename C>
steppe_status create_component(const steppe_component*, const steppe_argument* const* arguments,
                               std::uint64_t count, const steppe_host*, void** instance,
                               steppe_error* error) noexcept {
  *instance = nullptr;
  return guarded(error, [&]() -> steppe_status {
    Result<C> made = make_component<C>(Arguments(arguments, count));
    if (!made) return copy_error(made.error(), error);
    *instance = std::make_unique<C>(std::move(*made)).release();
    return STEPPE_OK;
  });
}

template <typename C>
void destroy_component(void* instance) noexcept {
  delete static_cast<C*>(instance);
}

// The component's table. `Query` answers capability ids.
template <typename C, const void* (*Query)(std::string_view) noexcept>
const steppe_component* component_table() {
  static const OptionTable options = [] {
    if constexpr (HasOptions<C>) return OptionTable(C::kOptions);
    return OptionTable({});
  }();
  static const TagTable tags = [] {
    if constexpr (HasTags<C>) return TagTable(C::kTags);
    return TagTable({});
  }();
  static const steppe_component table = {
      sizeof(steppe_component),
      options.size(),
      tags.size(),
      0,
      C::kInfo.id,
      C::kInfo.version,
      C::kInfo.summary,
      options.data(),
      tags.data(),
      &create_component<C>,
      &destroy_component<C>,
      [](const steppe_component*, const char* id) -> const void* {
        return id == nullptr ? nullptr : Query(id);
      },
  };
  return &table;
}

}  // namespace steppe::detail
