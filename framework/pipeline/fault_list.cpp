// SPDX-License-Identifier: Apache-2.0
#include "pipeline/fault_list.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace steppe {
namespace {

bool is_plain_word(std::string_view key) {
  constexpr std::string_view kSpecial = " .[]\"\\'()";
  return !key.empty() && key.find_first_of(kSpecial) == std::string_view::npos;
}

auto position_of(const Fault& fault) { return std::tie(fault.place.line, fault.place.column); }

}  // namespace

void FaultList::refuse(std::string code, const Where& where, std::string message) {
  add({std::move(code), ErrorKind::kInvalidConfig, ExitCode::kPipelineRefused, place(where),
       std::move(message)});
}

void FaultList::exceed(std::string code, const Where& where, std::string message) {
  add({std::move(code), ErrorKind::kResourceLimit, ExitCode::kResourceLimit, place(where),
       std::move(message)});
}

void FaultList::deny(std::string code, const Where& where, std::string message) {
  add({std::move(code), ErrorKind::kDenied, ExitCode::kDenied, place(where), std::move(message)});
}

void FaultList::not_available(std::string code, const Where& where, std::string message) {
  add({std::move(code), ErrorKind::kNotSupported, ExitCode::kPipelineRefused, place(where),
       std::move(message)});
}

Place FaultList::place(const Where& where) const {
  Place out;
  out.file = file_;
  out.line = where.position.line;
  out.column = where.position.column;
  out.json_path = where.path;
  return out;
}

Faults FaultList::take() {
  std::stable_sort(faults_.begin(), faults_.end(),
                   [](const Fault& a, const Fault& b) { return position_of(a) < position_of(b); });
  const auto same = [](const Fault& a, const Fault& b) {
    return position_of(a) == position_of(b) && a.code == b.code && a.message == b.message;
  };
  faults_.erase(std::unique(faults_.begin(), faults_.end(), same), faults_.end());
  return std::exchange(faults_, {});
}

std::string path_of_member(const std::string& object, std::string_view key) {
  if (!is_plain_word(key)) return object + "[" + steppe::quoted(key, 60) + "]";
  return object.empty() ? std::string(key) : object + "." + std::string(key);
}

std::string path_of_item(const std::string& list, std::size_t index) {
  return list + "[" + std::to_string(index) + "]";
}

}  // namespace steppe
