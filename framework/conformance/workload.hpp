// SPDX-License-Identifier: Apache-2.0
#pragma once

// One whole use of a component, whatever its kind: fit, everything that can be asked, destroy; or
// open, read, report, close. Its data and buffers are made beforehand, so that running it allocates
// nothing but what the plugin does.

#include <memory>
#include <span>
#include <vector>

#include "conformance/harness.hpp"

namespace steppe::conformance {

// How a use ended: the first call that did not answer ok, or the last.
struct UseResult {
  steppe_status status = STEPPE_OK;
  const char* function = "";
  bool fit_with_error = false;  // a call failed, and handed out a fit or stream all the same
  steppe_error error{};

  bool ok() const { return status == STEPPE_OK; }
};
std::string text_of(const UseResult& result);  // "fit: cancelled (...)"

class Workload {
 public:
  // Some series of ordinary length, or so many numbers that a model needs a while.
  enum class Size { kSmall, kLarge };

  virtual ~Workload() = default;
  virtual UseResult run(const steppe_host* host) = 0;
  // All numbers of the last run that was ok, in one order.
  virtual std::span<const double> outputs() const = 0;
  virtual const Instance& instance() const = 0;

  static std::unique_ptr<Workload> of(const CaseContext& context, Size size);
};

// Leaves by fail() when the use does not end well.
void require_ok(const UseResult& result);

}  // namespace steppe::conformance
