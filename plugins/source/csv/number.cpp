// SPDX-License-Identifier: Apache-2.0
#include "number.hpp"

#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

#include "message.hpp"

namespace steppe::csv {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Rewrites a number in the C spelling, piece by piece; any piece may refuse.
class Respelling {
 public:
  Respelling(std::string_view text, const NumberFormat& format) : rest_(text), format_(format) {}

  std::optional<std::string> run() {
    if (rest_.starts_with('-')) plain_ += '-';
    if (rest_.starts_with('-') || rest_.starts_with('+')) rest_.remove_prefix(1);
    if (!take_integer() || !take_fraction() || !take_exponent() || !rest_.empty()) return {};
    return std::move(plain_);
  }

 private:
  std::size_t take_digits() {
    std::size_t count = 0;
    while (count < rest_.size() && is_digit(rest_[count])) ++count;
    plain_ += rest_.substr(0, count);
    rest_.remove_prefix(count);
    return count;
  }

  // Bytes of the group separator that stands next, 0 when none does.
  std::size_t separator_size() const {
    if (format_.group == 0) return 0;
    if (rest_.starts_with(format_.group)) return 1;
    if (format_.group != ' ') return 0;
    if (rest_.starts_with("\u00A0")) return 2;
    return rest_.starts_with("\u202F") ? 3 : 0;
  }

  // All digits in groups of three but the first, which has one to three; or no groups at all.
  bool take_integer() {
    const std::size_t first = take_digits();
    if (first == 0) return false;
    bool grouped = false;
    for (std::size_t size = separator_size(); size != 0; size = separator_size()) {
      rest_.remove_prefix(size);
      if (take_digits() != 3) return false;
      grouped = true;
    }
    return !grouped || first <= 3;
  }

  bool take_fraction() {
    if (!rest_.starts_with(format_.decimal)) return true;
    rest_.remove_prefix(1);
    plain_ += '.';
    return take_digits() > 0;
  }

  bool take_exponent() {
    if (!rest_.starts_with('e') && !rest_.starts_with('E')) return true;
    rest_.remove_prefix(1);
    plain_ += 'e';
    if (rest_.starts_with('-')) plain_ += '-';
    if (rest_.starts_with('-') || rest_.starts_with('+')) rest_.remove_prefix(1);
    return take_digits() > 0;
  }

  std::string_view rest_;
  const NumberFormat& format_;
  std::string plain_;
};

bool has_nonzero_digit(std::string_view plain) {
  const std::string_view mantissa = plain.substr(0, plain.find('e'));
  return mantissa.find_first_of("123456789") != std::string_view::npos;
}

std::string_view without_sign(std::string_view text) {
  return !text.empty() && (text[0] == '-' || text[0] == '+') ? text.substr(1) : text;
}

bool is_not_finite_word(std::string_view text) {
  std::string lower;
  for (const char c : without_sign(text).substr(0, 9)) {
    lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return lower == "nan" || lower == "inf" || lower == "infinity";
}

// A dialect under which the text would be a number.
struct Reading {
  NumberFormat format;
  double value;
  int changes;  // keys that differ from the dialect in force
};

std::vector<Reading> readings_of(std::string_view text, const NumberFormat& now,
                                 bool keep_declared) {
  std::vector<Reading> out;
  for (const char decimal : {'.', ','}) {
    for (const char group : {'\0', ' ', '.', ',', '\''}) {
      const int changes = (decimal != now.decimal ? 1 : 0) + (group != now.group ? 1 : 0);
      if (group == decimal || changes == 0) continue;
      if (keep_declared && now.decimal_declared && decimal != now.decimal) continue;
      if (keep_declared && now.group_declared && group != now.group) continue;
      const NumberFormat format{decimal, group};
      double value = 0;
      if (read_number(text, format, value) == NumberStatus::kOk) {
        out.push_back({format, value, changes});
      }
    }
  }
  return out;
}

std::string keys_of(const NumberFormat& format, const NumberFormat& now) {
  std::string out;
  if (format.decimal != now.decimal) out = std::string("decimal=\"") + format.decimal + '"';
  if (format.group != now.group) {
    if (!out.empty()) out += ", ";
    out += "group=\"";
    if (format.group != 0) out += format.group;
    out += '"';
  }
  return out;
}

const Reading& simplest(const std::vector<Reading>& readings) {
  const Reading* best = &readings.front();
  for (const Reading& reading : readings) {
    if (reading.changes < best->changes) best = &reading;
  }
  return *best;
}

// Two readings that differ in value and need equally few changes: the text means two things.
const Reading* rival_of(const Reading& best, const std::vector<Reading>& readings) {
  for (const Reading& reading : readings) {
    if (reading.changes == best.changes && reading.value != best.value) return &reading;
  }
  return nullptr;
}

}  // namespace

NumberStatus read_number(std::string_view text, const NumberFormat& format, double& value) {
  const auto plain = Respelling(text, format).run();
  if (!plain) return NumberStatus::kMalformed;
  const char* const end = plain->data() + plain->size();
  const auto [used, error] = std::from_chars(plain->data(), end, value);
  if (error == std::errc::result_out_of_range || used != end || !std::isfinite(value)) {
    return NumberStatus::kOutOfRange;
  }
  if (value == 0 && has_nonzero_digit(*plain)) return NumberStatus::kOutOfRange;
  return NumberStatus::kOk;
}

NumberComplaint complain_number(std::string_view text, const NumberFormat& format) {
  const std::string shown = quoted(text);
  if (is_not_finite_word(text)) {
    return {"C17",
            shown + " is not a finite number; if it marks a missing value, list it in missing"};
  }
  double value = 0;
  if (read_number(text, format, value) == NumberStatus::kOutOfRange) {
    return {"C16", shown + " is outside the range of a double"};
  }
  const std::string refusal = shown + " is not a number in dialect " + text_of(format);
  auto readings = readings_of(text, format, true);
  if (readings.empty()) readings = readings_of(text, format, false);
  if (!readings.empty()) {
    const Reading& best = simplest(readings);
    if (const Reading* rival = rival_of(best, readings)) {
      return {"C2", shown + " is ambiguous: " + text_of(best.value) + " with " +
                        keys_of(best.format, format) + ", " + text_of(rival->value) + " with " +
                        keys_of(rival->format, format) + "; set decimal and group"};
    }
    return {"C1", refusal + "; try " + keys_of(best.format, format)};
  }
  if (read_number(trimmed(text), format, value) == NumberStatus::kOk) {
    return {"C16", refusal + "; set trim=true to read past the blanks round it"};
  }
  return {"C16", refusal + "; if it marks a missing value, list it in missing"};
}

}  // namespace steppe::csv
