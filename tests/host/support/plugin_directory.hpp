// SPDX-License-Identifier: Apache-2.0
#pragma once

// A private directory with copies of test modules, and a scan of it.

#include <string>
#include <vector>

#include "plugin_host/catalogue.hpp"
#include "plugin_host/library.hpp"
#include "support/temporary_folder.hpp"

namespace steppe::testing {

class PluginDirectoryFixture {
 public:
  PluginDirectoryFixture();

  std::string path(const std::string& name = "") const;  // in the directory
  // Copies a module there; returns the path of the copy.
  std::string add(const std::string& module, const std::string& as = "x.so");
  std::string write(const std::string& name, const std::string& bytes);

  CatalogueOptions options() const;
  PluginCatalogue scan() const { return PluginCatalogue::scan(options()); }

 private:
  TemporaryFolder root_;
};

// Bytes of a module, or of any file.
std::string read_file(const std::string& path);
std::string module_path(const std::string& module);

// The verdict on one module, alone in a directory; paths in texts replaced by "DIR".
PluginVerdict judge_module(const std::string& module, int timeout_ms = 20000);
// Fault and reason: "B2: exports no symbol ...".
std::string reason_of(const PluginVerdict& verdict);

// Remembers what was logged.
class RecordingServices : public HostServices {
 public:
  void log(int level, const std::string& plugin, const std::string& message) override;
  bool cancelled() override { return false; }
  void progress(const std::string& plugin, std::uint64_t done, std::uint64_t total) override;
  std::vector<std::string> lines;
};

}  // namespace steppe::testing
