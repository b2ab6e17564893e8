// SPDX-License-Identifier: Apache-2.0
#pragma once

// Reads a pipeline file as bytes. Never blocks and reads nothing but a regular file: directories,
// FIFOs, devices and sockets are refused by name (J14), files over the limit as well (J9).

#include <cstddef>
#include <optional>
#include <string>

#include "pipeline/fault_list.hpp"

namespace steppe {

// `noun` says in messages what the file should be.
std::optional<std::string> load_text(const std::string& path, std::size_t max_bytes,
                                     FaultList& faults, const char* noun = "a pipeline file");

// Reports text that is longer than the limit.
bool within_limit(std::size_t size, std::size_t max_bytes, FaultList& faults);

}  // namespace steppe
