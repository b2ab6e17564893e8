// SPDX-License-Identifier: Apache-2.0
#pragma once

// Numbers in a file's own spelling, read exactly or not at all.
//
// Accepted: an optional sign, digits (in the declared groups of three, or without any), optionally
// the decimal sign with at least one digit after it, optionally an exponent. The whole text must be
// used up. Leading zeros are digits like others ("086" is 86). Not numbers: "121," and ",5" (a
// digit is missing), "1 23" (a group of two), hexadecimal, NaN, Inf, and what a double cannot hold.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "dialect.hpp"

namespace steppe::csv {

enum class NumberStatus { kOk, kMalformed, kOutOfRange };

// Any text; through std::from_chars.
NumberStatus read_number(std::string_view text, const NumberFormat& format, double& value);

// Why `text` is no number, for a user: the fault's name and a clause that follows the column's
// name.
struct NumberComplaint {
  const char* fault;
  std::string message;
};
NumberComplaint complain_number(std::string_view text, const NumberFormat& format);

// The common spelling, digits with at most one decimal sign, when the result is exact by one
// division: the digits as an integer are at most 2^53 and the power of ten at most 22, so both are
// exact doubles and IEEE division rounds correctly (Clinger 1990, "How to read floating point
// numbers accurately"). False says nothing about the text: ask read_number().
inline bool read_plain_number(std::string_view text, char decimal, double& value) {
  static constexpr std::array kPowers = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
                                         1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};
  if (text.size() > 18) return false;
  const char* p = text.data();
  const char* const end = p + text.size();
  const bool negative = p < end && *p == '-';
  if (negative) ++p;
  std::uint64_t digits = 0;
  const char* const start = p;
  for (; p < end && static_cast<unsigned char>(*p - '0') < 10; ++p) {
    digits = digits * 10 + static_cast<std::uint64_t>(*p - '0');
  }
  if (p == start) return false;
  std::size_t places = 0;
  if (p < end) {
    if (*p != decimal) return false;
    const char* const fraction = ++p;
    for (; p < end && static_cast<unsigned char>(*p - '0') < 10; ++p) {
      digits = digits * 10 + static_cast<std::uint64_t>(*p - '0');
    }
    places = static_cast<std::size_t>(p - fraction);
    if (p != end || places == 0) return false;
  }
  if (digits > (std::uint64_t{1} << 53)) return false;
  const double magnitude = static_cast<double>(digits) / kPowers[places];
  value = negative ? -magnitude : magnitude;
  return true;
}

}  // namespace steppe::csv
