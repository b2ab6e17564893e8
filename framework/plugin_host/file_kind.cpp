// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/file_kind.hpp"

#include <algorithm>
#include <cctype>

#include "core/fault.hpp"

namespace steppe {

namespace {

struct KnownKind {
  std::string_view start;
  const char* name;
  const char* remedy;
};

constexpr const char* kUnpack = "unpack it and give the .so file inside";
constexpr const char* kDownload =
    "download the plugin again, from the file itself and not its page";
constexpr const char* kRebuild = "build the plugin for Linux on this kind of machine";

using namespace std::string_view_literals;
constexpr KnownKind kKinds[] = {
    {"\x7f"
     "ELF"sv,
     "an ELF file", ""},
    {"PK\x03\x04"sv, "a zip archive", kUnpack},
    {"\x1f\x8b"sv, "a gzip archive", kUnpack},
    {"\xfd"
     "7zXZ"sv,
     "an xz archive", kUnpack},
    {"\x28\xb5\x2f\xfd"sv, "a zstd archive", kUnpack},
    {"BZh"sv, "a bzip2 archive", kUnpack},
    {"!<arch>\ndebian"sv, "a Debian package", "install it"},
    {"!<arch>\n"sv, "a static library", "link it as a module: steppe_add_plugin() does"},
    {"MZ"sv, "a Windows library or program", kRebuild},
    {"\xcf\xfa\xed\xfe"sv, "a macOS library", kRebuild},
    {"\xca\xfe\xba\xbe"sv, "a macOS library or a Java class", kRebuild},
    {"version https://git-lfs"sv, "a Git LFS pointer", "fetch the file itself: git lfs pull"},
    {"/* GNU ld script"sv, "a linker script", "give the library that it names"},
};

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return out;
}

bool is_text(std::string_view bytes) {
  return std::ranges::all_of(bytes, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 || c == '\n' || c == '\r' || c == '\t';
  });
}

FileKind script(std::string_view bytes) {
  const std::string program =
      escaped(bytes.substr(2, std::min<std::size_t>(bytes.find('\n'), 80) - 2));
  return {"a script for " + (program.empty() ? "a shell" : program),
          "a plugin is a compiled library: build the project it came with"};
}

FileKind text(std::string_view bytes) {
  const std::string start = lower(bytes.substr(0, std::min<std::size_t>(bytes.size(), 200)));
  const auto first = start.find_first_not_of(" \t\r\n");
  const std::string_view begin =
      first == std::string::npos ? std::string_view() : std::string_view(start).substr(first);
  if (begin.starts_with("<!doctype html") || begin.starts_with("<html")) {
    return {"an HTML page", kDownload};
  }
  if (begin.starts_with("<?xml")) return {"an XML text", kDownload};
  if (begin.starts_with("{") || begin.starts_with("[")) return {"a JSON text", kDownload};
  return {"a text", "a plugin is a compiled library: build the project it came with"};
}

}  // namespace

FileKind file_kind(std::string_view first_bytes) {
  if (first_bytes.empty()) return {"an empty file", "copy or build it again"};
  for (const KnownKind& kind : kKinds) {
    if (first_bytes.starts_with(kind.start)) return {kind.name, kind.remedy};
  }
  if (first_bytes.starts_with("#!")) return script(first_bytes);
  if (is_text(first_bytes)) return text(first_bytes);
  return {"data of an unknown kind", "copy or build it again"};
}

}  // namespace steppe
