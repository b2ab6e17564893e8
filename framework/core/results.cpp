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

}  // namespace steppe
