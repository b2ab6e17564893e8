// SPDX-License-Identifier: Apache-2.0
#pragma once

// What `steppe plugins doctor` says of a plugin file: a finding in plain words, the facts behind it
// and what to do. Made by plugin_host, shown by report. Texts are escaped: safe for a terminal.

#include <string>
#include <utility>
#include <vector>

namespace steppe {

// A named list of lines: "needs", {"libc.so.6: /lib/libc.so.6", "libfoo.so.1: not found"}.
struct DiagnosisFact {
  std::string name;  // snake_case
  std::vector<std::string> lines;
};

struct PluginDiagnosis {
  std::string path;
  bool usable = false;  // it is accepted and no other file has one of its ids
  std::string fault;    // "B6"; empty where usable
  std::string rule;     // "R1"; empty where no rule of the contract is broken
  std::string finding;  // one line
  std::vector<DiagnosisFact> facts;
  std::vector<std::string> remedies;  // what to do, in this order; empty where nothing is
};

struct PluginCheckup {
  std::vector<std::pair<std::string, std::string>> directories;  // path and who named it
  std::vector<std::string> notices;
  std::vector<PluginDiagnosis> plugins;
};

}  // namespace steppe
