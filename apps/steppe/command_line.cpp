// SPDX-License-Identifier: Apache-2.0
#include "command_line.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <string_view>

#include "core/nearest.hpp"
#include "version.hpp"

namespace steppe {
namespace {

constexpr const char* kExamples = R"(
Examples:
  steppe run pipeline.json                     forecast, print a summary, write the outputs
  steppe run pipeline.json --format json       the result object on standard output
  steppe fit pipeline.json --save m.steppe     keep the fits in a file, forecast nothing
  steppe forecast m.steppe --until 2025        forecast from that file, without the data
  steppe backtest pipeline.json                forecast again from past dates, judge the errors
  steppe validate pipeline.json                every problem of the file at once; runs nothing
  steppe plugins list                          the estimators and sources there are
  steppe plugins describe trend.polynomial     what one of them does and its options
  steppe plugins doctor my_trend.so            why a file is refused and what to do
  steppe test-plugin my_trend.so               try every rule of the contract on a plugin
  steppe new trend my_trend --lang cpp         a folder with a plugin to start from
  steppe schema > steppe-pipeline-1.schema.json   completion and help in an editor

Exit codes: 0 complete, 2 usage, 3 pipeline refused, 4 data refused, 5 plugin refused, 6 plugin
failed, 7 output not written, 9 too many series failed, 10 complete with failed or degraded series,
11 resource limit, 12 denied, 70 a bug of steppe, 130 and 143 stopped by a signal.)";

// The word that CLI11 did not know and the nearest one it does, or nothing.
std::string suggestion(const CLI::App& app, int argc, char** argv) {
  std::vector<std::string> known;
  const CLI::App* level = &app;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word.starts_with("-")) continue;
    const CLI::App* next = nullptr;
    known.clear();
    for (const CLI::App* sub : level->get_subcommands([](const CLI::App*) { return true; })) {
      known.push_back(sub->get_name());
      if (sub->get_name() == word) next = sub;
    }
    if (known.empty()) return "";
    if (next == nullptr) {
      const std::string near = nearest(std::string(word), known);
      return "steppe: unknown command \"" + std::string(word) + "\"" +
             (near.empty() ? "" : "; did you mean \"" + near + "\"?") + "\n";
    }
    level = next;
  }
  return "";
}

CLI::App* add_test_plugin(CLI::App& app, CommandLine& out) {
  CLI::App* command =
      app.add_subcommand("test-plugin", "Try every rule of the contract on a plugin file");
  command->add_option("FILE", out.file, "The plugin")->required();
  command
      ->add_option("--level", out.level,
                   "1 load, 2 memory, 3 semantics, 4 statistics, 5 service; each with those below")
      ->check(CLI::Range(1, 5));
  command->add_option("--seed", out.seed, "What everything random in a case comes from");
  command->add_option("--case", out.cases, "Only this case; may be given again")
      ->allow_extra_args(false);
  command->add_option("--component", out.component, "Only this component of the file");
  command->add_option("--option", out.options, "NAME=VALUE for components that ask for some")
      ->allow_extra_args(false);
  command->add_option("--json", out.json_file, "File for the report as JSON");
  command->add_option("--junit", out.junit_file, "File for the report as JUnit XML");
  command->add_option("--jobs", out.jobs, "Cases at a time")->check(CLI::Range(1, 256));
  return command;
}

CLI::App* add_fit(CLI::App& app, CommandLine& out) {
  CLI::App* command = app.add_subcommand("fit", "Fit a pipeline and keep the fits in a file");
  command->add_option("FILE", out.file, "The pipeline")->required();
  command->add_option("--save", out.model_file, "The model file to write")->required();
  command->add_option("--threads", out.threads, "Threads to use; 0 is one per processor")
      ->check(CLI::Range(0, 1024));
  command->add_flag("--quiet", out.quiet, "No summary, no progress");
  return command;
}

CLI::App* add_forecast(CLI::App& app, CommandLine& out) {
  CLI::App* command =
      app.add_subcommand("forecast", "Forecast from a model file, without the data");
  command->add_option("FILE", out.file, "The model file")->required();
  command->add_option("--until", out.until, "The last date, written as the data write theirs")
      ->required();
  command->add_option("--output", out.output, "CSV file for the forecast");
  command->add_option("--threads", out.threads, "Threads to use; 0 is one per processor")
      ->check(CLI::Range(0, 1024));
  command->add_flag("--quiet", out.quiet, "No summary, no progress");
  return command;
}

CLI::App* add_backtest(CLI::App& app, CommandLine& out) {
  CLI::App* command = app.add_subcommand(
      "backtest", "Forecast again from past dates and judge by what came after them");
  command->add_option("FILE", out.file, "The pipeline")->required();
  command->add_option("--horizon", out.horizon, "Steps ahead; the pipeline's own, if not given")
      ->check(CLI::Range(1, 100000));
  command->add_option("--origins", out.origins, "At most so many dates to forecast from")
      ->check(CLI::Range(1, 100000));
  command->add_option("--minimum", out.minimum, "Dates before the first of them, at least")
      ->check(CLI::Range(1, 100000));
  command->add_option("--output", out.output, "CSV file for every forecast that was judged");
  command->add_option("--threads", out.threads, "Threads to use; 0 is one per processor")
      ->check(CLI::Range(0, 1024));
  command->add_flag("--quiet", out.quiet, "No summary, no progress");
  return command;
}

}  // namespace

int parse_command_line(int argc, char** argv, CommandLine& out) {
  CLI::App app{
      "Steppe: forecasts from data sources, trend models and regressions that are plugins."};
  app.name("steppe");
  app.footer(kExamples);
  app.set_version_flag("--version", version_text());
  app.require_subcommand(1);
  app.fallthrough();
  std::string format = "text";
  std::string log_format = "text";
  app.add_option("--plugin-dir", out.plugin_dirs, "Directory of plugins, before all others")
      ->allow_extra_args(false);  // one per --plugin-dir: what follows is the next argument
  app.add_option("--format", format, "What goes to standard output: text or json")
      ->check(CLI::IsMember({"text", "json"}));
  app.add_option("--log-format", log_format, "What goes to standard error: text or json")
      ->check(CLI::IsMember({"text", "json"}));
  app.add_flag("--verbose", out.verbose, "Log more");

  CLI::App* run = app.add_subcommand("run", "Run a pipeline");
  run->add_option("FILE", out.file, "The pipeline")->required();
  run->add_option("--threads", out.threads, "Threads to use; 0 is one per processor")
      ->check(CLI::Range(0, 1024));
  run->add_flag("--quiet", out.quiet, "No summary, no progress");
  CLI::App* fit = add_fit(app, out);
  CLI::App* forecast = add_forecast(app, out);
  CLI::App* backtest = add_backtest(app, out);
  CLI::App* validate = app.add_subcommand("validate", "Check a pipeline and run nothing");
  validate->add_option("FILE", out.file, "The pipeline")->required();
  CLI::App* explain =
      app.add_subcommand("explain", "Show the graph of a pipeline and who serves it");
  explain->add_option("FILE", out.file, "The pipeline")->required();
  CLI::App* schema = app.add_subcommand("schema", "Print the JSON Schema of pipelines");
  CLI::App* fresh = app.add_subcommand("new", "Write a folder with a plugin to start from");
  fresh->add_option("KIND", out.kind, "trend, regression or source")
      ->required()
      ->check(CLI::IsMember({"trend", "regression", "source"}));
  fresh->add_option("NAME", out.name, "As pipelines will call it, in snake_case")->required();
  fresh->add_option("--lang", out.language, "cpp, c or rust")
      ->check(CLI::IsMember({"cpp", "c", "rust"}));
  fresh->add_option("--dir", out.parent, "Where the folder goes; here, if not given");
  CLI::App* plugins = app.add_subcommand("plugins", "List, describe and diagnose plugins");
  plugins->require_subcommand(1);
  CLI::App* list = plugins->add_subcommand("list", "All components there are");
  CLI::App* describe = plugins->add_subcommand("describe", "One component and its options");
  describe->add_option("ID", out.id, "As in trend.polynomial")->required();
  CLI::App* doctor = plugins->add_subcommand("doctor", "Why a plugin file is refused, what to do");
  doctor->add_option("FILE", out.file, "One file; without it every file of the search path");
  CLI::App* test_plugin = add_test_plugin(app, out);

  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& answered) {
    return app.exit(answered);
  } catch (const CLI::ParseError& error) {
    const std::string hint = suggestion(app, argc, argv);
    const std::string text = hint.empty() ? std::string("steppe: ") + error.what() + "\n" : hint;
    std::fputs(text.c_str(), stderr);
    std::fputs("Run \"steppe --help\" for the commands and their options.\n", stderr);
    return 2;
  }
  out.json = format == "json";
  out.json_log = log_format == "json";
  if (run->parsed()) out.command = Command::kRun;
  if (fit->parsed()) out.command = Command::kFit;
  if (forecast->parsed()) out.command = Command::kForecast;
  if (backtest->parsed()) out.command = Command::kBacktest;
  if (validate->parsed()) out.command = Command::kValidate;
  if (explain->parsed()) out.command = Command::kExplain;
  if (schema->parsed()) out.command = Command::kSchema;
  if (fresh->parsed()) out.command = Command::kNew;
  if (list->parsed()) out.command = Command::kPluginsList;
  if (describe->parsed()) out.command = Command::kPluginsDescribe;
  if (doctor->parsed()) out.command = Command::kPluginsDoctor;
  if (test_plugin->parsed()) out.command = Command::kTestPlugin;
  return -1;
}

}  // namespace steppe
