// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "commands.hpp"
#include "engine/run.hpp"
#include "failures.hpp"
#include "progress_bar.hpp"
#include "report/atomic_write.hpp"
#include "report/outputs.hpp"
#include "services.hpp"
#include "signals.hpp"
#include "terminal.hpp"
#include "version.hpp"

namespace steppe {
namespace {

std::string content_of(const OutputSpec& output, const RunResult& result) {
  switch (output.kind) {
    case OutputKind::kForecast:
      return forecast_csv(result);
    case OutputKind::kResult:
      return result_json(result);
    case OutputKind::kRecord:
      return record_json(result);
  }
  return "";
}

Faults check_targets(const PipelineSpec& spec) {
  std::vector<std::pair<std::string, std::string>> targets;
  for (const OutputSpec& output : spec.outputs) targets.emplace_back(output.path, output.absolute);
  return check_outputs(targets);
}

Faults write_all(const PipelineSpec& spec, const SignalGuard& signals, RunResult& result) {
  for (const OutputSpec& output : spec.outputs) result.written.push_back(output.path);
  std::vector<OutputFile> files;
  for (const OutputSpec& output : spec.outputs) {
    files.push_back({output.path, output.absolute, content_of(output, result)});
  }
  signals.begin_writing();
  const Outcome<bool> written = write_outputs(files);
  return written ? Faults{} : Faults{written.error()};
}

}  // namespace

ExitCode run_command(Session& session) {
  const auto spec = session.pipeline();
  if (!spec) return session.say(spec.error());
  if (const Faults faults = check_targets(*spec); !faults.empty()) return session.say(faults);

  RunMonitor monitor;
  const SignalGuard signals(monitor);
  Services services(session.log(), monitor);
  PluginLoader loader(services);
  const EngineContext context{&session.catalogue(), &loader, &monitor,
                              session.command_line().threads, host_version()};
  const bool bar = !session.command_line().quiet && standard_error_is_terminal();
  auto result = [&] {
    const ProgressBar progress(monitor, bar);
    return run_pipeline(*spec, context);
  }();
  if (!result) {
    const ExitCode exit = session.say(result.error());
    return exit == ExitCode::kInterrupted ? signals.exit_code() : exit;
  }
  if (const Faults faults = write_all(*spec, signals, *result); !faults.empty())
    return session.say(faults);
  if (!session.command_line().quiet || session.command_line().json) {
    const ExitCode printed =
        print(session.command_line().json
                  ? result_json(*result)
                  : summary_text(*result, wants_colour(standard_output_is_terminal())));
    if (printed != ExitCode::kComplete) return printed;
  }
  say_failures(session, *result);
  return result->exit;
}

}  // namespace steppe
