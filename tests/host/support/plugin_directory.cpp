// SPDX-License-Identifier: Apache-2.0
#include "support/plugin_directory.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace steppe::testing {

PluginDirectoryFixture::PluginDirectoryFixture() {
  std::filesystem::create_directory(path());
  chmod(path().c_str(), 0755);
}

std::string PluginDirectoryFixture::path(const std::string& name) const {
  return root_.at(name.empty() ? "plugins" : "plugins/" + name);
}

std::string PluginDirectoryFixture::add(const std::string& module, const std::string& as) {
  return write(as, read_file(module_path(module)));
}

std::string PluginDirectoryFixture::write(const std::string& name, const std::string& bytes) {
  const std::string file = path(name);
  std::filesystem::remove(file);
  std::ofstream(file, std::ios::binary) << bytes;
  chmod(file.c_str(), 0644);
  return file;
}

CatalogueOptions PluginDirectoryFixture::options() const {
  CatalogueOptions out;
  out.directories = {{path(), "--plugin-dir"}};
  out.probe_program = STEPPE_PROBE_HELPER;
  out.cache_file = root_.at("cache/plugins.cache");
  // Far above what a probe needs: the machine that runs the tests may be busy.
  out.probe_timeout_ms = 20000;
  return out;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string module_path(const std::string& module) {
  return std::string(STEPPE_TEST_MODULES) + "/" + module + ".so";
}

PluginVerdict judge_module(const std::string& module, int timeout_ms) {
  PluginDirectoryFixture directory;
  directory.add(module);
  CatalogueOptions options = directory.options();
  options.probe_timeout_ms = timeout_ms;
  return PluginCatalogue::scan(options).plugins().at(0);
}

std::string reason_of(const PluginVerdict& verdict) {
  return verdict.accepted ? "accepted" : verdict.fault + ": " + verdict.reason;
}

void RecordingServices::log(int level, const std::string& plugin, const std::string& message) {
  lines.push_back(std::to_string(level) + " " + plugin + ": " + message);
}

void RecordingServices::progress(const std::string& plugin, std::uint64_t done,
                                 std::uint64_t total) {
  lines.push_back(plugin + ": " + std::to_string(done) + " of " + std::to_string(total));
}

}  // namespace steppe::testing
