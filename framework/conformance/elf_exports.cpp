// SPDX-License-Identifier: Apache-2.0
#include "conformance/elf_exports.hpp"

#include <elf.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>

namespace steppe::conformance {

namespace {

constexpr std::uint64_t kMostBytes = std::uint64_t{64} << 20;  // of one section

// `count` items of T at an offset, or nothing when they do not lie within the file.
template <typename T>
std::optional<std::vector<T>> read_items(int descriptor, std::uint64_t offset,
                                         std::uint64_t count) {
  struct stat status{};
  if (fstat(descriptor, &status) != 0) return std::nullopt;
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (count > kMostBytes / sizeof(T) || offset > size || count * sizeof(T) > size - offset) {
    return std::nullopt;
  }
  std::vector<T> out(count);
  const std::size_t bytes = count * sizeof(T);
  const ssize_t got = pread(descriptor, out.data(), bytes, static_cast<off_t>(offset));
  if (got != static_cast<ssize_t>(bytes)) return std::nullopt;
  return out;
}

bool is_exported(const Elf64_Sym& symbol) {
  const auto binding = ELF64_ST_BIND(symbol.st_info);
  const auto visibility = ELF64_ST_VISIBILITY(symbol.st_other);
  return symbol.st_shndx != SHN_UNDEF && symbol.st_shndx != SHN_ABS && binding != STB_LOCAL &&
         (visibility == STV_DEFAULT || visibility == STV_PROTECTED);
}

bool is_the_linkers(std::string_view name) {
  constexpr std::string_view kNames[] = {"_init", "_fini", "_edata", "_end", "__bss_start"};
  return std::ranges::find(kNames, name) != std::end(kNames);
}

std::vector<std::string> names_of(const std::vector<Elf64_Sym>& symbols,
                                  const std::vector<char>& texts) {
  std::vector<std::string> out;
  for (const Elf64_Sym& symbol : symbols) {
    if (!is_exported(symbol) || symbol.st_name >= texts.size()) continue;
    const auto from = texts.begin() + symbol.st_name;
    const std::string name(from, std::find(from, texts.end(), '\0'));
    if (!is_the_linkers(name)) out.push_back(name);
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace

Result<std::vector<std::string>, std::string> exported_symbols(int descriptor) {
  const auto header = read_items<Elf64_Ehdr>(descriptor, 0, 1);
  if (!header || header->front().e_shentsize != sizeof(Elf64_Shdr)) {
    return std::string("its section headers cannot be read");
  }
  const Elf64_Ehdr& elf = header->front();
  const auto sections = read_items<Elf64_Shdr>(descriptor, elf.e_shoff, elf.e_shnum);
  if (!sections || sections->empty()) return std::string("it has no section headers");
  const auto table = std::ranges::find(*sections, SHT_DYNSYM, &Elf64_Shdr::sh_type);
  if (table == sections->end()) return std::string("it has no dynamic symbols");
  if (table->sh_link >= sections->size()) return std::string("its dynamic symbols have no names");
  const Elf64_Shdr& strings = (*sections)[table->sh_link];
  const auto symbols =
      read_items<Elf64_Sym>(descriptor, table->sh_offset, table->sh_size / sizeof(Elf64_Sym));
  const auto texts = read_items<char>(descriptor, strings.sh_offset, strings.sh_size);
  if (!symbols || !texts) return std::string("its dynamic symbols do not lie within the file");
  return names_of(*symbols, *texts);
}

}  // namespace steppe::conformance
