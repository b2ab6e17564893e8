// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/elf_needs.hpp"

#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string_view>

#include "core/fault.hpp"
#include "plugin_host/elf_header.hpp"
#include "plugin_host/environment.hpp"
#include "plugin_host/plugin_file.hpp"

namespace steppe {

namespace {

constexpr std::size_t kMostBytes = std::size_t{64} << 20;
constexpr std::size_t kMostNames = 1000;
constexpr std::size_t kLongestName = 4096;

// Bytes of a file that are read only where there are any.
class Bytes {
 public:
  explicit Bytes(std::string bytes) : bytes_(std::move(bytes)) {}

  std::size_t size() const { return bytes_.size(); }
  template <typename T>
  bool read(std::uint64_t offset, T& out) const {
    if (offset > bytes_.size() || sizeof(T) > bytes_.size() - offset) return false;
    std::memcpy(&out, bytes_.data() + offset, sizeof(T));
    return true;
  }
  std::string text(std::uint64_t offset) const {
    if (offset >= bytes_.size()) return {};
    const std::size_t left = std::min<std::size_t>(bytes_.size() - offset, kLongestName);
    return {bytes_.data() + offset, strnlen(bytes_.data() + offset, left)};
  }

 private:
  std::string bytes_;
};

std::string content_of(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  std::string out;
  char buffer[65536];
  while (file.open() && out.size() < kMostBytes) {
    const ssize_t got = read(file.get(), buffer, sizeof(buffer));
    if (got <= 0) break;
    out.append(buffer, static_cast<std::size_t>(got));
  }
  return out;
}

std::string type_name(int type) {
  if (type == ET_DYN) return "shared library";
  if (type == ET_REL) return "object file";
  if (type == ET_EXEC) return "program";
  return "of type " + std::to_string(type);
}

void split(const std::string& list, std::vector<std::string>& out) {
  for (std::size_t start = 0; start <= list.size();) {
    const std::size_t end = std::min(list.find(':', start), list.size());
    if (end > start) out.push_back(list.substr(start, end - start));
    start = end + 1;
  }
}

// Reads the dynamic section: the file offset of an address is found in the segments.
class DynamicSection {
 public:
  DynamicSection(const Bytes& bytes, const Elf64_Ehdr& header) : bytes_(bytes), header_(header) {}

  void read_into(ElfNeeds& out) const {
    const auto dynamic = segment_of_type(PT_DYNAMIC);
    if (!dynamic) return;
    std::uint64_t strings = 0;
    each(*dynamic, [&](const Elf64_Dyn& entry) {
      if (entry.d_tag == DT_STRTAB) strings = file_offset(entry.d_un.d_ptr);
    });
    each(*dynamic, [&](const Elf64_Dyn& entry) {
      const std::string text = bytes_.text(strings + entry.d_un.d_val);
      if (entry.d_tag == DT_NEEDED) out.needed.push_back(escaped(text));
      if (entry.d_tag == DT_RUNPATH || entry.d_tag == DT_RPATH) split(text, out.run_path);
    });
  }

 private:
  template <typename Take>
  void each(const Elf64_Phdr& dynamic, Take&& take) const {
    Elf64_Dyn entry{};
    for (std::size_t i = 0; i < kMostNames; ++i) {
      const std::uint64_t offset = i * sizeof(entry);
      if (offset >= dynamic.p_filesz || !bytes_.read(dynamic.p_offset + offset, entry)) return;
      if (entry.d_tag == DT_NULL) return;
      take(entry);
    }
  }

  std::optional<Elf64_Phdr> segment(int index) const {
    Elf64_Phdr out{};
    const std::uint64_t offset = std::uint64_t{sizeof(out)} * static_cast<unsigned>(index);
    if (!bytes_.read(header_.e_phoff + offset, out)) return std::nullopt;
    return out;
  }

  std::optional<Elf64_Phdr> segment_of_type(std::uint32_t type) const {
    for (int i = 0; i < header_.e_phnum; ++i) {
      const auto found = segment(i);
      if (found && found->p_type == type) return found;
    }
    return std::nullopt;
  }

  std::uint64_t file_offset(std::uint64_t address) const {
    for (int i = 0; i < header_.e_phnum; ++i) {
      const auto s = segment(i);
      if (!s || s->p_type != PT_LOAD || address < s->p_vaddr) continue;
      if (address - s->p_vaddr < s->p_filesz) return address - s->p_vaddr + s->p_offset;
    }
    return bytes_.size();
  }

  const Bytes& bytes_;
  const Elf64_Ehdr& header_;
};

bool is_file(const std::string& path) {
  struct stat status{};
  return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

std::string in_directories(const std::string& name, const std::vector<std::string>& directories) {
  for (const std::string& directory : directories) {
    // $ORIGIN is the place of an open file here, where no library lies: see shared_module.hpp.
    if (directory.find('$') != std::string::npos) continue;
    if (is_file(directory + "/" + name)) return directory + "/" + name;
  }
  return {};
}

// The loader's cache, glibc's format 1.1: a header of 48 bytes, entries of 24 with the offsets of
// name and path (sysdeps/generic/dl-cache.h).
std::string in_loader_cache(const std::string& name) {
  constexpr std::string_view kMagic = "glibc-ld.so.cache1.1";
  constexpr std::size_t kHeader = 48;
  struct Entry {
    std::int32_t flags;
    std::uint32_t key;
    std::uint32_t value;
    std::uint32_t os_version;
    std::uint64_t hardware;
  };
  const Bytes cache(content_of("/etc/ld.so.cache"));
  std::uint32_t count = 0;
  if (cache.text(0).substr(0, kMagic.size()) != kMagic || !cache.read(kMagic.size(), count)) {
    return {};
  }
  for (std::uint64_t i = 0; i < count; ++i) {
    Entry entry{};
    if (!cache.read(kHeader + i * sizeof(Entry), entry)) return {};
#if defined(__x86_64__)
    constexpr int kX8664 = 0x0300;  // libraries of the 32-bit kinds stand beside ours
    if ((entry.flags & 0xFF00) != kX8664) continue;
#endif
    if (cache.text(entry.key) == name) return escaped(cache.text(entry.value));
  }
  return {};
}

}  // namespace

std::optional<ElfNeeds> read_elf_needs(const std::string& path) {
  const Bytes bytes(content_of(path));
  Elf64_Ehdr header{};
  unsigned char ident[EI_NIDENT] = {};
  if (!bytes.read(0, ident) || std::memcmp(ident, ELFMAG, SELFMAG) != 0) return std::nullopt;
  ElfNeeds out;
  if (ident[EI_CLASS] != ELFCLASS64 || !bytes.read(0, header)) {
    // Type and machine stand at the same place in both classes.
    std::uint16_t machine = 0;
    bytes.read(18, machine);
    out.format = "ELF, " + std::string(ident[EI_CLASS] == ELFCLASS32 ? "32-bit" : "cut") + ", " +
                 machine_name(machine);
    return out;
  }
  out.format = "ELF, 64-bit, " + machine_name(header.e_machine) + ", " + type_name(header.e_type);
  DynamicSection(bytes, header).read_into(out);
  return out;
}

std::string find_library(const std::string& name, const std::vector<std::string>& run_path) {
  std::vector<std::string> directories;
  const char* const from_environment = std::getenv("LD_LIBRARY_PATH");
  if (from_environment != nullptr && !is_privileged()) split(from_environment, directories);
  directories.insert(directories.end(), run_path.begin(), run_path.end());
  std::string found = in_directories(name, directories);
  if (found.empty()) found = in_loader_cache(name);
  if (found.empty()) found = in_directories(name, {"/lib", "/usr/lib", "/lib64", "/usr/lib64"});
  return found;
}

}  // namespace steppe
