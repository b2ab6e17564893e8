// SPDX-License-Identifier: Apache-2.0
#pragma once

// SHA-256 (FIPS 180-4) of bytes and of open files: how plugins, pipelines and inputs are named in
// the run record. Not for passwords.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace steppe {

// 64 lower-case hexadecimal digits.
std::string sha256_of(std::string_view bytes);

// The hash of a whole open file, read from its start without moving its position. Empty when a read
// fails or the file is longer or shorter than `size` says: it changed meanwhile.
std::optional<std::string> sha256_of_file(int descriptor, std::uint64_t size);

}  // namespace steppe
