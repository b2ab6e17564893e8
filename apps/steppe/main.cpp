// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <exception>
#include <string_view>

#include "command_line.hpp"
#include "commands.hpp"
#include "conformance/child.hpp"
#include "conformance/runner.hpp"
#include "plugin_host/catalogue.hpp"
#include "session.hpp"
#include "terminal.hpp"

namespace steppe {
namespace {

ExitCode carry_out(Session& session) {
  switch (session.command_line().command) {
    case Command::kNone:
      return ExitCode::kComplete;
    case Command::kRun:
      return run_command(session);
    case Command::kFit:
      return fit_command(session);
    case Command::kForecast:
      return forecast_command(session);
    case Command::kBacktest:
      return backtest_command(session);
    case Command::kValidate:
      return validate_command(session);
    case Command::kExplain:
      return explain_command(session);
    case Command::kSchema:
      return schema_command(session);
    case Command::kNew:
      return new_command(session);
    case Command::kPluginsList:
      return plugins_list_command(session);
    case Command::kPluginsDescribe:
      return plugins_describe_command(session);
    case Command::kPluginsDoctor:
      return plugins_doctor_command(session);
    case Command::kTestPlugin:
      return test_plugin_command(session);
  }
  return ExitCode::kInternal;
}

int main_without_exceptions(int argc, char** argv) {
  // The child processes of the catalogue and of the conformance suite; not commands for people.
  if (argc == 3 && std::string_view(argv[1]) == "--probe-plugin") return run_probe(argv[2]);
  if (argc > 1 && std::string_view(argv[1]) == conformance::kCaseArgument) {
    return conformance::run_case_in_child({argv + 2, argv + argc}, conformance::all_cases());
  }
  CommandLine command_line;
  const int ended = parse_command_line(argc, argv, command_line);
  if (ended >= 0) return ended;
  claim_standard_output();
  Session session(command_line);
  return static_cast<int>(carry_out(session));
}

}  // namespace
}  // namespace steppe

int main(int argc, char** argv) {
  try {
    return steppe::main_without_exceptions(argc, argv);
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "error[internal] %s; this is a bug of steppe: please report it\n",
                 exception.what());
  } catch (...) {
    std::fputs("error[internal] an unknown exception; this is a bug of steppe\n", stderr);
  }
  return static_cast<int>(steppe::ExitCode::kInternal);
}
