// SPDX-License-Identifier: Apache-2.0
#include "engine/key_names.hpp"

#include <charconv>
#include <optional>
#include <string_view>

#include "core/fault.hpp"
#include "core/panel.hpp"

namespace steppe {
namespace {

constexpr std::string_view kMark = "key #";

struct KeyMark {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t number = 0;
};

std::optional<KeyMark> next_mark(std::string_view text, std::size_t from, std::size_t count) {
  for (std::size_t at = text.find(kMark, from); at != std::string_view::npos;
       at = text.find(kMark, at + 1)) {
    KeyMark mark{at, 0, 0};
    const char* digits = text.data() + at + kMark.size();
    const auto [end, error] = std::from_chars(digits, text.data() + text.size(), mark.number);
    mark.end = static_cast<std::size_t>(end - text.data());
    if (error == std::errc() && mark.number < count) return mark;
  }
  return std::nullopt;
}

}  // namespace

std::string with_key_names(const std::string& text, const std::vector<std::string>& keys) {
  std::string out;
  std::size_t done = 0;
  while (const auto mark = next_mark(text, done, keys.size())) {
    out += text.substr(done, mark->begin - done);
    out += quoted(display_key(keys[mark->number]));
    done = mark->end;
  }
  return out + text.substr(done);
}

void put_key_names(FitReport& report, const std::vector<std::string>& keys) {
  for (ReportTable& table : report.tables) {
    for (std::string& row : table.rows) {
      const auto mark = next_mark(row, 0, keys.size());
      const bool whole = mark && mark->begin == 0 && mark->end == row.size();
      if (whole) row = display_key(keys[mark->number]);
    }
  }
  for (ReportText& text : report.texts) text.value = with_key_names(text.value, keys);
  for (Warning& warning : report.warnings) warning.text = with_key_names(warning.text, keys);
}

}  // namespace steppe
