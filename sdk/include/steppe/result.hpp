// SPDX-License-Identifier: Apache-2.0
#pragma once

// The outcome of something that may fail: a value or an error. Nothing in Steppe throws across a
// room or a library border; functions that can fail return Result<T>.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "steppe/abi/status.h"

namespace steppe {

// The kinds of error there are, the same numbers as on the C border. Appended only.
enum class ErrorKind : std::int32_t {
  kInvalidConfig = STEPPE_INVALID_CONFIG,
  kInvalidData = STEPPE_INVALID_DATA,
  kInsufficientData = STEPPE_INSUFFICIENT_DATA,
  kNotSupported = STEPPE_NOT_SUPPORTED,
  kRankDeficient = STEPPE_RANK_DEFICIENT,
  kNotConverged = STEPPE_NOT_CONVERGED,
  kDomainError = STEPPE_DOMAIN_ERROR,
  kIo = STEPPE_IO,
  kNetwork = STEPPE_NETWORK,
  kCancelled = STEPPE_CANCELLED,
  kIncompatibleAbi = STEPPE_INCOMPATIBLE_ABI,
  kPluginFault = STEPPE_PLUGIN_FAULT,
  kResourceLimit = STEPPE_RESOURCE_LIMIT,
  kDenied = STEPPE_DENIED,
  kInternal = STEPPE_INTERNAL,
};

// "invalid_config", ... : the name of a kind in results and logs.
constexpr const char* name_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInvalidConfig:
      return "invalid_config";
    case ErrorKind::kInvalidData:
      return "invalid_data";
    case ErrorKind::kInsufficientData:
      return "insufficient_data";
    case ErrorKind::kNotSupported:
      return "not_supported";
    case ErrorKind::kRankDeficient:
      return "rank_deficient";
    case ErrorKind::kNotConverged:
      return "not_converged";
    case ErrorKind::kDomainError:
      return "domain_error";
    case ErrorKind::kIo:
      return "io";
    case ErrorKind::kNetwork:
      return "network";
    case ErrorKind::kCancelled:
      return "cancelled";
    case ErrorKind::kIncompatibleAbi:
      return "incompatible_abi";
    case ErrorKind::kPluginFault:
      return "plugin_fault";
    case ErrorKind::kResourceLimit:
      return "resource_limit";
    case ErrorKind::kDenied:
      return "denied";
    case ErrorKind::kInternal:
      return "internal";
  }
  return "internal";
}

// What went wrong. `fault` is the name in the fault catalogue ("N6") or empty, `where` the position
// in the data or the options ("row 5"), `message` one line: what was given, what is allowed, what
// to do.
struct Error {
  ErrorKind kind = ErrorKind::kInternal;
  std::string message;
  std::string where = {};
  std::string fault = {};
};

// A value of T, or an E. Reading the wrong one is a programming error.
template <typename T, typename E = Error>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(E error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  E& error() & { return std::get<1>(state_); }
  const E& error() const& { return std::get<1>(state_); }
  E&& error() && { return std::get<1>(std::move(state_)); }

 private:
  std::variant<T, E> state_;
};

// Success without a value, or an E.
template <typename E>
class [[nodiscard]] Result<void, E> {
 public:
  Result() = default;
  Result(E error) : error_(std::move(error)) {}

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  E& error() & { return *error_; }
  const E& error() const& { return *error_; }
  E&& error() && { return *std::move(error_); }

 private:
  std::optional<E> error_;
};

}  // namespace steppe
