// SPDX-License-Identifier: Apache-2.0
#pragma once

// The parent's side of a probe: starts the child, listens, stops it, and turns how it ended into a
// verdict. The child gets a clean environment, no input, its own process group, its output captured
// and a time limit; afterwards its whole group is killed. What escapes its group (setsid) is not
// found: that needs a control group.

#include <string>

#include "plugin_host/catalogue.hpp"

namespace steppe {

struct ProbeRequest {
  std::string program;  // understands `--probe-plugin FILE`
  std::string path;     // of the plugin
  int descriptor;       // the open file that is judged
  int timeout_ms;
};

struct ProbeResult {
  PluginVerdict verdict;
  bool timed_out = false;
  bool judged = true;  // false: the child could not be run; the verdict says nothing of the plugin
};

ProbeResult probe_in_child(const ProbeRequest& request);

// Descriptors of the child, named to it by this variable ("3,4"): where the verdict goes, and the
// open plugin. A pipe of its own, so that what a plugin prints is never taken for a verdict.
inline constexpr const char* kProbeVariable = "STEPPE_PROBE_DESCRIPTORS";
inline constexpr int kVerdictDescriptor = 3;
inline constexpr int kPluginDescriptor = 4;

}  // namespace steppe
