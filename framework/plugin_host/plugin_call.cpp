// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/plugin_call.hpp"

#include <cstring>
#include <string_view>

#include "plugin_host/notice_board.hpp"
#include "plugin_host/rules.hpp"

namespace steppe {

namespace {

std::string cut_text(const char* text, std::size_t capacity) {
  return escaped({text, strnlen(text, capacity)});
}

}  // namespace

ExitCode exit_code_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInvalidConfig:
    case ErrorKind::kNotSupported:
      return ExitCode::kPipelineRefused;
    case ErrorKind::kInvalidData:
    case ErrorKind::kInsufficientData:
    case ErrorKind::kRankDeficient:
    case ErrorKind::kNotConverged:
    case ErrorKind::kDomainError:
    case ErrorKind::kIo:
      return ExitCode::kDataRefused;
    case ErrorKind::kNetwork:
      return ExitCode::kNetwork;
    case ErrorKind::kCancelled:
      return ExitCode::kInterrupted;
    case ErrorKind::kIncompatibleAbi:
      return ExitCode::kPluginRefused;
    case ErrorKind::kResourceLimit:
      return ExitCode::kResourceLimit;
    case ErrorKind::kDenied:
      return ExitCode::kDenied;
    case ErrorKind::kPluginFault:
    case ErrorKind::kInternal:
      return ExitCode::kPluginFailed;
  }
  return ExitCode::kPluginFailed;
}

Fault broken_contract(const std::string& label, const std::string& code, const std::string& message,
                      const std::string& rule) {
  return {code, ErrorKind::kPluginFault, ExitCode::kPluginFailed, Place{.plugin = label},
          with_rule(message, rule_or_default(rule, code))};
}

Error error_of(steppe_status status, const steppe_error& error) {
  // A status this host does not know is an internal error of the plugin: see abi/status.h.
  const bool known = status >= STEPPE_INVALID_CONFIG && status <= STEPPE_INTERNAL;
  Error out{known ? static_cast<ErrorKind>(status) : ErrorKind::kInternal,
            cut_text(error.message, sizeof(error.message)),
            cut_text(error.where, sizeof(error.where)), cut_text(error.fault, sizeof(error.fault))};
  if (out.message.empty()) {
    out.message = with_rule(std::string(name_of(out.kind)) + ": no reason given", "R15");
  }
  if (strnlen(error.message, sizeof(error.message)) == sizeof(error.message)) {
    out.message = with_rule(out.message + ": the text has no end", "R15");
  }
  if (!known) {
    out.message = with_rule(
        out.message + "; the status " + std::to_string(status) + " does not exist", "R27");
  }
  return out;
}

Fault fault_of(const std::string& label, const Error& error) {
  return {error.fault, error.kind, exit_code_of(error.kind), Place{.plugin = label},
          error.where.empty() ? error.message : error.where + ": " + error.message};
}

PluginCall::Watch::~Watch() {
  const auto changed = before_.restore();
  if (component_.notices() == nullptr) return;
  for (const std::string& what : changed) {
    component_.notices()->post(with_rule(
        component_.label() + " changed " + what + " in " + function_ + "; restored", "R20"));
  }
}

Fault PluginCall::threw(const char* what) const {
  return broken_contract(component_.label(), "P8",
                         std::string(function_) + " let a C++ exception out: " + escaped(what));
}

Outcome<void> PluginCall::settle(steppe_status status, const steppe_error& error) const {
  if (status == STEPPE_OK) return {};
  if (status < 0) {
    return broken_contract(component_.label(), "N19",
                           std::string(function_) + " returned the status " +
                               std::to_string(status) + ", which does not exist",
                           "R27");
  }
  return fault_of(component_.label(), error_of(status, error));
}

}  // namespace steppe
