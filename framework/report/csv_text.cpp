// SPDX-License-Identifier: Apache-2.0
#include "report/csv_text.hpp"

namespace steppe {

void CsvText::cell(std::string_view content) {
  if (!first_) out_ += ',';
  first_ = false;
  if (content.find_first_of(",\"\r\n") == std::string_view::npos) {
    out_ += content;
    return;
  }
  out_ += '"';
  for (const char c : content) {
    if (c == '"') out_ += '"';
    out_ += c;
  }
  out_ += '"';
}

void CsvText::text(std::string_view content) {
  constexpr std::string_view kFormulaStarts = "=+-@\t\r";
  const bool formula =
      !content.empty() && kFormulaStarts.find(content[0]) != std::string_view::npos;
  if (formula) {
    cell("'" + std::string(content));
  } else {
    cell(content);
  }
}

void CsvText::end_row() {
  out_ += '\n';
  first_ = true;
}

}  // namespace steppe
