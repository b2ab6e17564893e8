// SPDX-License-Identifier: Apache-2.0
#pragma once

// Pieces of the JSON Schema of pipelines: values that several steps have, and the keys of
// regressions and scenarios. For schema.cpp.

#include <nlohmann/json_fwd.hpp>
#include <string>

namespace steppe::schema_parts {

using Json = nlohmann::ordered_json;

Json text_schema(const char* description);
Json reference(const std::string& definition);
Json date_schema(const char* description);
// A list of different names; with `single` also a name alone.
Json names_schema(const char* description, bool single);
Json rows_schema();
Json regressors_schema();
Json diagnostics_schema();
Json shock_schema();
// A scenario step as a whole.
Json scenario_schema();

}  // namespace steppe::schema_parts
