// SPDX-License-Identifier: Apache-2.0
#pragma once

// The page of the readable summary while it is being written: headings, indented tables, colours.

#include <string>
#include <string_view>

#include "core/fault.hpp"
#include "report/text_table.hpp"

namespace steppe {

class SummaryPage {
 public:
  enum class Style { kPlain, kHeading, kGood, kWarning, kBad, kFaint };

  explicit SummaryPage(bool colour) : colour_(colour) {}

  // One line; the text must be safe to print.
  void line(std::string_view text = "", Style style = Style::kPlain);
  void table(const TextTable& table, std::string_view indent = "  ") { out_ += table.text(indent); }
  // A new section after an empty line.
  void heading(std::string_view title, std::string_view rest = "");
  std::string take() && { return std::move(out_); }

  std::string styled(std::string_view text, Style style) const;

 private:
  bool colour_;
  std::string out_;
};

}  // namespace steppe
