// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/sha256.hpp"

#include <nettle/sha2.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <vector>

namespace steppe {

namespace {

std::string hex_digest(sha256_ctx& context) {
  std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
  sha256_digest(&context, digest.size(), digest.data());
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const std::uint8_t byte : digest) {
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

}  // namespace

std::string sha256_of(std::string_view bytes) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
  return hex_digest(context);
}

std::optional<std::string> sha256_of_file(int descriptor, std::uint64_t size) {
  sha256_ctx context;
  sha256_init(&context);
  std::vector<std::uint8_t> chunk(std::size_t{1} << 16);
  std::uint64_t done = 0;
  for (;;) {
    const ssize_t got = pread(descriptor, chunk.data(), chunk.size(), static_cast<off_t>(done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::nullopt;
    if (got == 0) break;
    sha256_update(&context, static_cast<std::size_t>(got), chunk.data());
    done += static_cast<std::uint64_t>(got);
    if (done > size) return std::nullopt;
  }
  if (done != size) return std::nullopt;
  return hex_digest(context);
}

}  // namespace steppe
