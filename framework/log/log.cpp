// SPDX-License-Identifier: Apache-2.0
#include "log/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <array>

#include "core/fault.hpp"

namespace steppe {

struct Log::Sink {
  spdlog::logger logger{"steppe", std::make_shared<spdlog::sinks::stderr_sink_mt>()};
};

namespace {

constexpr std::array kLevels = {spdlog::level::debug, spdlog::level::info, spdlog::level::warn,
                                spdlog::level::err};
constexpr std::array<std::string_view, 4> kNames = {"debug", "info", "warning", "error"};

// A JSON string's content: escaped() leaves only quotes and backslashes to be dealt with.
std::string json_string(std::string_view text) {
  std::string out;
  for (char c : escaped(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

Log::Log(LogFormat format, Severity threshold) : format_(format), sink_(std::make_unique<Sink>()) {
  sink_->logger.set_pattern("%v");
  sink_->logger.set_level(kLevels[static_cast<std::size_t>(threshold)]);
  sink_->logger.flush_on(spdlog::level::debug);
}

Log::~Log() = default;

void Log::write(Severity severity, std::string_view origin, std::string_view message) {
  const auto level = static_cast<std::size_t>(severity);
  if (format_ == LogFormat::kJson) {
    sink_->logger.log(kLevels[level], R"({{"level":"{}","origin":"{}","message":"{}"}})",
                      kNames[level], json_string(origin), json_string(message));
  } else {
    sink_->logger.log(kLevels[level], "{}: {}: {}", kNames[level], escaped(origin),
                      escaped(message));
  }
}

}  // namespace steppe
