// SPDX-License-Identifier: Apache-2.0
#pragma once

// One function per sub-command; each returns how the program ends.

#include "core/exit_code.hpp"
#include "session.hpp"

namespace steppe {

ExitCode run_command(Session& session);
ExitCode fit_command(Session& session);
ExitCode forecast_command(Session& session);
ExitCode backtest_command(Session& session);
ExitCode validate_command(Session& session);
ExitCode explain_command(Session& session);
ExitCode schema_command(Session& session);
ExitCode new_command(Session& session);
ExitCode plugins_list_command(Session& session);
ExitCode plugins_describe_command(Session& session);
ExitCode plugins_doctor_command(Session& session);
ExitCode test_plugin_command(Session& session);

}  // namespace steppe
