// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs a program with captured output and a time limit.

#include <string>
#include <vector>

namespace steppe {

struct ChildRequest {
  std::vector<std::string> arguments;    // the program's absolute path first
  std::vector<std::string> environment;  // all of it
  int passed_descriptor;                 // becomes number `passed_as`
  int passed_as;
  int channel_as;  // number of the pipe back to us
  int timeout_ms;
};

struct ChildResult {
  bool started = false;
  std::string problem;  // why not
  bool timed_out = false;
  int exit_code = -1;  // -1 when a signal ended it
  int signal = 0;
  std::string channel;  // what came through the pipe
  std::string output;   // end of standard output and error
};

// Starts it in a process group of its own, waits at most timeout_ms (longer only while the machine
// does not let it run), kills the whole group.
ChildResult run_child(const ChildRequest& request);

}  // namespace steppe
