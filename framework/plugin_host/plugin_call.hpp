// SPDX-License-Identifier: Apache-2.0
#pragma once

// One call into a plugin: names the component for log lines, catches what a plugin lets out (P8),
// turns the C status and error into a Fault, and restores and reports a changed floating-point
// state or locale (P9).

#include <exception>
#include <optional>
#include <string>

#include "core/fault.hpp"
#include "plugin_host/host_services.hpp"
#include "plugin_host/library.hpp"
#include "plugin_host/process_state.hpp"
#include "steppe/abi/status.h"

namespace steppe {

// How the program ends when an error of this kind stops it. Errors of single series are the
// engine's to weigh.
ExitCode exit_code_of(ErrorKind kind);

// A broken contract: `plugin=trend.x@1.0.0: fit: ... (rule R12)`, exit code 6. The rule, where the
// code does not tell it: see rules.hpp.
Fault broken_contract(const std::string& label, const std::string& code, const std::string& message,
                      const std::string& rule = {});

// The text of an error a plugin filled in, escaped and cut where it has no final zero.
Error error_of(steppe_status status, const steppe_error& error);

// Its own words as a fault.
Fault fault_of(const std::string& label, const Error& error);

class PluginCall {
 public:
  PluginCall(const Component& component, const char* function)
      : component_(component), function_(function) {}

  // body(steppe_error*) returns a steppe_status.
  template <typename Body>
  Outcome<void> run(Body&& body) {
    steppe_error error{};
    error.struct_size = sizeof(error);
    steppe_status status = STEPPE_OK;
    auto thrown = guard([&] { status = body(&error); });
    if (thrown) return *std::move(thrown);
    return settle(status, error);
  }

  // For functions that return nothing.
  template <typename Body>
  std::optional<Fault> guard(Body&& body) {
    const Watch watch(component_, function_);
    try {
      body();
    } catch (const std::exception& exception) {
      return threw(exception.what());
    } catch (...) {
      return threw("of an unknown type");
    }
    return std::nullopt;
  }

 private:
  // Looks at the state before, restores and reports after.
  class Watch {
   public:
    Watch(const Component& component, const char* function)
        : component_(component), function_(function), current_(component.label()) {}
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

   private:
    const Component& component_;
    const char* function_;
    CurrentComponent current_;
    CallState before_;
  };

  Fault threw(const char* what) const;
  Outcome<void> settle(steppe_status status, const steppe_error& error) const;

  const Component& component_;
  const char* function_;
};

}  // namespace steppe
