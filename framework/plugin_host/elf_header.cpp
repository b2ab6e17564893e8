// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/elf_header.hpp"

#include <elf.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <string>
#include <vector>

namespace steppe {

std::string machine_name(int machine) {
  switch (machine) {
    case EM_X86_64:
      return "x86-64";
    case EM_386:
      return "x86 (32 bit)";
    case EM_AARCH64:
      return "AArch64";
    case EM_ARM:
      return "ARM (32 bit)";
    case EM_RISCV:
      return "RISC-V";
    case EM_PPC64:
      return "PowerPC 64";
    case EM_S390:
      return "S/390";
    case EM_LOONGARCH:
      return "LoongArch";
    default:
      return "machine " + std::to_string(machine);
  }
}

namespace {

#if defined(__x86_64__)
constexpr int kMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr int kMachine = EM_AARCH64;
#elif defined(__riscv)
constexpr int kMachine = EM_RISCV;
#elif defined(__powerpc64__)
constexpr int kMachine = EM_PPC64;
#elif defined(__s390x__)
constexpr int kMachine = EM_S390;
#else
#error "name this machine's ELF number here"
#endif
constexpr int kByteOrder = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? ELFDATA2LSB : ELFDATA2MSB;

LoadError b1(const std::string& message) { return {"B1", message}; }

LoadError truncated(const std::string& what, std::uint64_t needed, std::uint64_t size) {
  return b1("truncated: its " + what + " end at byte " + std::to_string(needed) +
            ", the file has " + std::to_string(size) + "; copy it again");
}

bool read_at(int descriptor, std::uint64_t offset, void* out, std::size_t count) {
  return pread(descriptor, out, count, static_cast<off_t>(offset)) == static_cast<ssize_t>(count);
}

LoadError not_elf(const unsigned char* first, std::size_t count) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string bytes;
  for (std::size_t i = 0; i < count; ++i) {
    bytes += ' ';
    bytes += kDigits[first[i] >> 4];
    bytes += kDigits[first[i] & 15];
  }
  return b1("not a shared library: it begins with the bytes" + bytes + ", not with 7f 45 4c 46");
}

// Class and byte order first: the fields behind them depend on both.
std::optional<LoadError> check_header(const Elf64_Ehdr& header) {
  const std::string host = "; this host is " + machine_name(kMachine);
  if (header.e_ident[EI_CLASS] == ELFCLASS32) return b1("built for a 32-bit machine" + host);
  if (header.e_ident[EI_CLASS] != ELFCLASS64) return b1("its ELF class is not known");
  if (header.e_ident[EI_DATA] != kByteOrder) {
    return b1("built for a machine of the other byte order" + host);
  }
  if (header.e_machine != kMachine) {
    return b1("built for " + machine_name(header.e_machine) + host);
  }
  if (header.e_type == ET_REL) return b1("an object file, not a shared library");
  if (header.e_type != ET_DYN) return b1("not a shared library");
  return std::nullopt;
}

// True when [offset, offset + length) does not end within the file.
bool beyond(std::uint64_t offset, std::uint64_t length, std::uint64_t size) {
  return offset > size || length > size - offset;
}

std::optional<LoadError> check_extent(int descriptor, const Elf64_Ehdr& header,
                                      std::uint64_t size) {
  const std::uint64_t table = std::uint64_t{header.e_phnum} * sizeof(Elf64_Phdr);
  if (header.e_phentsize != sizeof(Elf64_Phdr) || header.e_phnum == 0) {
    return b1("its program headers are corrupt");
  }
  if (beyond(header.e_phoff, table, size)) {
    return truncated("program headers", header.e_phoff + table, size);
  }
  std::vector<Elf64_Phdr> segments(header.e_phnum);
  if (!read_at(descriptor, header.e_phoff, segments.data(), table)) return b1("cannot be read");
  for (const Elf64_Phdr& segment : segments) {
    if (segment.p_type != PT_LOAD || !beyond(segment.p_offset, segment.p_filesz, size)) continue;
    return truncated("segments", segment.p_offset + segment.p_filesz, size);
  }
  // Not needed to run, but a copy that lost its tail is not the file that was built.
  const std::uint64_t sections = std::uint64_t{header.e_shnum} * header.e_shentsize;
  if (header.e_shoff != 0 && beyond(header.e_shoff, sections, size)) {
    return truncated("section headers", header.e_shoff + sections, size);
  }
  return std::nullopt;
}

}  // namespace

std::optional<LoadError> check_elf(int descriptor, std::uint64_t size) {
  if (size == 0) return b1("the file is empty");
  std::array<unsigned char, 4> magic{};
  const std::size_t first = size < magic.size() ? size : magic.size();
  if (!read_at(descriptor, 0, magic.data(), first)) return b1("cannot be read");
  if (std::memcmp(magic.data(), ELFMAG, SELFMAG) != 0) return not_elf(magic.data(), first);
  if (size < sizeof(Elf64_Ehdr)) return truncated("first headers", sizeof(Elf64_Ehdr), size);
  Elf64_Ehdr header{};
  if (!read_at(descriptor, 0, &header, sizeof(header))) return b1("cannot be read");
  if (auto problem = check_header(header)) return problem;
  return check_extent(descriptor, header, size);
}

}  // namespace steppe
