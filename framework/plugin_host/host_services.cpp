// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/host_services.hpp"

#include <chrono>
#include <cstring>
#include <string_view>

#include "plugin_host/philox.hpp"
#include "steppe/abi/version.h"

namespace steppe {

namespace {

thread_local const std::string* current_label = nullptr;

std::string shown(const char* text) {
  if (text == nullptr) return {};
  return escaped({text, strnlen(text, ServiceTables::kLongestLine)});
}

void fill_uniform(void*, std::uint64_t seed, std::uint64_t stream, std::uint64_t position,
                  double* out, std::uint64_t count) {
  if (out != nullptr) random_uniform(seed, stream, position, {out, count});
}

void fill_normal(void*, std::uint64_t seed, std::uint64_t stream, std::uint64_t position,
                 double* out, std::uint64_t count) {
  if (out != nullptr) random_normal(seed, stream, position, {out, count});
}

std::int64_t seconds_now() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

}  // namespace

CurrentComponent::CurrentComponent(const std::string& label) : outer_(current_label) {
  current_label = &label;
}

CurrentComponent::~CurrentComponent() { current_label = outer_; }

std::string CurrentComponent::label() {
  return current_label == nullptr ? "a plugin's own thread" : *current_label;
}

ServiceTables::ServiceTables(HostServices& services)
    : services_(services),
      host_{sizeof(host_), STEPPE_ABI_REVISION, this, &query},
      log_{sizeof(log_), 0, this, &write_log},
      progress_{sizeof(progress_), 0, this, &update_progress},
      cancel_{sizeof(cancel_), 0, this, &cancel_requested, &no_deadline},
      random_{sizeof(random_), 0, this, &fill_uniform, &fill_normal} {}

const void* ServiceTables::query(const steppe_host* host, const char* id) {
  if (host == nullptr || id == nullptr) return nullptr;
  const auto* self = static_cast<const ServiceTables*>(host->self);
  const std::string_view wanted(id);
  if (wanted == STEPPE_LOG_SERVICE) return &self->log_;
  if (wanted == STEPPE_PROGRESS_SERVICE) return &self->progress_;
  if (wanted == STEPPE_CANCEL_SERVICE) return &self->cancel_;
  if (wanted == STEPPE_RANDOM_SERVICE) return &self->random_;
  return nullptr;
}

// No service may let an exception out: the frame above it is a plugin's.
void ServiceTables::write_log(void* self, std::int32_t level, const char* message,
                              std::uint64_t count, const char* const* names,
                              const char* const* values) try {
  auto& tables = *static_cast<ServiceTables*>(self);
  if (!tables.admit_line()) return;
  std::string line = shown(message);
  for (std::uint64_t i = 0; i < count && names != nullptr && values != nullptr; ++i) {
    if (line.size() > kLongestLine) break;
    line += ' ';
    line += shown(names[i]);
    line += '=';
    line += shown(values[i]);
  }
  if (line.size() > kLongestLine) line.resize(kLongestLine);
  const int shown_level = level < STEPPE_LOG_DEBUG || level > STEPPE_LOG_ERROR
                              ? STEPPE_LOG_ERROR
                              : static_cast<int>(level);
  tables.services_.log(shown_level, CurrentComponent::label(), line);
} catch (...) {
  static_cast<ServiceTables*>(self)->dropped_ += 1;
}

void ServiceTables::update_progress(void* self, std::uint64_t done, std::uint64_t total) try {
  static_cast<ServiceTables*>(self)->services_.progress(CurrentComponent::label(), done, total);
} catch (...) {
}

std::int32_t ServiceTables::cancel_requested(void* self) try {
  return static_cast<ServiceTables*>(self)->services_.cancelled() ? 1 : 0;
} catch (...) {
  return 1;
}

std::int64_t ServiceTables::no_deadline(void*) { return -1; }

bool ServiceTables::admit_line() {
  const std::lock_guard lock(mutex_);
  const std::int64_t second = seconds_now();
  if (second != second_) {
    second_ = second;
    lines_this_second_ = 0;
  }
  if (lines_ >= kMostLines || lines_this_second_ >= kLinesPerSecond) {
    dropped_ += 1;
    return false;
  }
  lines_ += 1;
  lines_this_second_ += 1;
  return true;
}

const steppe_host* life_host() {
  static const steppe_host host = {
      sizeof(steppe_host), STEPPE_ABI_REVISION, nullptr,
      [](const steppe_host*, const char*) -> const void* { return nullptr; }};
  return &host;
}

}  // namespace steppe
