// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <string>

#include "commands.hpp"
#include "engine_use.hpp"
#include "pipeline/model_file.hpp"
#include "report/atomic_write.hpp"

namespace steppe {

ExitCode fit_command(Session& session) {
  const CommandLine& asked = session.command_line();
  const auto spec = session.pipeline();
  if (!spec) return session.say(spec.error());
  const std::string target = std::filesystem::absolute(asked.model_file).string();
  if (const Faults faults = check_outputs({{asked.model_file, target}}); !faults.empty()) {
    return session.say(faults);
  }

  EngineUse engine(session);
  auto fitted =
      engine.carry_out([&](const EngineContext& context) { return fit_pipeline(*spec, context); });
  if (!fitted) return engine.refused(fitted.error());
  fitted->result.written.push_back(asked.model_file);
  const std::string bytes = model_bytes(fitted->model);
  engine.begin_writing();
  if (const auto written = write_outputs({{asked.model_file, target, bytes}}); !written) {
    return session.say({written.error()});
  }
  return engine.finished(fitted->result);
}

}  // namespace steppe
