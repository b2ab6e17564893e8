// SPDX-License-Identifier: Apache-2.0
#include "core/fit_report.hpp"

namespace steppe {
namespace {

template <typename Items>
auto find_named(const Items& items, const std::string& name) -> decltype(items.data()) {
  for (const auto& item : items) {
    if (item.name == name) return &item;
  }
  return nullptr;
}

}  // namespace

const double* FitReport::scalar(const std::string& name) const {
  const ReportScalar* found = find_named(scalars, name);
  return found == nullptr ? nullptr : &found->value;
}

const std::string* FitReport::text(const std::string& name) const {
  const ReportText* found = find_named(texts, name);
  return found == nullptr ? nullptr : &found->value;
}

const ReportTable* FitReport::table(const std::string& name) const {
  return find_named(tables, name);
}

}  // namespace steppe
