// SPDX-License-Identifier: Apache-2.0
#include "report/diagnostics_parts.hpp"

namespace steppe {
namespace {

using Layout = JsonText::Layout;

void write_diagnostic_table(JsonText& json, const ReportTable& table) {
  json.key(table.name).object();
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    json.key(table.rows[row]).object(Layout::kOneLine);
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      json.member(table.columns[c], table.values[row * table.columns.size() + c]);
    }
    json.end();
  }
  json.end();
}

void write_diagnostic(JsonText& json, const Diagnostic& test) {
  json.object(test.tables.empty() ? Layout::kOneLine : Layout::kIndented);
  json.member("test", test.test).member("of", test.of);
  json.member("statistic", test.statistic).member("p", test.p);
  json.member("outcome", name_of(test.outcome)).member("verdict", test.verdict);
  if (!test.values.empty()) {
    json.key("values").object(Layout::kOneLine);
    for (const ReportScalar& value : test.values) json.member(value.name, value.value);
    json.end();
  }
  if (!test.reference.empty()) json.member("reference", test.reference);
  for (const ReportTable& table : test.tables) write_diagnostic_table(json, table);
  json.end();
}

}  // namespace

void write_diagnostics(JsonText& json, const Diagnostics& diagnostics) {
  if (!diagnostics.tests.empty()) {
    json.key("diagnostics").array();
    for (const Diagnostic& test : diagnostics.tests) write_diagnostic(json, test);
    json.end();
  }
  if (!diagnostics.remark.empty()) json.member("diagnostics_remark", diagnostics.remark);
}

}  // namespace steppe
