// SPDX-License-Identifier: Apache-2.0
#include "report/json_parts.hpp"

namespace steppe {
namespace {

using Layout = JsonText::Layout;

void write_source(JsonText& json, const SourceRecord& source) {
  json.key(source.id).object();
  json.member("plugin", source.plugin);
  if (!source.path.empty()) json.member("path", source.path);
  json.member("snapshot", source.snapshot);
  json.key("rows").object(Layout::kOneLine);
  json.member("rows_in", source.rows.rows_in).member("used", source.rows.used);
  json.member("rejected", source.rows.rejected).member("skipped", source.rows.skipped);
  json.end();
  json.member("keys", std::uint64_t{source.series_count});
  json.key("time").object(Layout::kOneLine);
  json.member("column", source.time_column).member("first", source.first_date);
  json.member("last", source.last_date).member("frequency", source.frequency);
  json.end();
  write_strings(json, "columns", source.columns);
  json.key("facts").object();
  for (const auto& [name, value] : source.facts) json.member(name, value);
  json.end();
  write_warnings(json, source.warnings);
  json.end();
}

}  // namespace

void write_error(JsonText& json, const Error& error) {
  json.key("error").object(Layout::kOneLine);
  if (!error.fault.empty()) json.member("fault", error.fault);
  json.member("kind", name_of(error.kind));
  if (!error.where.empty()) json.member("where", error.where);
  json.member("message", error.message);
  json.end();
}

void write_warnings(JsonText& json, const std::vector<Warning>& warnings) {
  json.key("warnings").array();
  for (const Warning& warning : warnings) {
    json.object(Layout::kOneLine);
    json.member("code", warning.code).member("text", warning.text);
    json.end();
  }
  json.end();
}

void write_strings(JsonText& json, const char* name, const std::vector<std::string>& strings) {
  json.key(name).array(Layout::kOneLine);
  for (const std::string& text : strings) json.value(text);
  json.end();
}

void write_totals(JsonText& json, const RunResult& result) {
  json.key("series").object(Layout::kOneLine);
  json.member("ok", std::uint64_t{result.series_ok});
  json.member("degraded", std::uint64_t{result.series_degraded});
  json.member("failed", std::uint64_t{result.series_failed});
  json.end();
}

void write_sources(JsonText& json, const std::vector<SourceRecord>& sources) {
  json.key("sources").object();
  for (const SourceRecord& source : sources) write_source(json, source);
  json.end();
}

}  // namespace steppe
