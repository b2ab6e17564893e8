// SPDX-License-Identifier: Apache-2.0
#pragma once

// What every generated entry does at the border: no exception leaves, errors are copied inline.

#include <algorithm>
#include <cstring>
#include <exception>
#include <new>
#include <string>

#include "steppe/abi/status.h"
#include "steppe/result.hpp"

namespace steppe::detail {

// Copies text into a fixed buffer, cut at a character's boundary; true when it had to be cut.
inline bool copy_text(const std::string& text, char* out, std::size_t capacity) {
  std::size_t length = std::min(text.size(), capacity - 1);
  const bool cut = length < text.size();
  while (cut && length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) --length;
  std::memcpy(out, text.data(), length);
  out[length] = '\0';
  return cut;
}

inline steppe_status copy_error(const Error& error, steppe_error* out) {
  const auto code = static_cast<steppe_status>(error.kind);
  if (out == nullptr || out->struct_size < sizeof(steppe_error)) return code;
  out->code = code;
  const bool cut_where = copy_text(error.where, out->where, sizeof(out->where));
  const bool cut_message = copy_text(error.message, out->message, sizeof(out->message));
  copy_text(error.fault, out->fault, sizeof(out->fault));
  out->flags = cut_where || cut_message ? STEPPE_ERROR_TRUNCATED : 0;
  return code;
}

inline steppe_status finish(const Result<void>& result, steppe_error* error) {
  return result.ok() ? STEPPE_OK : copy_error(result.error(), error);
}

// Makes the place that the C++ runtime keeps for a thread's exceptions. A runtime linked into the
// plugin makes it at the thread's first use, and ends the process when there is no memory for it:
// so it is made on the way in, not when memory has run out.
inline void prepare_exceptions() noexcept {
  [[maybe_unused]] volatile const int used = std::uncaught_exceptions();
}

// Runs body, which returns a steppe_status, and turns any exception into one. In a plugin built
// without exceptions nothing can be turned: the bad_alloc of the runtime leaves it where memory
// runs out (R16), and the host catches it.
template <typename Body>
steppe_status guarded(steppe_error* error, Body&& body) noexcept {
#ifdef __cpp_exceptions
  prepare_exceptions();
  try {
    try {
      return body();
    } catch (const std::bad_alloc&) {
      return copy_error({ErrorKind::kResourceLimit, "out of memory"}, error);
    } catch (const std::exception& exception) {
      return copy_error({ErrorKind::kInternal, std::string("exception: ") + exception.what()},
                        error);
    } catch (...) {
      return copy_error({ErrorKind::kInternal, "an exception of an unknown type"}, error);
    }
  } catch (...) {
    return STEPPE_RESOURCE_LIMIT;
  }
#else
  (void)error;
  return body();
#endif
}

}  // namespace steppe::detail
