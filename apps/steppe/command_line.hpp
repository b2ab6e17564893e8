// SPDX-License-Identifier: Apache-2.0
#pragma once

// What was asked on the command line. The only file that leads to CLI11.

#include <cstdint>
#include <string>
#include <vector>

namespace steppe {

enum class Command {
  kNone,  // --help or --version was answered
  kRun,
  kFit,
  kForecast,
  kBacktest,
  kValidate,
  kExplain,
  kSchema,
  kNew,
  kPluginsList,
  kPluginsDescribe,
  kPluginsDoctor,
  kTestPlugin,
};

struct CommandLine {
  Command command = Command::kNone;
  std::string file;  // pipeline, model or plugin
  std::string id;    // of `plugins describe`
  std::string kind;  // of `new`
  std::string name;
  std::string language = "cpp";
  std::string parent = ".";
  std::vector<std::string> plugin_dirs;
  int threads = 0;
  bool quiet = false;
  bool json = false;      // --format json
  bool json_log = false;  // --log-format json
  bool verbose = false;
  std::string model_file;  // of `fit`: what it writes
  std::string until;       // of `forecast`
  std::string output;

  // Of `backtest`.
  std::int64_t horizon = 0;  // 0: the pipeline's own
  std::int64_t origins = 10;
  std::int64_t minimum = 5;

  // Of `test-plugin`.
  int level = 5;
  std::uint64_t seed = 1;
  int jobs = 2;
  std::vector<std::string> cases;
  std::string component;
  std::vector<std::string> options;  // NAME=VALUE
  std::string json_file;
  std::string junit_file;
};

// Parses the arguments. Returns the exit code when the program should end: 0 after --help and
// --version, 2 with the reason and a suggestion on standard error for anything not understood; -1
// when there is a command to carry out.
int parse_command_line(int argc, char** argv, CommandLine& out);

}  // namespace steppe
