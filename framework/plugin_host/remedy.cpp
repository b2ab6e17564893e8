// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/remedy.hpp"

#include <cxxabi.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <climits>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "core/fault.hpp"
#include "plugin_host/file_kind.hpp"
#include "plugin_host/plugin_file.hpp"
#include "steppe/abi/version.h"
#include "steppe/sdk_version.hpp"

namespace steppe {

namespace {

using Lines = std::vector<std::string>;

struct SignalCause {
  std::string_view name;
  const char* meaning;
};
constexpr SignalCause kSignals[] = {
    {"SIGSEGV", "it used memory that is not its own"},
    {"SIGBUS", "it used memory that is not there; its file may have been cut while it was mapped"},
    {"SIGABRT", "it gave up: a failed assertion, an exception nobody caught, or abort()"},
    {"SIGILL", "it used an instruction that this processor does not have"},
    {"SIGFPE", "it divided an integer by zero"},
    {"SIGKILL", "it was killed from outside, perhaps because memory ran out"},
    {"SIGTRAP", "it ran into a breakpoint or a check of its compiler"},
    {"SIGSYS", "it made a system call that is not allowed here"},
};

// The words between `before` and the next of `end`, or the end of the text.
std::string between(const std::string& text, std::string_view before, std::string_view end) {
  const auto at = text.find(before);
  if (at == std::string::npos) return {};
  const std::size_t start = at + before.size();
  return text.substr(start, std::min(text.find_first_of(end, start), text.size()) - start);
}

std::string folder_of(const std::string& path) {
  return path.substr(0, std::max<std::size_t>(path.rfind('/'), 1));
}

std::string first_bytes_of(const std::string& path) {
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  char buffer[512];
  const ssize_t got = file.open() ? read(file.get(), buffer, sizeof(buffer)) : 0;
  return {buffer, got > 0 ? static_cast<std::size_t>(got) : 0};
}

Lines for_file(const PluginVerdict& verdict) {  // B1
  const std::string& reason = verdict.reason;
  if (reason.find("No such file") != std::string::npos) return {"give the path of a file"};
  if (reason.starts_with("cannot be read")) {
    return {"let yourself read it: chmod u+r " + shell_word(verdict.path)};
  }
  if (reason.find("version `") != std::string::npos) {
    const std::string version = between(reason, "version `", "'");
    return {"it was built where libraries are newer than here (" + version +
                "): build it on this system or on an older one",
            "or bring this system up to date"};
  }
  if (reason.starts_with("built for")) return {"build it again for this machine"};
  if (reason.starts_with("an object file")) {
    return {"link it as a module: steppe_add_plugin() does, by hand cc -shared"};
  }
  const FileKind kind = file_kind(first_bytes_of(verdict.path));
  if (kind.name != "an ELF file" && !kind.remedy.empty()) return {kind.remedy};
  return {"copy or build it again; sha256sum tells whether two copies are alike"};
}

Lines for_revision() {  // B4
  const std::string version = STEPPE_SDK_VERSION;
  return {"build it again with the SDK of this program, version " + version +
              ": find_package(Steppe " + version + ")",
          "or run it with the version of steppe that it was built for"};
}

Lines for_symbol(const PluginVerdict& verdict) {  // B5
  const std::string symbol = missing_symbol(verdict.loader);
  if (symbol.empty()) return {"link the library that defines the symbol"};
  return {"link the library that defines " + demangled(symbol) +
              ": steppe_add_plugin(... LINK library), or add the source file that was forgotten",
          "link with -Wl,-z,defs, as steppe_add_plugin() does: then the linker finds it first"};
}

Lines for_library(const PluginVerdict& verdict) {  // B6
  const std::string library = missing_library(verdict.loader);
  const std::string package = debian_package_of(library);
  Lines out;
  if (!package.empty()) {
    out.push_back("install it; on Debian and Ubuntu the package is probably " + package +
                  " (apt-file search " + shell_word(library) + ")");
  } else {
    out.push_back("install " + (library.empty() ? "it" : library));
  }
  out.push_back(
      "or link it statically: a plugin is loaded through an open file, so $ORIGIN in its run path "
      "finds nothing");
  return out;
}

Lines for_crash(const PluginVerdict& verdict) {  // B7, P5
  const std::string debug =
      "see it happen: gdb --args steppe --probe-plugin " + shell_word(verdict.path);
  if (verdict.time_limit_ms > 0) {
    return {
        "do no work while the library is loaded: take constructors of static objects out, "
        "wait for nothing, connect in create or open",
        debug};
  }
  if (verdict.signal == "SIGILL") {
    return {"build it without -march=native, or on this machine", debug};
  }
  return {"look at constructors of static objects and functions marked constructor: they run first",
          debug};
}

Lines for_tables(const PluginVerdict& verdict) {  // B2, B3
  if (verdict.fault == "B2") {
    return {
        "end one source file with STEPPE_PLUGIN(YourComponent); in C, export the entry of "
        "steppe/abi/entry.h",
        "see what it exports: nm -D --defined-only " + shell_word(verdict.path)};
  }
  return {"let STEPPE_PLUGIN write the tables, or compare them with steppe/abi/",
          "try every rule: steppe test-plugin " + shell_word(verdict.path)};
}

// The file or directory that was found wanting.
std::string distrusted(const PluginVerdict& verdict) {
  return verdict.reason.starts_with("its directory") ? folder_of(verdict.path) : verdict.path;
}

Lines for_owner(const PluginVerdict& verdict) {  // B15
  const std::string path = distrusted(verdict);
  const std::string word = shell_word(path);
  struct stat status{};
  if (lstat(path.c_str(), &status) != 0) return {};
  if (S_ISLNK(status.st_mode)) {
    const std::unique_ptr<char, void (*)(void*)> target(realpath(path.c_str(), nullptr), &free);
    if (target == nullptr) return {"remove it: what it points to is not there: rm " + word};
    return {"give the file itself: " + escaped(target.get()),
            "or put a copy in its place: cp --remove-destination " +
                shell_word(escaped(target.get())) + " " + word};
  }
  if (S_ISDIR(status.st_mode) && verdict.reason.starts_with("is not a regular file")) {
    return {"look at all files in it: steppe plugins doctor --plugin-dir " + word};
  }
  if (verdict.reason.find("\"..\"") != std::string::npos) return {"give the path without \"..\""};
  Lines out;
  if (status.st_uid != 0 && status.st_uid != geteuid()) {
    out.push_back("make it yours: sudo chown " + std::to_string(geteuid()) + " " + word);
    out.push_back("or copy it into a directory of your own");
  }
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0 && (status.st_mode & S_ISVTX) != 0) {
    out.push_back("copy the plugin into a directory of your own: " + word + " is for everybody");
  } else if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
    out.push_back("take the right to write from others: chmod go-w " + word);
  }
  if (out.empty()) out.push_back("remove it, or put a file in its place");
  return out;
}

}  // namespace

std::string signal_meaning(const std::string& signal) {
  const auto* const found = std::ranges::find(kSignals, signal, &SignalCause::name);
  return found == std::end(kSignals) ? std::string() : found->meaning;
}

std::string debian_package_of(const std::string& library) {
  const auto so = library.find(".so.");
  if (so == std::string::npos) return {};
  std::string out = library.substr(0, so);
  for (char& c : out) {
    if (c == '_') c = '-';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  if (!out.empty() && out.back() >= '0' && out.back() <= '9') out += '-';
  return out + library.substr(so + 4);
}

std::string demangled(const std::string& symbol) {
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> name(
      abi::__cxa_demangle(symbol.c_str(), nullptr, nullptr, &status), &free);
  // A single letter is a mangled type: only functions and variables begin with _Z.
  if (status != 0 || name == nullptr || !symbol.starts_with("_Z")) return symbol;
  return escaped(name.get());
}

std::string missing_symbol(const std::string& loader_text) {
  return between(loader_text, "undefined symbol: ", " ,\t");
}

std::string missing_library(const std::string& loader_text) {
  if (loader_text.find("cannot open shared object file") == std::string::npos) return {};
  return loader_text.substr(0, loader_text.find(':'));
}

std::vector<std::string> remedies_for(const PluginVerdict& verdict) {
  const std::string& fault = verdict.fault;
  if (fault == "B1") return for_file(verdict);
  if (fault == "B4") return for_revision();
  if (fault == "B5") return for_symbol(verdict);
  if (fault == "B6") return for_library(verdict);
  if (fault == "B7" || fault == "P5") return for_crash(verdict);
  if (fault == "B2" || fault == "B3") return for_tables(verdict);
  if (fault == "B14") return {"run the command again"};
  if (fault == "B15") return for_owner(verdict);
  return {};
}

std::string shell_word(const std::string& path) {
  const bool plain = !path.empty() && std::ranges::all_of(path, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("/._-+=:@%").find(c) != std::string_view::npos;
  });
  if (plain) return path;
  std::string out = "'";
  for (const char c : path) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace steppe
