// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which plugins there are, without running a line of their code in this process.
//
// Every file ending in .so in the search path is judged once: owner and permissions (B15), its
// first bytes (B1), then a *probe*: a child process that loads it, negotiates, checks its tables
// and hands over its descriptions, with a time limit (B7). The verdict, with the reason for any
// refusal, is cached under the file's SHA-256; a file whose device, inode, size and times are
// unchanged is not hashed again. There is no fallback to loading a suspect file in this process.

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/fault.hpp"
#include "core/option_value.hpp"
#include "plugin_host/file_identity.hpp"
#include "plugin_host/search_path.hpp"

namespace steppe {

// What the probe found out about one file.
struct PluginVerdict {
  std::string path;    // absolute
  std::string sha256;  // of the bytes that were judged; empty when they could not be read
  bool accepted = false;
  std::string fault;   // "B7"; empty when accepted
  std::string rule;    // broken rule of the contract, "R4"; empty where no plugin broke one
  std::string reason;  // one line; empty when accepted
  std::string log;     // what the plugin printed while it was probed, last lines
  // How it went, where the reason is one of these.
  std::string loader;     // the dynamic loader's own words
  std::string signal;     // that ended the probe: "SIGSEGV"
  int exit_code = -1;     // with which the plugin ended the probe
  int time_limit_ms = 0;  // that the probe did not keep
  std::string name;       // as in steppe_plugin
  std::string version;
  std::string vendor;
  std::string licence;
  std::string sdk_version;
  std::string revision;  // "1.0": epoch and revision agreed on
  std::vector<ComponentDescription> components;
  // What is true of an accepted plugin and its user should know: it turned on flush-to-zero while
  // it was loaded (B10), it printed. Each names its rule.
  std::vector<std::string> notices;
  std::optional<FileIdentity> identity;  // of the file in the state that was judged
};

struct CatalogueOptions {
  std::vector<PluginDirectory> directories;
  std::string probe_program;  // absolute path of a program that understands `--probe-plugin FILE`
  std::string cache_file;     // empty: no cache
  int probe_timeout_ms = 2000;
};

// A component and the file that serves it.
struct CatalogueEntry {
  const ComponentDescription* component;
  const PluginVerdict* plugin;
};

class PluginCatalogue {
 public:
  // Scans the directories. Never fails: what could not be judged is a refused verdict, what is
  // missing a notice (B16).
  static PluginCatalogue scan(const CatalogueOptions& options);

  // The verdict on one file, anew: the cache is neither asked nor written. `path` is absolute; the
  // file need not be in a directory that is searched, nor end in .so.
  static PluginVerdict judge(const std::string& path, const CatalogueOptions& options);

  // A catalogue of verdicts reached elsewhere: for tests, and wherever no scan is wanted.
  static PluginCatalogue from_verdicts(std::vector<PluginVerdict> plugins,
                                       std::vector<PluginDirectory> directories = {}) {
    PluginCatalogue out;
    out.plugins_ = std::move(plugins);
    out.directories_ = std::move(directories);
    std::sort(out.plugins_.begin(), out.plugins_.end(),
              [](const PluginVerdict& a, const PluginVerdict& b) { return a.path < b.path; });
    return out;
  }

  const std::vector<PluginVerdict>& plugins() const { return plugins_; }  // sorted by path
  const std::vector<PluginDirectory>& directories() const { return directories_; }
  const std::vector<std::string>& notices() const { return notices_; }

  // All accepted components, sorted by id. An id served by two files appears twice.
  std::vector<CatalogueEntry> components() const;

  // The component of an id. Errors: none of that id (names the directories searched, the nearest
  // id, and refused files of that name with their reason); two files with it, both shown (B8).
  Outcome<CatalogueEntry> find(std::string_view id) const;

 private:
  Fault unknown(const std::string& id, const std::vector<std::string>& ids) const;

  std::vector<PluginVerdict> plugins_;
  std::vector<PluginDirectory> directories_;
  std::vector<std::string> notices_;
};

// A refused verdict as an error: `error[B4] plugin=steppe_trend_holt.so (/path, sha256 9f3a1b2c..):
// built for SDK ABI 1.3 to 1.7, host offers 1.0 to 1.0; ... (rule R5)`, exit code 5.
Fault refusal_of(const PluginVerdict& plugin);

// $XDG_CACHE_HOME/steppe/plugins-<revision>-<program>.cache, or the same under ~/.cache; empty when
// there is no home. A file for each path of a program: a verdict is of the program that judged, and
// two builds of it that share a file would judge all plugins anew in turns.
std::string default_cache_file(const std::string& program);

// The body of `steppe --probe-plugin FILE`, run in the child: loads the file, judges it and writes
// the verdict to the pipe the parent lent, or to standard output when started by hand. Call it
// first thing in main(). Ends the process without exit handlers once a plugin was loaded; returns
// the exit code otherwise.
int run_probe(const std::string& path);

}  // namespace steppe
