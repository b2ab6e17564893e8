// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a plugin must leave as it found it (P9): looked at before and after, restored, reported.
//
// CallState is cheap enough for every call: control word of the SSE and x87 units (rounding,
// flush-to-zero, denormals-are-zero, masks) of this thread, and the locale. ProcessState is for
// loading: it adds the working directory, umask, signal handlers and mask, time zone and the three
// standard descriptors, which a plugin's constructors may touch before any check can run.

#include <sys/types.h>

#include <csignal>
#include <cstdint>
#include <string>
#include <vector>

namespace steppe {

class CallState {
 public:
  CallState();  // as it is now
  // Puts back what differs and names it: "flush-to-zero", "the rounding mode", "the locale".
  std::vector<std::string> restore() const;

 private:
  std::uint32_t mxcsr_ = 0;
  std::uint16_t x87_ = 0;
  int rounding_ = 0;
  std::string locale_;
  void* thread_locale_ = nullptr;
};

class ProcessState {
 public:
  ProcessState();
  ~ProcessState();
  ProcessState(const ProcessState&) = delete;
  ProcessState& operator=(const ProcessState&) = delete;
  std::vector<std::string> restore() const;

 private:
  void restore_files(std::vector<std::string>& changed) const;
  void restore_signals(std::vector<std::string>& changed) const;

  static constexpr int kSignals = 32;  // 1 .. 31, the classic ones
  CallState call_;
  int directory_ = -1;
  int standard_[3] = {-1, -1, -1};  // duplicates of descriptors 0 to 2
  mode_t mask_ = 0;
  std::string time_zone_;
  sigset_t blocked_{};
  struct sigaction handlers_[kSignals] = {};
};

// Threads of this process, this one included; 0 where the system does not tell.
std::size_t thread_count();

}  // namespace steppe
