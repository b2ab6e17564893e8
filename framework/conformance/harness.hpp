// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the cases of every kind of component share: how a case ends, an instance of the component
// made through its C table, and the services it is lent. Nothing here repairs what a plugin gives.
//
// A case is written as a function that returns when all is well and leaves by fail() or skip()
// otherwise; case_of<body> is the Case::run of such a body. The exception never meets a plugin's
// frame: it is thrown between calls only.

#include <atomic>
#include <cstdint>
#include <exception>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "conformance/case.hpp"
#include "core/option_value.hpp"
#include "plugin_host/host_services.hpp"
#include "plugin_host/plugin_call.hpp"

namespace steppe::conformance {

struct Stopped {
  Verdict verdict;
};

[[noreturn]] void fail(std::string text);
[[noreturn]] void skip(std::string text);
inline void require(bool condition, const char* text) {
  if (!condition) fail(text);
}

template <void (*Body)(const CaseContext&)>
Verdict case_of(const CaseContext& context) try {
  Body(context);
  return Verdict::passed();
} catch (const Stopped& stopped) {
  return stopped.verdict;
} catch (const std::exception& exception) {
  return {Outcome::kFailed, std::string("an exception crossed the border: ") + exception.what(),
          "R16"};
}

// Tags. A tag that is not there has the fallback; boolean tags are there or not.
std::int64_t tag_value(const steppe_component& component, std::string_view name,
                       std::int64_t fallback);
bool has_tag(const steppe_component& component, std::string_view name);
// Skips the case unless the component claims the tag: "does not claim intervals".
void needs_tag(const CaseContext& context, std::string_view name);
// Skips the case when the user gave an option that the component could do without: "R squared is
// said of the default options, and intercept was given". The second: and for a tag.
void needs_default_options(const CaseContext& context, std::string_view what);
void needs_default_tag(const CaseContext& context, std::string_view name);

// All services of a host, and what was asked of them.
class SuiteHost final : private HostServices {
 public:
  SuiteHost() : tables_(*this) {}
  const steppe_host* get() const { return tables_.host(); }

  struct LogLine {
    int level;
    std::string text;
  };
  std::vector<LogLine> log_lines() const;
  std::vector<std::uint64_t> progress_steps() const;  // `done` of each call, in their order
  std::uint64_t cancel_questions() const { return questions_; }
  void cancel() { cancel_ = true; }
  // Cancels at the question of this number, counted from 1.
  void cancel_at(std::uint64_t question) { cancel_at_ = question; }

 private:
  void log(int level, const std::string& plugin, const std::string& message) override;
  bool cancelled() override;
  void progress(const std::string& plugin, std::uint64_t done, std::uint64_t total) override;

  mutable std::mutex mutex_;
  std::vector<LogLine> lines_;
  std::vector<std::uint64_t> steps_;
  std::atomic<std::uint64_t> questions_ = 0;
  std::atomic<std::uint64_t> cancel_at_ = 0;
  std::atomic<bool> cancel_ = false;
  ServiceTables tables_;
};

// What a call answered. Kept apart from the outputs, which each kind has its own way of.
struct Answer {
  steppe_status status = STEPPE_OK;
  Error error = {};
  bool ok() const { return status == STEPPE_OK; }
};

// "insufficient_data (row 3: ...)": a status and its words for a verdict.
std::string text_of(const Answer& answer);
std::string status_name(steppe_status status);
// A typed answer: a status of the contract, and neither internal nor plugin_fault.
bool is_typed_refusal(steppe_status status);

// Runs body(steppe_error*), which returns a status.
template <typename Body>
Answer ask(Body&& body) {
  steppe_error error{};
  error.struct_size = sizeof(error);
  Answer answer;
  answer.status = body(&error);
  if (answer.status != STEPPE_OK) answer.error = error_of(answer.status, error);
  return answer;
}

// The options of the component: its defaults, and what the user gave. Leaves by skip() when a
// required one is not given, by fail() when the table or a given value makes no sense.
Options options_of(const CaseContext& context);

// An instance of the component; destroyed with this object. Leaves by fail() when `create` fails.
class Instance {
 public:
  explicit Instance(const CaseContext& context);
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  const steppe_component& component() const { return *component_; }
  const void* get() const { return instance_; }
  SuiteHost& host() const { return host_; }

  // The table of a capability; null when it is not offered.
  template <typename Table>
  const Table* query(const char* id) const {
    return static_cast<const Table*>(component_->query(component_, id));
  }

 private:
  const steppe_component* component_;
  void* instance_ = nullptr;
  mutable SuiteHost host_;
};

// The same bits; any NaN is the same as any other.
bool same_bits(double a, double b);
// The first index at which they differ, if any. The lengths are equal.
std::optional<std::size_t> first_difference(std::span<const double> a, std::span<const double> b);
// |a - b| <= tolerance * max(|a|, |b|, floor), or both undefined, or both the same infinity.
bool near(double a, double b, double tolerance, double floor = 0);
std::string number(double value);  // for verdicts: 17 digits at most, the shortest text

}  // namespace steppe::conformance
