// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>

#include "report/atomic_write.hpp"
#include "report/io_fault.hpp"

namespace steppe {
namespace {

const char* special_kind(mode_t mode) {
  if (S_ISDIR(mode)) return "a directory";
  if (S_ISLNK(mode)) return "a symbolic link";
  if (S_ISFIFO(mode)) return "a named pipe";
  if (S_ISSOCK(mode)) return "a socket";
  return S_ISREG(mode) ? nullptr : "a device";
}

std::optional<Fault> check_output(const std::string& path, const std::string& absolute) {
  struct stat status{};
  const std::string directory = directory_of(absolute);
  if (absolute.empty() || file_name_of(absolute).empty()) {
    return output_fault("D9", path, "the name of the file is missing");
  }
  if (::stat(directory.c_str(), &status) != 0) {
    return output_fault("D8", path, error_text(errno) + "; create it first");
  }
  if (!S_ISDIR(status.st_mode)) return output_fault("D8", path, error_text(ENOTDIR));
  if (::access(directory.c_str(), W_OK | X_OK) != 0) {
    return output_fault("D8", path, "its directory cannot be written to: " + error_text(errno));
  }
  if (::lstat(absolute.c_str(), &status) != 0) return std::nullopt;
  if (const char* kind = special_kind(status.st_mode)) {
    return output_fault("D9", path,
                        std::string("is ") + kind + "; an output must be a regular file or new");
  }
  return std::nullopt;
}

}  // namespace

Faults check_outputs(const std::vector<std::pair<std::string, std::string>>& path_and_absolute) {
  Faults faults;
  for (const auto& [path, absolute] : path_and_absolute) {
    if (auto fault = check_output(path, absolute)) faults.push_back(std::move(*fault));
  }
  return faults;
}

}  // namespace steppe
