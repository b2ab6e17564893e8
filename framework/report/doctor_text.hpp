// SPDX-License-Identifier: Apache-2.0
#pragma once

// `steppe plugins doctor` as a person or a program reads it.

#include <string>

#include "core/plugin_diagnosis.hpp"

namespace steppe {

// One file: path, finding, the facts, what to do.
std::string diagnosis_text(const PluginDiagnosis& diagnosis);
std::string diagnosis_json(const PluginDiagnosis& diagnosis);

// Directories searched, notices, every file, and a last line that counts them.
std::string checkup_text(const PluginCheckup& checkup);
std::string checkup_json(const PluginCheckup& checkup);

}  // namespace steppe
