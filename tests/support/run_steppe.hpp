// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests of the whole program: runs `steppe` as a person would and gives back what it said.

#include <filesystem>
#include <string>
#include <vector>

#include "support/temporary_folder.hpp"

namespace steppe::testing {

struct ProgramRun {
  int exit_code = -1;  // 128 + signal when a signal ended it
  std::string out;
  std::string err;
};

struct ProgramSettings {
  std::filesystem::path folder;          // working directory; empty: this one
  std::vector<std::string> environment;  // NAME=value, added to a small fixed environment
  int interrupt_after_ms = 0;            // sends SIGINT then; 0: never
  int signal = 2;                        // the signal to send
};

// Runs build/bin/steppe with the plugins of the build tree; standard input is empty. Fails the test
// when it takes more than a minute.
ProgramRun run_steppe(const std::vector<std::string>& arguments,
                      const ProgramSettings& settings = {});

}  // namespace steppe::testing
