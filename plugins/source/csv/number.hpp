// SPDX-License-Identifier: Apache-2.0
#pragma once

// Numbers in a file's own spelling, read exactly or not at all.
//
// Accepted: an optional sign, digits (in the declared groups of three, or without any), optionally
// the decimal sign with at least one digit after it, optionally an exponent. The whole text must be
// used up. Leading zeros are digits like others ("086" is 86). Not numbers: "121," and ",5" (a
// digit is missing), "1 23" (a group of two), hexadecimal, NaN, Inf, and what a double cannot hold.

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
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

// Bytes after a text that read_plain_number() may look at, though they do not matter.
inline constexpr std::size_t kNumberPadding = 24;

// Eight ASCII digits, the first in the lowest byte, by three multiplications (Lemire, "Quickly
// parsing eight digits"). Zero bytes count as the digit 0.
inline std::uint64_t value_of_eight(std::uint64_t digits) {
  digits = digits * 10 + (digits >> 8);
  return (((digits & 0x000000FF000000FF) * 0x000F424000000064) +
          (((digits >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >>
         32;
}

// The first `size` (1 to 8) bytes at `text` as a number; false if one is not a digit.
inline bool take_digits(const char* text, std::size_t size, std::uint64_t& value) {
  std::uint64_t word = 0;
  std::memcpy(&word, text, sizeof(word));
  word = (word ^ 0x3030303030303030) << (8 * (8 - size));  // a digit becomes 0 to 9
  value = value_of_eight(word);
  return (((word + 0x7676767676767676) | word) & 0x8080808080808080) == 0;
}

// The common spelling, at most eight digits, the decimal sign, at most eight digits, when the
// result is exact by one division: the digits as an integer are at most 2^53 and the power of ten
// at most 22, so both are exact doubles and IEEE division rounds correctly (Clinger 1990, "How to
// read floating point numbers accurately"). False says nothing about the text: ask read_number().
// kNumberPadding bytes after the text must be readable.
inline bool read_plain_number(std::string_view text, char decimal, double& value) {
  static_assert(std::endian::native == std::endian::little);
  static constexpr std::array kPowers = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8};
  static constexpr std::array<std::uint64_t, 9> kWholePowers = {
      1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};
  const char* p = text.data();
  std::size_t size = text.size();
  if (size == 0) return false;
  const bool negative = *p == '-';
  p += negative ? 1 : 0;
  size -= negative ? 1 : 0;
  std::uint64_t word = 0;
  std::memcpy(&word, p, sizeof(word));
  // The lowest byte that equals the decimal sign gets its high bit.
  const std::uint64_t differing = word ^ (0x0101010101010101 * static_cast<unsigned char>(decimal));
  const std::uint64_t points = (differing - 0x0101010101010101) & ~differing & 0x8080808080808080;
  const std::size_t whole =
      points == 0 ? 8 : static_cast<std::size_t>(std::countr_zero(points)) / 8;
  std::uint64_t digits = 0;
  std::size_t places = 0;
  if (whole >= size) {
    if (size == 0 || !take_digits(p, size, digits)) return false;
  } else {
    places = size - whole - 1;
    std::uint64_t fraction = 0;
    if (whole == 0 || places == 0 || places > 8 || p[whole] != decimal) return false;
    if (!take_digits(p, whole, digits) || !take_digits(p + whole + 1, places, fraction))
      return false;
    digits = digits * kWholePowers[places] + fraction;
    if (digits > (std::uint64_t{1} << 53)) return false;
  }
  const double magnitude = static_cast<double>(digits) / kPowers[places];
  value = negative ? -magnitude : magnitude;
  return true;
}

}  // namespace steppe::csv
