// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a file that is no shared library looks like, from its first bytes: a download that went
// wrong, an archive not unpacked, a library for another system.

#include <string>
#include <string_view>

namespace steppe {

struct FileKind {
  std::string name;    // "an HTML page"
  std::string remedy;  // what its owner probably wants to do; empty where nothing is known
};

FileKind file_kind(std::string_view first_bytes);

}  // namespace steppe
