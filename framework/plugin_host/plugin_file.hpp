// SPDX-License-Identifier: Apache-2.0
#pragma once

// A plugin's file before any of it is executed: opened once, without following a symbolic link, and
// judged by owner, permissions (B15) and first bytes through that one descriptor (B14).

#include <sys/stat.h>

#include <optional>
#include <string>

#include "plugin_host/file_identity.hpp"
#include "plugin_host/shared_module.hpp"

namespace steppe {

// A file descriptor that is closed with its owner.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  int get() const { return number_; }
  bool open() const { return number_ >= 0; }
  int release() {
    const int number = number_;
    number_ = -1;
    return number;
  }

 private:
  int number_;
};

FileIdentity identity_of(const struct stat& status);

// "mode 0644".
std::string mode_text(mode_t mode);

// Why a file or directory with this status may not be trusted, with its mode: owned by somebody
// else than root and the user, writable by others, a symbolic link, a device.
std::optional<LoadError> distrust(const struct stat& status, bool directory);

// Opens a plugin's file for reading. Errors: B15 a link or a special file, B1 unreadable.
Result<Descriptor, LoadError> open_plugin(const std::string& path);

}  // namespace steppe
