// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/shared_module.hpp"

// Before Boost.DLL: 1.74 forgets them in its std::filesystem mode.
#include <string>
#include <vector>

#define BOOST_DLL_USE_STD_FS
#include <boost/dll/shared_library.hpp>
#include <exception>
#include <memory>
#include <mutex>
#include <string_view>

#include "core/fault.hpp"

namespace steppe {

namespace {

// Boost ends its text with an errno that means nothing; the loader's own words stand between the
// marker and the last bracket.
std::string loader_text(std::string_view text) {
  constexpr std::string_view kMarker = "dlerror system message: ";
  const auto start = text.find(kMarker);
  if (start == std::string_view::npos) return std::string(text);
  text.remove_prefix(start + kMarker.size());
  return std::string(text.substr(0, text.rfind("):")));
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

LoadError explain(std::string text, std::string_view loaded_as, const std::string& file) {
  const bool other_file = text.find("cannot open shared object file") != std::string::npos &&
                          text.rfind(loaded_as, 0) != 0;
  replace_all(text, loaded_as, file);
  text = escaped(text);
  if (text.find("undefined symbol") != std::string::npos ||
      text.find("symbol lookup error") != std::string::npos) {
    return {"B5", "unresolved symbol: " + text + "; link the library that defines it", "", text};
  }
  if (other_file) {
    return {"B6", "missing library: " + text + "; install it or link it statically", "", text};
  }
  return {"B1", "the dynamic loader refuses it: " + text, "", text};
}

// Libraries stay for the life of the process: threads, tables and exit handlers of a plugin may
// still be in use (P17).
boost::dll::shared_library* keep(std::unique_ptr<boost::dll::shared_library> library) {
  static std::mutex mutex;
  static auto* const kept = new std::vector<std::unique_ptr<boost::dll::shared_library>>;
  const std::lock_guard lock(mutex);
  return kept->emplace_back(std::move(library)).get();
}

boost::dll::shared_library& library_of(void* library) {
  return *static_cast<boost::dll::shared_library*>(library);
}

}  // namespace

Result<SharedModule, LoadError> SharedModule::load(int descriptor, const std::string& file) {
  const std::string loaded_as = "/proc/self/fd/" + std::to_string(descriptor);
  try {
    using boost::dll::load_mode::rtld_local;
    using boost::dll::load_mode::rtld_now;
    auto library = std::make_unique<boost::dll::shared_library>(loaded_as, rtld_now | rtld_local);
    return SharedModule(keep(std::move(library)));
  } catch (const boost::dll::fs::system_error& error) {
    return explain(loader_text(error.what()), loaded_as, file);
  } catch (const std::exception& error) {
    return LoadError{"B7", "threw an exception while it was loaded: " + escaped(error.what()),
                     "R16"};
  } catch (...) {
    return LoadError{"B7", "threw an exception of an unknown type while it was loaded", "R16"};
  }
}

bool SharedModule::has(const char* symbol) const { return library_of(library_).has(symbol); }

steppe_plugin_entry SharedModule::entry() const {
  if (!has(STEPPE_PLUGIN_ENTRY_NAME)) return nullptr;
  return &library_of(library_)
              .get<steppe_status(const steppe_offer*, const steppe_plugin**, steppe_error*)>(
                  STEPPE_PLUGIN_ENTRY_NAME);
}

}  // namespace steppe
