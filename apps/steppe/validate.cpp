// SPDX-License-Identifier: Apache-2.0
#include "commands.hpp"
#include "terminal.hpp"

namespace steppe {

ExitCode validate_command(Session& session) {
  const auto spec = session.pipeline();
  if (!spec) return session.say(spec.error());
  return print(spec->file + ": valid, " + std::to_string(spec->steps.size()) + " steps\n");
}

ExitCode schema_command(Session& session) { return print(pipeline_schema(session.catalogue())); }

}  // namespace steppe
