// SPDX-License-Identifier: Apache-2.0
#pragma once

// The system calls by which outputs are written, as a table, so that tests can let each of them
// fail. Results and errno are those of the calls themselves.

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "report/atomic_write.hpp"

namespace steppe {

struct SystemCalls {
  std::function<int(const char* path, int flags, mode_t mode)> open;
  std::function<ssize_t(int descriptor, const void* data, std::size_t size)> write;
  std::function<int(int descriptor, mode_t mode)> fchmod;
  std::function<void(int descriptor)> start_writeback;  // a hint; cannot fail
  std::function<int(int descriptor)> fsync;
  std::function<int(int descriptor)> close;
  std::function<int(const char* from, const char* to)> rename;
  std::function<int(const char* path)> unlink;
  // Bytes free for this user on the file system of a directory; empty when unknown.
  std::function<std::optional<std::uint64_t>(const char* directory)> free_bytes;
};

SystemCalls real_system_calls();

Outcome<bool> write_outputs(const std::vector<OutputFile>& files, const SystemCalls& calls);

}  // namespace steppe
