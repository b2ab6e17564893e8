// SPDX-License-Identifier: Apache-2.0
#pragma once

// What run, fit and forecast share: the engine with its plugins, signals and progress, and how its
// end is said.

#include "engine/run.hpp"
#include "progress_bar.hpp"
#include "services.hpp"
#include "session.hpp"
#include "signals.hpp"

namespace steppe {

class EngineUse {
 public:
  explicit EngineUse(Session& session);
  EngineUse(const EngineUse&) = delete;  // points into itself
  EngineUse& operator=(const EngineUse&) = delete;

  // work(context), under a progress bar where one is wanted.
  template <typename Work>
  auto carry_out(const Work& work) {
    const ProgressBar progress(monitor_, shows_progress_);
    return work(context_);
  }

  // From here on files change.
  void begin_writing() const { signals_.begin_writing(); }

  // Each says what it is given and returns how the program ends.
  ExitCode refused(const Faults& faults);
  ExitCode finished(const RunResult& result);

 private:
  Session& session_;
  RunMonitor monitor_;
  SignalGuard signals_;
  Services services_;
  PluginLoader loader_;
  EngineContext context_;
  bool shows_progress_;
};

}  // namespace steppe
