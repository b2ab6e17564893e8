// SPDX-License-Identifier: Apache-2.0
#pragma once

// One library in this process. Loading runs its constructors: only after its file has been judged
// in a child process, or in that child. Never unloaded.

#include <string>

#include "steppe/abi/entry.h"
#include "steppe/result.hpp"

namespace steppe {

// Why the dynamic loader refused: `fault` is B1, B5, B6 or B7, `message` one line with the loader's
// own words.
struct LoadError {
  std::string fault;
  std::string message;
  std::string rule = {};    // "R6" where the fault alone does not tell; see rules.hpp
  std::string loader = {};  // the dynamic loader's own words, where it spoke
};

class SharedModule {
 public:
  // Loads the bytes behind an open file, through its descriptor, which must stay open for ever: the
  // loader knows a library by the name it was loaded under, and a reused number would give the old
  // library. `file` is the name shown in messages.
  static Result<SharedModule, LoadError> load(int descriptor, const std::string& file);

  bool has(const char* symbol) const;
  steppe_plugin_entry entry() const;  // null when there is none

 private:
  explicit SharedModule(void* library) : library_(library) {}
  void* library_;  // a boost::dll::shared_library, kept for the life of the process
};

}  // namespace steppe
