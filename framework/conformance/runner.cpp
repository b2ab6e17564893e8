// SPDX-License-Identifier: Apache-2.0
#include "conformance/runner.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "conformance/child.hpp"
#include "conformance/child_verdict.hpp"
#include "conformance/claims.hpp"
#include "plugin_host/elf_header.hpp"
#include "plugin_host/environment.hpp"
#include "plugin_host/plugin_file.hpp"
#include "plugin_host/probe_child.hpp"
#include "plugin_host/rules.hpp"
#include "plugin_host/sha256.hpp"

namespace steppe::conformance {

namespace {

using Clock = std::chrono::steady_clock;
using NamedText = std::pair<std::string, std::string>;

constexpr int kProbeLimit = 5000;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// The plugin's file, open for the whole run, and what its probe says.
struct Judged {
  Descriptor file;
  PluginVerdict verdict;
};

Judged probe(const SuiteRequest& request, const std::string& path) {
  Judged out;
  const auto refused = [&](const LoadError& error) {
    out.verdict.fault = error.fault;
    out.verdict.reason = error.message;
    out.verdict.rule = rule_or_default(error.rule, error.fault);
  };
  auto file = open_plugin(path);
  struct stat status{};
  if (!file) {
    refused(file.error());
  } else if (fstat(file->get(), &status) != 0) {
    refused({"B1", "cannot be read"});
  } else if (const auto problem =
                 check_elf(file->get(), static_cast<std::uint64_t>(status.st_size))) {
    refused(*problem);
  } else {
    out.verdict = probe_in_child({request.program, path, file->get(), kProbeLimit}).verdict;
    const auto size = static_cast<std::uint64_t>(status.st_size);
    out.verdict.sha256 = sha256_of_file(file->get(), size).value_or("");
    out.file = std::move(*file);
  }
  out.verdict.path = path;
  return out;
}

// A clean environment; the library path is kept, since the host's own loading obeys it, and where
// sources may put temporary files.
std::vector<std::string> child_environment() {
  const std::string code = std::to_string(kSanitizerExit);
  std::vector<std::string> out = {
      std::string(kCaseVariable) + "=1",
      "LC_ALL=C",
      // Read by sanitizer builds only: signals must end the child, not become reports.
      "ASAN_OPTIONS=detect_leaks=0:handle_segv=0:handle_sigbus=0:handle_abort=0:handle_sigfpe=0:"
      "handle_sigill=0:exitcode=" +
          code,
      "UBSAN_OPTIONS=print_stacktrace=0:exitcode=" + code,
  };
  for (const char* name : {"LD_LIBRARY_PATH", "TMPDIR"}) {
    const char* const value = std::getenv(name);
    if (value != nullptr && !is_privileged()) out.push_back(std::string(name) + "=" + value);
  }
  return out;
}

std::string shell_word(const std::string& word) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,+@%";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string::npos) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// The options as the child is given them: paths absolute, as the host makes them.
std::vector<NamedText> absolute_options(const SuiteRequest& request,
                                        const std::vector<ComponentDescription>& components) {
  std::vector<NamedText> out = request.options;
  for (auto& [name, value] : out) {
    for (const auto& component : components) {
      const auto option = std::ranges::find(component.options, name, &OptionDescription::name);
      if (option == component.options.end() || !option->path) continue;
      value = std::filesystem::absolute(value).lexically_normal().string();
    }
  }
  return out;
}

// Required options that the user did not give: "path".
std::vector<std::string> missing_options(const ComponentDescription& component,
                                         const std::vector<NamedText>& given) {
  std::vector<std::string> out;
  for (const OptionDescription& option : component.options) {
    const bool there = std::ranges::find(given, option.name, &NamedText::first) != given.end();
    if (option.required && !option.default_value && !there) out.push_back(option.name);
  }
  return out;
}

std::string missing_text(const ComponentDescription& component,
                         const std::vector<std::string>& names) {
  std::string out = component.id + " needs";
  for (const std::string& name : names) out += " --option " + name + "=VALUE";
  return out;
}

class Suite {
 public:
  Suite(const SuiteRequest& request, const Judged& judged, std::vector<PlannedCase> plan)
      : request_(request),
        judged_(judged),
        plan_(std::move(plan)),
        options_(absolute_options(request, judged.verdict.components)),
        environment_(child_environment()),
        records_(plan_.size()) {}

  std::vector<CaseRecord> run() {
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
      for (std::size_t i = next++; i < plan_.size(); i = next++) records_[i] = record_of(plan_[i]);
    };
    {
      std::vector<std::jthread> others;
      for (int i = 1; i < request_.jobs; ++i) others.emplace_back(work);
      work();
    }
    return std::move(records_);
  }

 private:
  CaseRecord record_of(const PlannedCase& planned) const {
    const Case& what = *planned.what;
    CaseRecord out;
    out.id = what.id;
    out.level = static_cast<int>(what.level);
    out.rule = what.rule;
    out.title = what.title;
    out.proves = what.proves == nullptr ? "" : what.proves;
    if (planned.component != nullptr) out.component = planned.component->id;
    out.replay = replay(out);
    if (planned.component != nullptr && what.level != Level::kLoad) {
      const auto missing = missing_options(*planned.component, options_);
      if (!missing.empty()) {
        out.outcome = CaseOutcome::kSkipped;
        out.text = missing_text(*planned.component, missing);
        return out;
      }
    }
    const auto start = Clock::now();
    const int limit =
        request_.time_limit_ms > 0 ? request_.time_limit_ms : time_limit_of(what.level);
    judge_child(run_child(child_request(out, limit)), limit, out);
    out.seconds = seconds_since(start);
    return out;
  }

  ChildRequest child_request(const CaseRecord& record, int limit) const {
    ChildRequest out;
    out.arguments = {request_.program,
                     kCaseArgument,
                     judged_.verdict.path,
                     record.id,
                     record.component.empty() ? "-" : record.component,
                     std::to_string(request_.seed)};
    for (const auto& [name, value] : options_) out.arguments.push_back(name + "=" + value);
    out.environment = environment_;
    out.passed_descriptor = judged_.file.get();
    out.passed_as = kCasePluginDescriptor;
    out.channel_as = kCaseChannelDescriptor;
    out.timeout_ms = limit;
    return out;
  }

  std::string replay(const CaseRecord& record) const {
    std::string out = "steppe test-plugin " + shell_word(request_.file) + " --case " + record.id;
    if (!record.component.empty()) out += " --component " + record.component;
    for (const auto& [name, value] : request_.options) {
      out += " --option " + shell_word(name + "=" + value);
    }
    return out + " --seed " + std::to_string(request_.seed);
  }

  const SuiteRequest& request_;
  const Judged& judged_;
  std::vector<PlannedCase> plan_;
  std::vector<NamedText> options_;
  std::vector<std::string> environment_;
  std::vector<CaseRecord> records_;
};

void describe_plugin(const SuiteRequest& request, const PluginVerdict& plugin,
                     ConformanceReport& report) {
  report.file = plugin.path;
  report.sha256 = plugin.sha256;
  report.name = plugin.name;
  report.version = plugin.version;
  report.sdk_version = plugin.sdk_version;
  report.revision = plugin.revision;
  report.seed = request.seed;
  report.level = request.cases.empty() ? request.level : kConformanceLevels;
  if (!plugin.accepted) {
    report.refusal = {plugin.fault, plugin.rule, plugin.reason, plugin.log};
  }
}

}  // namespace

// A build without optimisation, and perhaps with sanitizers, works several times as long.
int time_limit_of(Level level) {
#ifdef NDEBUG
  constexpr int kSlower = 1;
#else
  constexpr int kSlower = 5;
#endif
  switch (level) {
    case Level::kStatistics:
      return kSlower * 60'000;
    case Level::kService:
      return kSlower * 30'000;
    default:
      return kSlower * 10'000;
  }
}

Result<ConformanceReport, std::string> run_suite(const SuiteRequest& request,
                                                 std::span<const Case> cases) {
  const auto start = Clock::now();
  std::error_code problem;
  const auto path = std::filesystem::canonical(request.file, problem);
  if (problem) return "cannot open " + request.file + ": " + problem.message();
  const Judged judged = probe(request, path.string());
  ConformanceReport report;
  describe_plugin(request, judged.verdict, report);
  if (report.refusal) return report;
  const auto& components = judged.verdict.components;
  auto plan = plan_cases(request, cases, components);
  if (!plan) return plan.error();
  for (const auto& component : components) {
    const auto missing = missing_options(component, request.options);
    if (!missing.empty()) {
      report.notes.push_back(missing_text(component, missing) +
                             ": without it only its tables were tried");
    }
  }
  report.cases = Suite(request, judged, *std::move(plan)).run();
  report.claims = claims_of(components, request.component, report.cases);
  if (!request.cases.empty()) {  // a few cases say nothing of the other claims
    std::erase_if(report.claims, [](const ClaimRecord& claim) { return claim.cases.empty(); });
  }
  report.seconds = seconds_since(start);
  return report;
}

}  // namespace steppe::conformance
