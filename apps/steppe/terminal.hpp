// SPDX-License-Identifier: Apache-2.0
#pragma once

// Standard output and the terminal.
//
// Standard output belongs to results. A plugin that prints would spoil them, so the program keeps a
// private copy of the descriptor and lets descriptor 1 lead to standard error (P10).

#include <string_view>

#include "core/exit_code.hpp"

namespace steppe {

// Takes standard output away from everybody else. Call once, first.
void claim_standard_output();

// Writes all of it: kComplete, kReaderGone when the reader closed the pipe (D11), kOutputNotWritten
// for any other failure (D10), which is then said on standard error.
ExitCode print(std::string_view text);

bool standard_output_is_terminal();
bool standard_error_is_terminal();
// A terminal that wants colour: NO_COLOR is unset or empty and TERM is not "dumb".
bool wants_colour(bool is_terminal);

}  // namespace steppe
