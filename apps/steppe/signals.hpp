// SPDX-License-Identifier: Apache-2.0
#pragma once

// SIGINT, SIGTERM and SIGHUP stop a run in good order: the flag of its monitor is set, the run ends
// soon and writes nothing. What does not look at the flag in time is left where it is: 0.8 seconds
// after the signal the program ends by itself, unless it is just putting its files in place, which
// it finishes. A second SIGINT ends it at once (S2).

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

  // From here on files change: the program is not to be ended in between.
  void begin_writing() const;
};

}  // namespace steppe
