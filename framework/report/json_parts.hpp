// SPDX-License-Identifier: Apache-2.0
#pragma once

// Members that the result object and the run record share.

#include <string>
#include <vector>

#include "core/results.hpp"
#include "report/json_text.hpp"

namespace steppe {

// "error": {"fault", "kind", "where", "message"}
void write_error(JsonText& json, const Error& error);
// "warnings": [{"code", "text"}]
void write_warnings(JsonText& json, const std::vector<Warning>& warnings);
void write_strings(JsonText& json, const char* name, const std::vector<std::string>& strings);
// "series": {"ok", "degraded", "failed"}
void write_totals(JsonText& json, const RunResult& result);
// "sources": {id: {...}}
void write_sources(JsonText& json, const std::vector<SourceRecord>& sources);

}  // namespace steppe
