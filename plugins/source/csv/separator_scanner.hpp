// SPDX-License-Identifier: Apache-2.0
#pragma once

// Finds delimiters and line ends in text, 64 bytes at a time: one bit per byte, so that the cost
// per field does not depend on how many characters it has.

#include <bit>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace steppe::csv {

class SeparatorScanner {
 public:
  // At least this many bytes after the end of the text must be readable; their values do not
  // matter.
  static constexpr std::size_t kPadding = 64;

  explicit SeparatorScanner(char delimiter) : delimiter_(delimiter) {}

  void start(const char* from, const char* end) {
    block_ = from;
    end_ = end;
    bits_ = from < end ? separators_in(from) : 0;
  }

  // The next delimiter, CR or LF not yet returned; the end when there is none.
  const char* next() {
    while (bits_ == 0) {
      if (end_ - block_ <= 64) return end_;
      block_ += 64;
      bits_ = separators_in(block_);
    }
    const char* found = block_ + std::countr_zero(bits_);
    bits_ &= bits_ - 1;
    return found < end_ ? found : end_;
  }

 private:
#if defined(__SSE2__)
  std::uint64_t separators_in(const char* text) const {
    std::uint64_t bits = 0;
    for (int part = 0; part < 4; ++part) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text + 16 * part));
      const __m128i hits = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(delimiter_)),
                                        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')),
                                                     _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r'))));
      const auto mask = static_cast<std::uint32_t>(_mm_movemask_epi8(hits));
      bits |= std::uint64_t{mask} << (16 * part);
    }
    return bits;
  }
#else
  std::uint64_t separators_in(const char* text) const {
    std::uint64_t bits = 0;
    for (int i = 0; i < 64; ++i) {
      const char c = text[i];
      const bool hit = c == delimiter_ || c == '\n' || c == '\r';
      bits |= std::uint64_t{hit ? 1u : 0u} << i;
    }
    return bits;
  }
#endif

  char delimiter_;
  const char* block_ = nullptr;
  const char* end_ = nullptr;
  std::uint64_t bits_ = 0;
};

}  // namespace steppe::csv
