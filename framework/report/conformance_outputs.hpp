// SPDX-License-Identifier: Apache-2.0
#pragma once

// The report of the conformance suite as text for a person, JSON and JUnit XML.

#include <string>

#include "core/conformance.hpp"

namespace steppe {

// A table per level, every failure with rule, what was seen and the command that runs it again, the
// claims of each component, the totals. `every_case` lists the cases that passed, too.
std::string conformance_text(const ConformanceReport& report, bool every_case);

// One object, schema "steppe-conformance-1".
std::string conformance_json(const ConformanceReport& report);

// JUnit XML: a test suite per level, a test case per case and component. A refused file is one case
// with an error.
std::string conformance_junit(const ConformanceReport& report);

}  // namespace steppe
