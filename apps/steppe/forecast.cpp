// SPDX-License-Identifier: Apache-2.0
#include "engine/forecast.hpp"

#include <filesystem>
#include <string>

#include "commands.hpp"
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

ExitCode forecast_command(Session& session) {
  const CommandLine& asked = session.command_line();
  const std::string target =
      asked.output.empty() ? "" : std::filesystem::absolute(asked.output).string();
  if (!target.empty()) {
    const Faults faults = check_outputs({{asked.output, target}});
    if (!faults.empty()) return session.say(faults);
  }
  auto model = load_model(asked.file);
  if (!model) return session.say({model.error()});

  RunMonitor monitor;
  const SignalGuard signals(monitor);
  Services services(session.log(), monitor);
  PluginLoader loader(services);
  const EngineContext context{&session.catalogue(), &loader, &monitor, asked.threads,
                              host_version()};
  auto result = [&] {
    const ProgressBar progress(monitor, !asked.quiet && standard_error_is_terminal());
    return forecast_saved(std::move(*model), {asked.file, asked.until}, context);
  }();
  if (!result) {
    const ExitCode exit = session.say(result.error());
    return exit == ExitCode::kInterrupted ? signals.exit_code() : exit;
  }
  if (!target.empty()) {
    result->written.push_back(asked.output);
    signals.begin_writing();
    const auto written = write_outputs({{asked.output, target, forecast_csv(*result)}});
    if (!written) return session.say({written.error()});
  }
  if (!asked.quiet || asked.json) {
    const ExitCode printed =
        print(asked.json ? result_json(*result)
                         : summary_text(*result, wants_colour(standard_output_is_terminal())));
    if (printed != ExitCode::kComplete) return printed;
  }
  say_failures(session, *result);
  return result->exit;
}

}  // namespace steppe
