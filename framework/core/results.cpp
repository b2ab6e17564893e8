// SPDX-License-Identifier: Apache-2.0
#include "core/results.hpp"

namespace steppe {

std::string_view name_of(SeriesStatus status) {
  switch (status) {
    case SeriesStatus::kOk:
      return "ok";
    case SeriesStatus::kDegraded:
      return "degraded";
    case SeriesStatus::kFailed:
      return "failed";
  }
  return "failed";
}

std::string_view name_of(CorrelationSource source) {
  switch (source) {
    case CorrelationSource::kResiduals:
      return "residuals";
    case CorrelationSource::kRolling:
      return "rolling";
    case CorrelationSource::kNone:
      break;
  }
  return "none";
}

std::string_view name_of(Uncertainty uncertainty) {
  switch (uncertainty) {
    case Uncertainty::kClosedForm:
      return "closed_form";
    case Uncertainty::kSimulation:
      return "simulation";
    case Uncertainty::kKnownDrivers:
      break;
  }
  return "known_drivers";
}

}  // namespace steppe
