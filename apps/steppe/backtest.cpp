// SPDX-License-Identifier: Apache-2.0
#include "engine/backtest.hpp"

#include <filesystem>
#include <string>

#include "commands.hpp"
#include "engine_use.hpp"
#include "report/atomic_write.hpp"
#include "report/backtest_outputs.hpp"
#include "terminal.hpp"

namespace steppe {

ExitCode backtest_command(Session& session) {
  const CommandLine& asked = session.command_line();
  const std::string target =
      asked.output.empty() ? "" : std::filesystem::absolute(asked.output).string();
  if (!target.empty()) {
    const Faults faults = check_outputs({{asked.output, target}});
    if (!faults.empty()) return session.say(faults);
  }
  const auto spec = session.pipeline();
  if (!spec) return session.say(spec.error());

  EngineUse engine(session);
  BacktestRequest request;
  if (asked.horizon > 0) request.horizon = asked.horizon;
  request.origins = asked.origins;
  request.minimum_train = asked.minimum;
  auto result = engine.carry_out(
      [&](const EngineContext& context) { return backtest_pipeline(*spec, request, context); });
  if (!result) return engine.refused(result.error());
  if (!target.empty()) {
    result->written.push_back(asked.output);
    engine.begin_writing();
    const auto written = write_outputs({{asked.output, target, backtest_csv(*result)}});
    if (!written) return session.say({written.error()});
  }
  if (asked.quiet && !asked.json) return result->exit;
  const ExitCode printed =
      print(asked.json ? backtest_json(*result)
                       : backtest_text(*result, wants_colour(standard_output_is_terminal())));
  return printed == ExitCode::kComplete ? result->exit : printed;
}

}  // namespace steppe
