// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "commands.hpp"
#include "conformance/runner.hpp"
#include "report/atomic_write.hpp"
#include "report/conformance_outputs.hpp"
#include "terminal.hpp"

namespace steppe {
namespace {

Fault usage(const std::string& message) {
  return {"", ErrorKind::kInvalidConfig, ExitCode::kUsage, {}, message};
}

Outcome<conformance::SuiteRequest> request_of(const CommandLine& words) {
  conformance::SuiteRequest out;
  out.program = executable_path();
  out.file = words.file;
  out.level = words.level;
  out.seed = words.seed;
  out.cases = words.cases;
  out.component = words.component;
  out.jobs = words.jobs;
  for (const std::string& option : words.options) {
    const auto equals = option.find('=');
    if (equals == std::string::npos || equals == 0) {
      return usage("--option " + steppe::quoted(option) + " is not NAME=VALUE");
    }
    out.options.emplace_back(option.substr(0, equals), option.substr(equals + 1));
  }
  return out;
}

OutputFile output(const std::string& path, std::string content) {
  return {path, std::filesystem::absolute(path).lexically_normal().string(), std::move(content)};
}

std::vector<OutputFile> outputs_of(const CommandLine& words, const ConformanceReport& report) {
  std::vector<OutputFile> out;
  if (!words.json_file.empty()) {
    out.push_back(output(words.json_file, conformance_json(report)));
  }
  if (!words.junit_file.empty()) {
    out.push_back(output(words.junit_file, conformance_junit(report)));
  }
  return out;
}

// What cannot be written is said before anything runs.
Faults check_files(const CommandLine& words) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const OutputFile& file : outputs_of(words, {})) files.emplace_back(file.path, file.absolute);
  return check_outputs(files);
}

}  // namespace

ExitCode test_plugin_command(Session& session) {
  const CommandLine& words = session.command_line();
  const auto request = request_of(words);
  if (!request) return session.say({request.error()});
  if (const Faults faults = check_files(words); !faults.empty()) return session.say(faults);
  const auto report = conformance::run_suite(*request, conformance::all_cases());
  if (!report) return session.say({usage(report.error())});
  const auto written = write_outputs(outputs_of(words, *report));
  if (!written) return session.say({written.error()});
  const ExitCode printed =
      print(words.json ? conformance_json(*report) : conformance_text(*report, words.verbose));
  if (printed != ExitCode::kComplete) return printed;
  if (report->refusal) return ExitCode::kPluginRefused;
  const bool failed = report->count(CaseOutcome::kFailed) > 0;
  return failed ? ExitCode::kPluginFailed : ExitCode::kComplete;
}

}  // namespace steppe
