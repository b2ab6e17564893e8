// SPDX-License-Identifier: Apache-2.0
// Faults as lines of text and as JSON records.

#include "report/json_text.hpp"
#include "report/outputs.hpp"

namespace steppe {

std::string faults_text(const Faults& faults) {
  std::string out;
  for (const Fault& fault : faults) out += to_text(fault) + "\n";
  return out;
}

std::string fault_json(const Fault& fault) {
  JsonText json(JsonText::Layout::kOneLine);
  const Place& place = fault.place;
  const auto text = [&json](const char* name, const std::string& value) {
    if (!value.empty()) json.member(name, value);
  };
  json.object();
  json.member("level", "error");
  text("code", fault.code);
  json.member("kind", name_of(fault.kind));
  json.member("exit_code", static_cast<int>(fault.exit));
  text("file", place.file);
  if (place.line != 0) json.member("line", std::uint64_t{place.line});
  if (place.column != 0) json.member("column", std::uint64_t{place.column});
  text("json_path", place.json_path);
  text("field", place.field);
  text("series", place.series);
  text("step", place.step);
  text("plugin", place.plugin);
  json.member("message", fault.message);
  json.end();
  return std::move(json).take();
}

}  // namespace steppe
