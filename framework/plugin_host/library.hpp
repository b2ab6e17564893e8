// SPDX-License-Identifier: Apache-2.0
#pragma once

// Loaded plugins. A library is loaded once, from the very bytes that were judged, and never
// unloaded: unloading is a property of a process (see docs/decisions).

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/fault.hpp"
#include "core/option_value.hpp"
#include "plugin_host/catalogue.hpp"
#include "steppe/abi/component.h"
#include "steppe/abi/host.h"

namespace steppe {

class NoticeBoard;

// What the host lends to plugins for the duration of a run: log, cancel, progress, random numbers.
// Implementations must be callable from any thread.
class HostServices {
 public:
  virtual ~HostServices() = default;
  // level as in abi/host.h; `fields` is already formatted as name=value pairs, all text escaped.
  virtual void log(int level, const std::string& plugin, const std::string& message) = 0;
  virtual bool cancelled() = 0;
  // Work done within the running call, out of total; total 0 when unknown.
  virtual void progress(const std::string& /*plugin*/, std::uint64_t /*done*/,
                        std::uint64_t /*total*/) {}
};

// A component ready for use: the C table, its description, and an instance made with options.
class Component {
 public:
  // `notices` takes what its calls changed and had restored; may be null.
  Component(const steppe_component* table, void* instance, std::string label,
            std::shared_ptr<NoticeBoard> notices = nullptr);
  ~Component();
  Component(const Component&) = delete;
  Component& operator=(const Component&) = delete;

  const steppe_component* table() const { return table_; }
  const void* instance() const { return instance_; }
  const std::string& label() const { return label_; }  // "trend.power@1.0.0", for messages
  NoticeBoard* notices() const { return notices_.get(); }

 private:
  const steppe_component* table_;
  void* instance_;
  std::string label_;
  std::shared_ptr<NoticeBoard> notices_;
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

  // "trend.fast@1.0.0 changed flush-to-zero when it was loaded; restored", ...
  std::vector<std::string> notices() const;

  const steppe_host* host() const;  // what is passed to calls

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace steppe
