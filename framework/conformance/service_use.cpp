// SPDX-License-Identifier: Apache-2.0
// What a component does with what the host lends, and what it leaves behind in the process.
#include <dirent.h>
#include <unistd.h>

#include <algorithm>
#include <limits>
#include <memory>

#include "conformance/captured_output.hpp"
#include "conformance/service_bodies.hpp"
#include "conformance/trend_subject.hpp"
#include "conformance/watchful_host.hpp"
#include "conformance/workload.hpp"
#include "core/fault.hpp"
#include "plugin_host/philox.hpp"
#include "plugin_host/process_state.hpp"

extern char** environ;

namespace steppe::conformance::service {

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSlowedBySanitizer = true;
#else
constexpr bool kSlowedBySanitizer = false;
#endif

// The contract says 50 ms; a slow or instrumented machine is not the plugin's fault.
constexpr double kLongestPause = kSlowedBySanitizer ? 2.0 : 0.1;

using Numbers = std::vector<double>;

Numbers copy_of(const Workload& work) { return {work.outputs().begin(), work.outputs().end()}; }

void require_same(const Workload& work, const Numbers& expected, const std::string& when) {
  const auto index = first_difference(work.outputs(), expected);
  if (!index) return;
  fail(when + " output " + std::to_string(*index) + " is " + number(work.outputs()[*index]) +
       ", before " + number(expected[*index]));
}

std::size_t count_entries(const char* folder) {
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(opendir(folder), &closedir);
  std::size_t count = 0;
  while (entries != nullptr && readdir(entries.get()) != nullptr) ++count;
  return count;
}

std::vector<std::string> environment() {
  std::vector<std::string> out;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    out.emplace_back(*entry);
  }
  return out;
}

std::string listed(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

// The processor time that nobody can be asked to save: of a use with the flag never set.
struct Measured {
  UseResult result;
  double seconds = 0;
};

Measured timed(Workload& work, const steppe_host* host) {
  const double start = processor_seconds();
  Measured out;
  out.result = work.run(host);
  out.seconds = processor_seconds() - start;
  return out;
}

void require_cancelled(const UseResult& result, const std::string& when) {
  if (result.ok()) return;
  if (result.status != STEPPE_CANCELLED) fail(when + " " + text_of(result));
  if (result.fit_with_error) fail(when + " " + text_of(result) + ", and hands out a fit");
}

}  // namespace

void works_without_services(const CaseContext& context) {
  const auto work = Workload::of(context, Workload::Size::kSmall);
  WatchfulHost host;
  require_ok(work->run(host.get()));
  const Numbers expected = copy_of(*work);
  const UseResult result = work->run(life_host());
  const bool needs_numbers = host.numbers_asked() > 0;
  if (needs_numbers && result.status == STEPPE_NOT_SUPPORTED) return;
  require_ok(result);
  if (!needs_numbers) require_same(*work, expected, "without services");
}

void obeys_cancel(const CaseContext& context) {
  const auto work = Workload::of(context, Workload::Size::kLarge);
  WatchfulHost host;
  host.cancel_at(1);
  double seconds = 0;
  for (int attempt = 0; attempt < 3; ++attempt) {
    const Measured use = timed(*work, host.get());
    require_cancelled(use.result, "with the cancel flag set");
    seconds = attempt == 0 ? use.seconds : std::min(seconds, use.seconds);
    if (seconds <= kLongestPause) return;
  }
  fail("works for " + number(seconds) + " s of processor time with the cancel flag set");
}

void asks_often(const CaseContext& context) {
  const auto work = Workload::of(context, Workload::Size::kLarge);
  WatchfulHost host;
  double pause = 0;
  for (int attempt = 0; attempt < 3; ++attempt) {  // the first touches memory for the first time
    host.restart();
    require_ok(work->run(host.get()));
    pause = attempt == 0 ? host.longest_pause() : std::min(pause, host.longest_pause());
    if (pause <= kLongestPause) return;
  }
  fail("works for " + number(pause) +
       " s of processor time without asking the cancel service, which it asked " +
       std::to_string(host.questions()) + " times");
}

void stops_anywhere(const CaseContext& context) {
  constexpr int kMoments = 20;
  const auto work = Workload::of(context, Workload::Size::kSmall);
  const auto large = Workload::of(context, Workload::Size::kLarge);
  WatchfulHost host;
  require_ok(work->run(host.get()));
  const Numbers expected = copy_of(*work);
  host.restart();
  require_ok(large->run(host.get()));
  const std::uint64_t questions = host.questions();
  if (questions == 0) skip("never asks whether it is to stop; it is quick enough");
  Numbers moments(kMoments);
  random_uniform(context.seed, 1, 0, moments);
  for (const double moment : moments) {
    const auto at = 1 + static_cast<std::uint64_t>(moment * static_cast<double>(questions));
    host.restart();
    host.cancel_at(at);
    const std::string when =
        "cancelled at question " + std::to_string(at) + " of " + std::to_string(questions) + ",";
    require_cancelled(large->run(host.get()), when);
    host.cancel_at(0);
    require_ok(work->run(host.get()));
    require_same(*work, expected, "after it was " + when);
  }
}

void progress_never_falls(const CaseContext& context) {
  for (const auto size : {Workload::Size::kSmall, Workload::Size::kLarge}) {
    WatchfulHost host;
    require_ok(Workload::of(context, size)->run(host.get()));
    if (!host.progress_problem().empty()) fail(host.progress_problem());
  }
}

void log_lines_are_clean(const CaseContext& context) {
  WatchfulHost host;
  require_ok(Workload::of(context, Workload::Size::kSmall)->run(host.get()));
  if (!host.log_problem().empty()) fail(host.log_problem());
}

void random_numbers_come_from_the_host(const CaseContext& context) {
  const auto work = Workload::of(context, Workload::Size::kSmall);
  WatchfulHost host;
  require_ok(work->run(host.get()));
  const Numbers expected = copy_of(*work);
  for (int i = 0; i < 5; ++i) {
    usleep(1100);  // a seed from the clock is another one now
    require_ok(work->run(host.get()));
    require_same(*work, expected, "with the same seeds, a moment later,");
  }
}

void leaves_arithmetic_and_locale(const CaseContext& context) {
  const CallState before;  // also of the first call, which making the workload is
  const auto work = Workload::of(context, Workload::Size::kSmall);
  WatchfulHost host;
  const UseResult result = work->run(host.get());
  const std::string text = listed(before.restore());
  if (!text.empty()) fail("its calls changed " + text);
  require_ok(result);
}

void leaves_the_process_alone(const CaseContext& context) {
  const CallState arithmetic;
  const std::vector<std::string> variables = environment();
  const ProcessState before;
  const auto work = Workload::of(context, Workload::Size::kSmall);
  WatchfulHost host;
  const UseResult result = work->run(host.get());
  arithmetic.restore();  // another case's business
  std::vector<std::string> changed = before.restore();
  if (environment() != variables) changed.emplace_back("the environment");
  if (!changed.empty()) fail("its calls changed " + listed(changed));
  require_ok(result);
}

void leaves_no_thread(const CaseContext& context) {
  const std::size_t before = count_entries("/proc/self/task");
  const auto work = Workload::of(context, Workload::Size::kLarge);
  WatchfulHost host;
  require_ok(work->run(host.get()));
  const std::size_t after = count_entries("/proc/self/task");
  if (after > before) fail("leaves " + std::to_string(after - before) + " threads running");
}

void leaves_no_descriptor(const CaseContext& context) {
  const auto work = Workload::of(context, Workload::Size::kSmall);
  WatchfulHost host;
  require_ok(work->run(host.get()));
  const std::size_t before = count_entries("/proc/self/fd");
  for (int i = 0; i < 10; ++i) require_ok(work->run(host.get()));
  const std::size_t after = count_entries("/proc/self/fd");
  if (after != before) {
    fail("ten uses change the number of open descriptors from " + std::to_string(before) + " to " +
         std::to_string(after));
  }
}

void prints_nothing(const CaseContext& context) {
  const CapturedOutput output;
  const auto work = Workload::of(context, Workload::Size::kSmall);
  WatchfulHost host;
  const UseResult result = work->run(host.get());
  const std::string text = output.text();
  if (!text.empty()) fail("prints: " + steppe::quoted(text));
  require_ok(result);
}

void statuses_are_known(const CaseContext& context) {
  const auto known = [](steppe_status status, const std::string& who) {
    if (status >= STEPPE_OK && status <= STEPPE_INTERNAL) return;
    fail(who + " answers the status " + std::to_string(status) + ", which there is not");
  };
  const std::string_view id = context.component->id;
  const auto work = Workload::of(context, Workload::Size::kSmall);
  const UseResult result = work->run(life_host());
  known(result.status, result.function);
  if (!id.starts_with("trend.")) return;
  const TrendSubject subject(context);
  TrendData data = subject.fittable(3);
  std::ranges::fill(data.series[0], std::numeric_limits<double>::quiet_NaN());
  data.series[1][0] = std::numeric_limits<double>::infinity();
  const TrendFit fit = subject.fit(data);
  for (std::size_t s = 0; s < fit.count(); ++s) {
    known(fit.statuses()[s], "series " + std::to_string(s + 1));
  }
}

}  // namespace steppe::conformance::service
