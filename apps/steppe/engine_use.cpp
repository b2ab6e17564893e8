// SPDX-License-Identifier: Apache-2.0
#include "engine_use.hpp"

#include "failures.hpp"
#include "report/outputs.hpp"
#include "terminal.hpp"
#include "version.hpp"

namespace steppe {

EngineUse::EngineUse(Session& session)
    : session_(session),
      signals_(monitor_),
      services_(session.log(), monitor_),
      loader_(services_),
      context_{&session.catalogue(), &loader_, &monitor_, session.command_line().threads,
               host_version()},
      shows_progress_(!session.command_line().quiet && standard_error_is_terminal()) {}

ExitCode EngineUse::refused(const Faults& faults) {
  const ExitCode exit = session_.say(faults);
  return exit == ExitCode::kInterrupted ? signals_.exit_code() : exit;
}

ExitCode EngineUse::finished(const RunResult& result) {
  const CommandLine& asked = session_.command_line();
  if (!asked.quiet || asked.json) {
    const ExitCode printed =
        print(asked.json ? result_json(result)
                         : summary_text(result, wants_colour(standard_output_is_terminal())));
    if (printed != ExitCode::kComplete) return printed;
  }
  say_failures(session_, result);
  return result.exit;
}

}  // namespace steppe
