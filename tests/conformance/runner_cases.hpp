// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "conformance/case.hpp"

namespace steppe::conformance {

// Cases that pass, fail, crash, hang, print, leave, throw and overrun.
std::span<const Case> runner_cases();

}  // namespace steppe::conformance
