// SPDX-License-Identifier: Apache-2.0
#pragma once

// SIGINT, SIGTERM and SIGHUP stop a run in good order: the flag of its monitor is set, the run ends
// soon and writes nothing. A second SIGINT ends the program at once (S2).

#include "core/exit_code.hpp"
#include "engine/monitor.hpp"

namespace steppe {

class SignalGuard {
 public:
  explicit SignalGuard(RunMonitor& monitor);
  ~SignalGuard();
  SignalGuard(const SignalGuard&) = delete;
  SignalGuard& operator=(const SignalGuard&) = delete;

  // 130 after SIGINT, 143 after SIGTERM or SIGHUP.
  ExitCode exit_code() const;
};

}  // namespace steppe
