// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests of files that may not be read or written: root may do everything, so while one of these
// lives a process of root's is "nobody". Does nothing for anyone else.

#include <unistd.h>

namespace steppe::testing {

class WithoutRoot {
 public:
  // The real user too: access() asks for that one. The saved one stays, to come back.
  WithoutRoot() : root_(::geteuid() == 0 && ::setresuid(kNobody, kNobody, 0) == 0) {}
  ~WithoutRoot() {
    if (root_ && ::setresuid(0, 0, 0) != 0) ::_exit(1);
  }
  WithoutRoot(const WithoutRoot&) = delete;
  WithoutRoot& operator=(const WithoutRoot&) = delete;

 private:
  static constexpr uid_t kNobody = 65534;
  bool root_;
};

}  // namespace steppe::testing
