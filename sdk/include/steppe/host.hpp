// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the host lends for one call, as seen by a C++ plugin. A service that the host does not offer
// is silently absent: a log line goes nowhere, cancelled() is false. Never keep a Host after a
// call.

#include <cstdint>
#include <initializer_list>
#include <span>
#include <utility>
#include <vector>

#include "steppe/abi/host.h"

namespace steppe {

enum class LogLevel : std::int32_t {
  kDebug = STEPPE_LOG_DEBUG,
  kInfo = STEPPE_LOG_INFO,
  kWarning = STEPPE_LOG_WARNING,
  kError = STEPPE_LOG_ERROR,
};

class Host {
 public:
  explicit Host(const steppe_host* host) : host_(host) {}

  using Field = std::pair<const char*, const char*>;
  void log(LogLevel level, const char* message, std::initializer_list<Field> fields = {}) const {
    const auto* service = query<steppe_log_service>(STEPPE_LOG_SERVICE);
    if (service == nullptr) return;
    std::vector<const char*> names;
    std::vector<const char*> values;
    for (const Field& field : fields) {
      names.push_back(field.first);
      values.push_back(field.second);
    }
    service->write(service->self, static_cast<std::int32_t>(level), message, names.size(),
                   names.data(), values.data());
  }

  // To be asked at least every 50 ms of work; when true, return ErrorKind::kCancelled soon.
  bool cancelled() const {
    const auto* service = query<steppe_cancel_service>(STEPPE_CANCEL_SERVICE);
    return service != nullptr && service->requested(service->self) != 0;
  }

  // done out of total units of work; total 0 when unknown.
  void progress(std::uint64_t done, std::uint64_t total) const {
    const auto* service = query<steppe_progress_service>(STEPPE_PROGRESS_SERVICE);
    if (service != nullptr) service->update(service->self, done, total);
  }

  // Standard normals; false when the host lends no random numbers. See abi/host.h for the meaning
  // of seed, stream and position.
  bool normal(std::uint64_t seed, std::uint64_t stream, std::uint64_t position,
              std::span<double> out) const {
    const auto* service = query<steppe_random_service>(STEPPE_RANDOM_SERVICE);
    if (service == nullptr) return false;
    service->normal(service->self, seed, stream, position, out.data(), out.size());
    return true;
  }

 private:
  template <typename Service>
  const Service* query(const char* id) const {
    if (host_ == nullptr || host_->query == nullptr) return nullptr;
    return static_cast<const Service*>(host_->query(host_, id));
  }

  const steppe_host* host_;
};

}  // namespace steppe
