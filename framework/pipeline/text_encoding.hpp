// SPDX-License-Identifier: Apache-2.0
#pragma once

// Is a file's text UTF-8 at all? Found out before anything looks at its structure (J4, J8, J14).

#include <cstddef>
#include <string_view>

#include "pipeline/fault_list.hpp"

namespace steppe {

// The text without a UTF-8 byte order mark. Faults: empty or blank text (J14), UTF-16 and UTF-32,
// invalid UTF-8, a second mark (J8), a NUL byte (J4).
std::string_view checked_text(std::string_view bytes, FaultList& faults);

}  // namespace steppe
