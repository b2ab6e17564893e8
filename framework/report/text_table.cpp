// SPDX-License-Identifier: Apache-2.0
#include "report/text_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/number_text.hpp"
#include "core/utf8.hpp"

namespace steppe {
namespace {

constexpr int kSignificantDigits = 6;

struct Word {
  std::string_view name;
  std::string_view title;
};

// Names whose title is not just the name with blanks.
constexpr Word kTitles[] = {
    {"r_squared", "R squared"},
    {"adjusted_r_squared", "Adjusted R squared"},
    {"r_squared_original_scale", "R squared (original scale)"},
    {"r_squared_fit_scale", "R squared (scale of the fit)"},
    {"durbin_watson", "Durbin-Watson"},
    {"multiple_r", "Multiple R"},
    {"aicc", "AICc"},
    {"aic", "AIC"},
    {"bic", "BIC"},
    {"sse", "SSE"},
    {"anova", "ANOVA"},
    {"df", "df"},
    {"ss", "SS"},
    {"ms", "MS"},
    {"f", "F"},
    {"significance_f", "Significance F"},
    {"t", "t"},
    {"p", "P-value"},
};

void append_blanks(std::string& out, std::size_t count) { out.append(count, ' '); }

}  // namespace

std::string readable_number(double value) {
  if (std::isnan(value)) return "-";
  std::string text = significant_text(value, kSignificantDigits);
  if (text.find_first_not_of("-0123456789.") != std::string::npos) return text;
  const std::size_t sign = text[0] == '-' ? 1 : 0;
  const std::size_t digits = std::min(text.find('.'), text.size()) - sign;
  if (digits < 5) return text;
  for (std::size_t left = digits; left > 3;) {
    left -= 3;
    text.insert(sign + left, 1, ' ');
  }
  return text;
}

std::string readable_name(std::string_view name) {
  for (const Word& word : kTitles) {
    if (word.name == name) return std::string(word.title);
  }
  std::string out(name);
  // "lower_95" is a column of percentages.
  for (const std::string_view side : {"lower_", "upper_"}) {
    const bool bound = name.starts_with(side) && name.size() > side.size() &&
                       name[side.size()] >= '0' && name[side.size()] <= '9';
    if (bound) out += " %";
  }
  std::replace(out.begin(), out.end(), '_', ' ');
  if (!out.empty() && out[0] >= 'a' && out[0] <= 'z') out[0] = static_cast<char>(out[0] - 32);
  return out;
}

std::string sparkline(const std::vector<double>& values, const std::vector<double>& scale) {
  constexpr std::array<std::string_view, 8> kBlocks = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const double value : scale) {
    if (!std::isfinite(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  std::string out;
  for (const double value : values) {
    if (!std::isfinite(value)) {
      out += ' ';
      continue;
    }
    // Halved first: the range of values near the limits of a double would overflow.
    const double range = high / 2 - low / 2;
    const double height = range > 0 ? (value / 2 - low / 2) / range : 0.5;
    out += kBlocks.at(static_cast<std::size_t>(std::clamp(height, 0.0, 1.0) * 7 + 0.5));
  }
  return out;
}

std::string TextTable::text(std::string_view indent) const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  }
  std::string out;
  for (const auto& row : rows_) {
    std::string line(indent);
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::size_t padding = widths[i] - display_width(row[i]);
      if (i != 0) line += "  ";
      if (!is_left(i)) append_blanks(line, padding);
      line += row[i];
      if (is_left(i)) append_blanks(line, padding);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

}  // namespace steppe
