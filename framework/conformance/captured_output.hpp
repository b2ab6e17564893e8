// SPDX-License-Identifier: Apache-2.0
#pragma once

// While it lives, what is printed on standard output and standard error goes to memory.

#include <string>

#include "plugin_host/plugin_file.hpp"

namespace steppe::conformance {

class CapturedOutput {
 public:
  CapturedOutput();
  ~CapturedOutput();
  CapturedOutput(const CapturedOutput&) = delete;
  CapturedOutput& operator=(const CapturedOutput&) = delete;

  // What was printed so far, its first 4 KiB.
  std::string text() const;

 private:
  Descriptor memory_;
  Descriptor saved_[2];
};

}  // namespace steppe::conformance
