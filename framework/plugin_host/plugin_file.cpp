// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/plugin_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace steppe {

namespace {

std::string octal_mode(mode_t mode) {
  std::string out = "0000";
  for (std::size_t i = 0; i < 4; ++i) {
    out[3 - i] = static_cast<char>('0' + ((mode >> (3 * i)) & 7));
  }
  return out;
}

std::int64_t nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) close(number_);
}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    if (number_ >= 0) close(number_);
    number_ = other.release();
  }
  return *this;
}

FileIdentity identity_of(const struct stat& status) {
  return {status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size),
          nanoseconds(status.st_mtim), nanoseconds(status.st_ctim)};
}

std::string mode_text(mode_t mode) { return "mode " + octal_mode(mode & 07777); }

std::optional<LoadError> distrust(const struct stat& status, bool directory) {
  const std::string mode = "(" + mode_text(status.st_mode) + ")";
  if (S_ISLNK(status.st_mode)) {
    return LoadError{"B15", "is a symbolic link " + mode + "; give the file it points to"};
  }
  if (directory ? !S_ISDIR(status.st_mode) : !S_ISREG(status.st_mode)) {
    return LoadError{"B15", (directory ? "is not a directory " : "is not a regular file ") + mode};
  }
  if (status.st_uid != 0 && status.st_uid != geteuid()) {
    return LoadError{"B15", "belongs to user " + std::to_string(status.st_uid) + " " + mode +
                                "; only root and user " + std::to_string(geteuid()) +
                                " are trusted"};
  }
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    return LoadError{"B15", "is writable by others " + mode + "; run chmod go-w on it"};
  }
  return std::nullopt;
}

Result<Descriptor, LoadError> open_plugin(const std::string& path) {
  // O_NONBLOCK: a FIFO must not hold the scan up.
  const int number = ::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  if (number >= 0) return Descriptor(number);
  if (errno == ELOOP) return LoadError{"B15", "is a symbolic link; give the file it points to"};
  return LoadError{"B1", std::string("cannot be read: ") + strerror(errno)};
}

}  // namespace steppe
