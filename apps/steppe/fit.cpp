// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <string>

#include "commands.hpp"
#include "engine/run.hpp"
#include "failures.hpp"
#include "pipeline/model_file.hpp"
#include "progress_bar.hpp"
#include "report/atomic_write.hpp"
#include "report/outputs.hpp"
#include "services.hpp"
#include "signals.hpp"
#include "terminal.hpp"
#include "version.hpp"

namespace steppe {

ExitCode fit_command(Session& session) {
  const CommandLine& asked = session.command_line();
  const auto spec = session.pipeline();
  if (!spec) return session.say(spec.error());
  const std::string target = std::filesystem::absolute(asked.model_file).string();
  if (const Faults faults = check_outputs({{asked.model_file, target}}); !faults.empty()) {
    return session.say(faults);
  }

  RunMonitor monitor;
  const SignalGuard signals(monitor);
  Services services(session.log(), monitor);
  PluginLoader loader(services);
  const EngineContext context{&session.catalogue(), &loader, &monitor, asked.threads,
                              host_version()};
  auto fitted = [&] {
    const ProgressBar progress(monitor, !asked.quiet && standard_error_is_terminal());
    return fit_pipeline(*spec, context);
  }();
  if (!fitted) {
    const ExitCode exit = session.say(fitted.error());
    return exit == ExitCode::kInterrupted ? signals.exit_code() : exit;
  }
  RunResult& result = fitted->result;
  result.written.push_back(asked.model_file);
  const std::string bytes = model_bytes(fitted->model);
  signals.begin_writing();
  if (const auto written = write_outputs({{asked.model_file, target, bytes}}); !written) {
    return session.say({written.error()});
  }
  if (!asked.quiet || asked.json) {
    const ExitCode printed =
        print(asked.json ? result_json(result)
                         : summary_text(result, wants_colour(standard_output_is_terminal())));
    if (printed != ExitCode::kComplete) return printed;
  }
  say_failures(session, result);
  return result.exit;
}

}  // namespace steppe
