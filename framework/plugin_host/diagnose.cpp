// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/diagnose.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "core/fault.hpp"
#include "plugin_host/elf_needs.hpp"
#include "plugin_host/file_kind.hpp"
#include "plugin_host/plugin_file.hpp"
#include "plugin_host/remedy.hpp"
#include "plugin_host/rules.hpp"

namespace steppe {

namespace {

using Lines = std::vector<std::string>;

constexpr std::size_t kShownPrinted = 8;

Lines lines_of(const std::string& text) {
  Lines out;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    out.push_back(escaped(text.substr(start, end - start)));
    start = end + 1;
  }
  if (out.size() > kShownPrinted) {
    out.erase(out.begin(), out.end() - static_cast<std::ptrdiff_t>(kShownPrinted));
  }
  return out;
}

class Examination {
 public:
  Examination(const PluginVerdict& verdict, const std::vector<PluginVerdict>& all)
      : verdict_(verdict), all_(all) {
    out_.path = escaped(verdict.path);
    out_.fault = verdict.fault;
    out_.rule = verdict.rule;
  }

  PluginDiagnosis run() {
    look_at_the_file();
    if (verdict_.accepted) {
      accepted();
    } else {
      refused();
    }
    fact("printed", lines_of(verdict_.log));
    return std::move(out_);
  }

 private:
  void fact(const char* name, Lines lines) {
    if (!lines.empty()) out_.facts.push_back({name, std::move(lines)});
  }

  void look_at_the_file() {
    struct stat status{};
    if (stat(verdict_.path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return;
    needs_ = read_elf_needs(verdict_.path);
    const std::string size = ", " + std::to_string(status.st_size) + " bytes";
    fact("file", {(needs_ ? needs_->format : "looks like " + kind_of_file()) + size});
    if (!verdict_.sha256.empty()) fact("sha256", {verdict_.sha256});
  }

  std::string kind_of_file() const {
    const Descriptor file(open(verdict_.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    char buffer[512];
    const ssize_t got = file.open() ? read(file.get(), buffer, sizeof(buffer)) : 0;
    if (got < 0 || !file.open()) return "a file that may not be read";
    return file_kind({buffer, static_cast<std::size_t>(got)}).name;
  }

  void accepted() {
    Lines components;
    for (const ComponentDescription& component : verdict_.components) {
      components.push_back(component.id + " " + component.version + "  " + component.summary);
    }
    out_.usable = true;
    out_.finding = "nothing is wrong: offers " + ids();
    fact("components", std::move(components));
    fact("abi", {verdict_.revision + ", built with SDK " + verdict_.sdk_version});
    fact("checked", {"owner and permissions of file and directory", "first bytes and length",
                     "loaded in a process of its own, in time, with every symbol",
                     "entry, revisions, tables, options and ids"});
    Lines noted;
    for (const std::string& notice : verdict_.notices) noted.push_back(escaped(notice));
    if (!noted.empty()) {
      out_.finding += ", but see what was noted";
      out_.remedies = {
          "the host puts right what the library changes, but other programs will not: link it "
          "with steppe_add_plugin(), which leaves fast-math start-up code out, and take code out "
          "of constructors"};
    }
    fact("noted", std::move(noted));
    look_for_clashes();
  }

  std::string ids() const {
    std::string out;
    for (const ComponentDescription& component : verdict_.components) {
      out += (out.empty() ? "" : ", ") + component.id;
    }
    return out;
  }

  bool serves(const std::string& id) const {
    return std::ranges::any_of(verdict_.components,
                               [&](const ComponentDescription& mine) { return mine.id == id; });
  }

  void look_for_clashes() {
    Lines clashes;
    for (const PluginVerdict& other : all_) {
      if (!other.accepted || other.path == verdict_.path) continue;
      if (other.identity && other.identity == verdict_.identity) continue;  // by another path
      for (const ComponentDescription& component : other.components) {
        if (!serves(component.id)) continue;
        clashes.push_back(component.id + ": " + escaped(other.path));
        out_.finding = component.id + " is also in " + escaped(other.path) +
                       ": neither is used until one is gone";
      }
    }
    if (clashes.empty()) return;
    out_.usable = false;
    out_.fault = "B8";
    out_.rule = rule_of_fault("B8");
    fact("also_offered_by", std::move(clashes));
    out_.remedies = {"remove one of the files, or take its directory off the search path",
                     "or give one component another id"};
  }

  void refused() {
    out_.finding = finding();
    if (!verdict_.loader.empty()) fact("dynamic_loader", {escaped(verdict_.loader)});
    add_needs();
    add_end();
    add_owner();
    out_.remedies = remedies_for(verdict_);
  }

  std::string finding() const {
    const std::string symbol = missing_symbol(verdict_.loader);
    if (verdict_.fault == "B5" && !symbol.empty()) {
      return "it uses " + demangled(symbol) + ", which neither it nor a library it needs defines";
    }
    const std::string library = missing_library(verdict_.loader);
    if (verdict_.fault == "B6" && !library.empty()) {
      return "it needs " + library + ", which is not found on this system";
    }
    const std::string meaning = signal_meaning(verdict_.signal);
    return escaped(verdict_.reason) + (meaning.empty() ? "" : ": " + meaning);
  }

  void add_needs() {
    const std::string symbol = missing_symbol(verdict_.loader);
    if (!symbol.empty()) fact("symbol", {symbol});
    if (!needs_ || (verdict_.fault != "B5" && verdict_.fault != "B6" && verdict_.fault != "B1")) {
      return;
    }
    Lines lines;
    for (const std::string& name : needs_->needed) {
      const std::string found = find_library(name, needs_->run_path);
      lines.push_back(name + ": " + (found.empty() ? "not found" : found));
    }
    fact("needs", std::move(lines));
    Lines run_path;
    for (const std::string& directory : needs_->run_path) run_path.push_back(escaped(directory));
    fact("run_path", std::move(run_path));
  }

  void add_end() {
    if (!verdict_.signal.empty()) fact("signal", {verdict_.signal});
    if (verdict_.exit_code > 0 || verdict_.fault == "P5") {
      fact("exit_code", {std::to_string(verdict_.exit_code)});
    }
    if (verdict_.time_limit_ms > 0) {
      fact("time_limit", {std::to_string(verdict_.time_limit_ms) + " ms"});
    }
  }

  void add_owner() {
    struct stat status{};
    if (verdict_.fault != "B15" || lstat(verdict_.path.c_str(), &status) != 0) return;
    fact("owner", {"user " + std::to_string(status.st_uid) + ", " +
                   (S_ISLNK(status.st_mode) ? "symbolic link" : mode_text(status.st_mode))});
  }

  const PluginVerdict& verdict_;
  const std::vector<PluginVerdict>& all_;
  std::optional<ElfNeeds> needs_;
  PluginDiagnosis out_;
};

}  // namespace

PluginDiagnosis diagnose(const PluginVerdict& verdict, const std::vector<PluginVerdict>& all) {
  return Examination(verdict, all).run();
}

void add_search_path(PluginDiagnosis& diagnosis, const std::string& path,
                     const std::vector<PluginDirectory>& directories) {
  const std::string folder = path.substr(0, std::max<std::size_t>(path.rfind('/'), 1));
  Lines lines;
  struct stat status{};
  if (stat(path.c_str(), &status) != 0 || S_ISDIR(status.st_mode)) return;
  if (!path.ends_with(".so")) lines.emplace_back("the name does not end in .so: it is passed by");
  const bool searched = std::ranges::any_of(
      directories, [&](const PluginDirectory& directory) { return directory.path == folder; });
  if (!searched) {
    lines.push_back("its directory is not searched: give --plugin-dir " +
                    shell_word(escaped(folder)) + ", or put the file into one that is");
  }
  if (!lines.empty()) diagnosis.facts.push_back({"search_path", std::move(lines)});
}

PluginCheckup check_up(const PluginCatalogue& catalogue) {
  PluginCheckup out;
  for (const PluginDirectory& directory : catalogue.directories()) {
    out.directories.emplace_back(escaped(directory.path), directory.origin);
  }
  for (const std::string& notice : catalogue.notices()) out.notices.push_back(escaped(notice));
  for (const PluginVerdict& verdict : catalogue.plugins()) {
    out.plugins.push_back(diagnose(verdict, catalogue.plugins()));
  }
  return out;
}

}  // namespace steppe
