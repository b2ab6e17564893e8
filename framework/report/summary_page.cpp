// SPDX-License-Identifier: Apache-2.0
#include "report/summary_page.hpp"

namespace steppe {

std::string SummaryPage::styled(std::string_view text, Style style) const {
  if (!colour_ || style == Style::kPlain || text.empty()) return std::string(text);
  std::string_view code = "1";  // SGR codes: bold, green, yellow, red, dim
  if (style == Style::kGood) code = "32";
  if (style == Style::kWarning) code = "33";
  if (style == Style::kBad) code = "31";
  if (style == Style::kFaint) code = "2";
  return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

void SummaryPage::line(std::string_view text, Style style) { out_ += styled(text, style) + "\n"; }

void SummaryPage::heading(std::string_view title, std::string_view rest) {
  if (!out_.empty()) out_ += '\n';
  out_ += styled(title, Style::kHeading);
  if (!rest.empty()) out_ += "  " + std::string(rest);
  out_ += '\n';
}

}  // namespace steppe
