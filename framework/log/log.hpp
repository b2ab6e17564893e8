// SPDX-License-Identifier: Apache-2.0
#pragma once

// The program's log, on standard error: what happens while it happens. What must be known of a
// result is a warning in the result, not a log line. The only room that knows spdlog.

#include <memory>
#include <string>
#include <string_view>

namespace steppe {

enum class LogFormat { kText, kJson };

// Same order as the levels in abi/host.h.
enum class Severity { kDebug, kInfo, kWarning, kError };

// Thread-safe. Text is escaped before it is written: one line per message, no control characters.
class Log {
 public:
  Log(LogFormat format, Severity threshold);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  // `origin` names who speaks: "steppe", a plugin's label.
  void write(Severity severity, std::string_view origin, std::string_view message);
  LogFormat format() const { return format_; }

 private:
  struct Sink;
  LogFormat format_;
  std::unique_ptr<Sink> sink_;
};

}  // namespace steppe
