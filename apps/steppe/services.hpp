// SPDX-License-Identifier: Apache-2.0
#pragma once

// What plugins are lent, joined from the log and the run's monitor.

#include <string>

#include "engine/monitor.hpp"
#include "log/log.hpp"
#include "plugin_host/library.hpp"

namespace steppe {

class Services : public HostServices {
 public:
  Services(Log& log, RunMonitor& monitor) : log_(log), monitor_(monitor) {}

  void log(int level, const std::string& plugin, const std::string& message) override {
    const bool known = level >= 0 && level <= static_cast<int>(Severity::kError);
    log_.write(known ? static_cast<Severity>(level) : Severity::kError, plugin, message);
  }
  bool cancelled() override { return monitor_.cancelled; }

 private:
  Log& log_;
  RunMonitor& monitor_;
};

}  // namespace steppe
