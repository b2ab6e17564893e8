// SPDX-License-Identifier: Apache-2.0
#include "engine/forecast.hpp"

#include <filesystem>
#include <string>

#include "commands.hpp"
#include "engine_use.hpp"
#include "pipeline/model_file.hpp"
#include "report/atomic_write.hpp"
#include "report/outputs.hpp"

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

  EngineUse engine(session);
  auto result = engine.carry_out([&](const EngineContext& context) {
    return forecast_saved(std::move(*model), {asked.file, asked.until}, context);
  });
  if (!result) return engine.refused(result.error());
  if (!target.empty()) {
    result->written.push_back(asked.output);
    engine.begin_writing();
    const auto written = write_outputs({{asked.output, target, forecast_csv(*result)}});
    if (!written) return session.say({written.error()});
  }
  return engine.finished(*result);
}

}  // namespace steppe
