// SPDX-License-Identifier: Apache-2.0
#include "conformance/watchful_host.hpp"

#include <algorithm>
#include <cstring>
#include <ctime>

#include "core/fault.hpp"
#include "core/utf8.hpp"
#include "plugin_host/philox.hpp"

namespace steppe::conformance {

namespace {

bool is_utf8(const char* text) {
  if (text == nullptr) return false;
  std::string_view rest = text;
  while (!rest.empty()) {
    const Utf8Character first = first_character(rest);
    if (first.length == 0) return false;
    rest.remove_prefix(first.length);
  }
  return true;
}

}  // namespace

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

WatchfulHost::WatchfulHost()
    : host_{sizeof(host_), STEPPE_ABI_REVISION, this, &query},
      log_{sizeof(log_), 0, this, &write_log},
      progress_{sizeof(progress_), 0, this, &update},
      cancel_{sizeof(cancel_), 0, this, &requested, &remaining},
      random_{sizeof(random_), 0, this, &uniform, &normal} {
  restart();
}

void WatchfulHost::restart() {
  questions_ = 0;
  last_done_ = 0;
  longest_pause_ = 0;
  last_question_ = processor_seconds();
}

double WatchfulHost::longest_pause() const {
  return std::max(longest_pause_, processor_seconds() - last_question_);
}

const void* WatchfulHost::query(const steppe_host* host, const char* id) {
  const auto* self = static_cast<const WatchfulHost*>(host->self);
  if (std::strcmp(id, STEPPE_LOG_SERVICE) == 0) return &self->log_;
  if (std::strcmp(id, STEPPE_PROGRESS_SERVICE) == 0) return &self->progress_;
  if (std::strcmp(id, STEPPE_CANCEL_SERVICE) == 0) return &self->cancel_;
  if (std::strcmp(id, STEPPE_RANDOM_SERVICE) == 0) return &self->random_;
  return nullptr;
}

void WatchfulHost::write_log(void* self, std::int32_t level, const char* message,
                             std::uint64_t count, const char* const* names,
                             const char* const* values) {
  std::string& problem = static_cast<WatchfulHost*>(self)->log_problem_;
  if (level < STEPPE_LOG_DEBUG || level > STEPPE_LOG_ERROR) {
    problem = "logs at level " + std::to_string(level) + ", allowed: 0 to 3";
  }
  if (!is_utf8(message)) problem = "logs a message that is null or not UTF-8";
  if (count > 0 && (names == nullptr || values == nullptr)) {
    problem = "logs " + std::to_string(count) + " fields, and null for their names or values";
    return;
  }
  for (std::uint64_t i = 0; i < count; ++i) {
    if (!is_utf8(names[i]) || !is_utf8(values[i])) problem = "logs a field that is not UTF-8";
  }
}

void WatchfulHost::update(void* self, std::uint64_t done, std::uint64_t total) {
  auto& host = *static_cast<WatchfulHost*>(self);
  if (done < host.last_done_) {
    host.progress_problem_ =
        "progress falls from " + std::to_string(host.last_done_) + " to " + std::to_string(done);
  }
  if (total != 0 && done > total) {
    host.progress_problem_ =
        "progress is " + std::to_string(done) + " out of " + std::to_string(total);
  }
  host.last_done_ = done;
}

std::int32_t WatchfulHost::requested(void* self) {
  auto& host = *static_cast<WatchfulHost*>(self);
  const double now = processor_seconds();
  host.longest_pause_ = std::max(host.longest_pause_, now - host.last_question_);
  host.last_question_ = now;
  const std::uint64_t question = ++host.questions_;
  return host.cancel_at_ != 0 && question >= host.cancel_at_ ? 1 : 0;
}

void WatchfulHost::uniform(void* self, std::uint64_t seed, std::uint64_t stream,
                           std::uint64_t position, double* out, std::uint64_t count) {
  static_cast<WatchfulHost*>(self)->numbers_ += count;
  random_uniform(seed, stream, position, {out, count});
}

void WatchfulHost::normal(void* self, std::uint64_t seed, std::uint64_t stream,
                          std::uint64_t position, double* out, std::uint64_t count) {
  static_cast<WatchfulHost*>(self)->numbers_ += count;
  random_normal(seed, stream, position, {out, count});
}

}  // namespace steppe::conformance
