// SPDX-License-Identifier: Apache-2.0
#include "pipeline/spec.hpp"

namespace steppe {

std::string_view name_of(Criterion criterion) {
  switch (criterion) {
    case Criterion::kRSquared:
      return "r_squared";
    case Criterion::kAdjustedRSquared:
      return "adjusted_r_squared";
    case Criterion::kAicc:
      return "aicc";
    case Criterion::kBic:
      return "bic";
    case Criterion::kHoldout:
      return "holdout";
  }
  return "";
}

const std::string& id_of(const StepSpec& step) {
  return std::visit([](const auto& s) -> const std::string& { return s.id; }, step);
}

const Place& place_of(const StepSpec& step) {
  return std::visit([](const auto& s) -> const Place& { return s.place; }, step);
}

}  // namespace steppe
