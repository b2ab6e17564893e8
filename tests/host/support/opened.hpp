// SPDX-License-Identifier: Apache-2.0
#pragma once

// Components of test modules, opened the way the host does it: scan, find, create.

#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "support/plugin_directory.hpp"

namespace steppe::testing {

// One scan of a directory with the given module, and a loader.
class Opened {
 public:
  explicit Opened(const std::string& module) : loader(services) {
    path = directory.add(module);
    catalogue = std::make_unique<PluginCatalogue>(directory.scan());
  }

  Outcome<std::shared_ptr<Component>> create(const std::string& id, const Options& options = {}) {
    const auto entry = catalogue->find(id);
    if (!entry) return entry.error();
    return loader.create(*entry, options);
  }
  // With the option `fault`, as the unruly modules have it.
  std::shared_ptr<Component> component(const std::string& id, const std::string& fault = "") {
    Options options;
    if (!fault.empty()) options.push_back({"fault", fault});
    auto made = create(id, options);
    if (!made) throw std::runtime_error(to_text(made.error()));
    return *made;
  }

  PluginDirectoryFixture directory;
  RecordingServices services;
  PluginLoader loader;
  std::string path;
  std::unique_ptr<PluginCatalogue> catalogue;
};

}  // namespace steppe::testing
