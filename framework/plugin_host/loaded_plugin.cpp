// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/loaded_plugin.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <list>
#include <memory>
#include <mutex>
#include <optional>

#include "plugin_host/host_services.hpp"
#include "plugin_host/process_state.hpp"
#include "plugin_host/sha256.hpp"

namespace steppe {

namespace {

struct Registered {
  std::string path;
  FileIdentity identity;
  LoadedPlugin plugin;
};

struct Registry {
  std::mutex mutex;
  std::list<Registered> plugins;  // a list: entries keep their address
};

// Never destroyed: the libraries outlive every static object that may still call them.
Registry& registry() {
  static auto* const instance = new Registry;
  return *instance;
}

// While it lives, what is printed on standard output arrives on standard error: a plugin that
// prints from a constructor must not spoil the data that goes to standard output (P10).
class OutputDiversion {
 public:
  explicit OutputDiversion(bool active) {
    if (!active) return;
    std::fflush(stdout);
    saved_ = Descriptor(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10));
    if (saved_.open()) dup2(STDERR_FILENO, STDOUT_FILENO);
  }
  ~OutputDiversion() {
    if (!saved_.open()) return;
    std::fflush(stdout);
    dup2(saved_.get(), STDOUT_FILENO);
  }
  OutputDiversion(const OutputDiversion&) = delete;
  OutputDiversion& operator=(const OutputDiversion&) = delete;

 private:
  Descriptor saved_;
};

LoadError changed_since_judged() {
  return {"B14", "the file changed after it was judged; run the command again"};
}

std::string file_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

// Once the library is loaded the file stays open for ever: see SharedModule::load.
Result<LoadedPlugin, LoadError> load_and_read(Descriptor& file, const LoadRequest& request) {
  std::optional<ProcessState> process;
  const CallState call;
  const OutputDiversion diversion(request.watched);
  if (request.watched) process.emplace();  // behind the diversion, which is not the plugin's doing
  const auto module = SharedModule::load(file.get(), file_name(request.path));
  if (!module) return module.error();
  file.release();
  const auto table = negotiate(*module, life_host());
  if (!table) return table.error();
  auto description = describe(**table);
  if (!description) return description.error();
  LoadedPlugin out{*table, std::move(*description), {}};
  out.changed = process ? process->restore() : call.restore();
  return out;
}

std::optional<LoadError> mismatch(int descriptor, const struct stat& status,
                                  const LoadRequest& request) {
  if (request.judged != nullptr && identity_of(status) == *request.judged) return std::nullopt;
  if (request.judged == nullptr && request.sha256.empty()) return std::nullopt;
  // A copy or a touched file may still hold the bytes that were judged.
  const auto hash = sha256_of_file(descriptor, static_cast<std::uint64_t>(status.st_size));
  if (!request.sha256.empty() && hash && *hash == request.sha256) return std::nullopt;
  return changed_since_judged();
}

}  // namespace

Result<const LoadedPlugin*, LoadError> load_plugin(const LoadRequest& request) {
  auto file = open_plugin(request.path);
  if (!file) return file.error();
  struct stat before{};
  if (fstat(file->get(), &before) != 0) return LoadError{"B1", strerror(errno)};
  if (auto problem = distrust(before, false)) return *std::move(problem);
  if (auto problem = mismatch(file->get(), before, request)) return *std::move(problem);

  Registry& all = registry();
  const std::lock_guard lock(all.mutex);
  const FileIdentity identity = identity_of(before);
  for (const Registered& known : all.plugins) {
    if (known.path == request.path && known.identity == identity) return &known.plugin;
  }
  const int descriptor = file->get();
  auto loaded = load_and_read(*file, request);
  if (!loaded) return loaded.error();
  struct stat after{};
  if (fstat(descriptor, &after) != 0 || !(identity_of(after) == identity)) {
    return changed_since_judged();
  }
  all.plugins.push_back({request.path, identity, std::move(*loaded)});
  return &all.plugins.back().plugin;
}

}  // namespace steppe
