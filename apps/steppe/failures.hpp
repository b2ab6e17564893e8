// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/results.hpp"
#include "session.hpp"

namespace steppe {

// Says the failed series of a result on standard error, the first few in full.
void say_failures(Session& session, const RunResult& result);

}  // namespace steppe
