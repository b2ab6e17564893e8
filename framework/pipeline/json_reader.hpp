// SPDX-License-Identifier: Apache-2.0
#pragma once

// Strict JSON (RFC 8259) to a tree with positions. Refuses depth and size before building anything
// deep, duplicate keys with both positions, and every syntax error with line, column and the
// offending token. The grammar is nlohmann's; positions and words are ours.

#include <cstddef>
#include <optional>
#include <string_view>

#include "pipeline/fault_list.hpp"
#include "pipeline/json_value.hpp"

namespace steppe {

struct JsonOptions {
  std::size_t max_depth = 64;
  std::size_t max_nodes = 10'000;  // values, containers included
  std::size_t skipped_bytes = 0;   // of a byte order mark before the text, for byte offsets
};

// Empty when the text could not be read; one fault then says why. Duplicate keys are faults too but
// do not stop the reading.
std::optional<JsonValue> read_json(std::string_view text, const JsonOptions& options,
                                   FaultList& faults);

}  // namespace steppe
