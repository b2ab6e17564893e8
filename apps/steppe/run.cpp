// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "commands.hpp"
#include "engine_use.hpp"
#include "report/atomic_write.hpp"
#include "report/outputs.hpp"

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

Faults write_all(const PipelineSpec& spec, const EngineUse& engine, RunResult& result) {
  for (const OutputSpec& output : spec.outputs) result.written.push_back(output.path);
  std::vector<OutputFile> files;
  for (const OutputSpec& output : spec.outputs) {
    files.push_back({output.path, output.absolute, content_of(output, result)});
  }
  engine.begin_writing();
  const Outcome<bool> written = write_outputs(files);
  return written ? Faults{} : Faults{written.error()};
}

}  // namespace

ExitCode run_command(Session& session) {
  const auto spec = session.pipeline();
  if (!spec) return session.say(spec.error());
  if (const Faults faults = check_targets(*spec); !faults.empty()) return session.say(faults);

  EngineUse engine(session);
  auto result =
      engine.carry_out([&](const EngineContext& context) { return run_pipeline(*spec, context); });
  if (!result) return engine.refused(result.error());
  if (const Faults faults = write_all(*spec, engine, *result); !faults.empty())
    return session.say(faults);
  return engine.finished(*result);
}

}  // namespace steppe
