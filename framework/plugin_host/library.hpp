// SPDX-License-Identifier: Apache-2.0
#pragma once

// Loaded plugins. A library is loaded once, from the very bytes that were judged, and never
// unloaded: unloading is a property of a process (see docs/decisions).

#include <memory>
#include <string>

#include "core/fault.hpp"
#include "core/option_value.hpp"
#include "plugin_host/catalogue.hpp"
#include "steppe/abi/component.h"
#include "steppe/abi/host.h"

namespace steppe {

// What the host lends to plugins for the duration of a run: log, cancel, progress, random numbers.
// Implementations must be callable from any thread.
class HostServices {
 public:
  virtual ~HostServices() = default;
  // level as in abi/host.h; `fields` is already formatted as name=value pairs, all text escaped.
  virtual void log(int level, const std::string& plugin, const std::string& message) = 0;
  virtual bool cancelled() = 0;
};

// A component ready for use: the C table, its description, and an instance made with options.
class Component {
 public:
  Component(const steppe_component* table, void* instance, std::string label)
      : table_(table), instance_(instance), label_(std::move(label)) {}
  ~Component() {
    if (instance_ != nullptr) table_->destroy(instance_);
  }
  Component(const Component&) = delete;
  Component& operator=(const Component&) = delete;

  const steppe_component* table() const { return table_; }
  const void* instance() const { return instance_; }
  const std::string& label() const { return label_; }  // "trend.power@1.0.0", for messages

 private:
  const steppe_component* table_;
  void* instance_;
  std::string label_;
};

// Loads what the catalogue accepted. Thread-safe. Owns nothing that is ever released.
class PluginLoader {
 public:
  explicit PluginLoader(HostServices& services);
  ~PluginLoader();

  // Loads the entry's file if it is not loaded yet (exact path, rtld_now | rtld_local, after
  // checking that the file is still the one that was judged: B14), restores and reports a changed
  // floating-point state or locale (P9, B10: a notice, not an error), repeats the table checks, and
  // creates an instance. Options must be complete and checked.
  Outcome<std::shared_ptr<Component>> create(const CatalogueEntry& entry, const Options& options);

  // "trend.fast: turned on flush-to-zero when it was loaded; restored", ...
  std::vector<std::string> notices() const;

  const steppe_host* host() const;  // what is passed to calls

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace steppe
