// SPDX-License-Identifier: Apache-2.0
// The run record, schema "steppe-record-1": what is needed to repeat a run.

#include "report/json_parts.hpp"
#include "report/outcome_text.hpp"
#include "report/outputs.hpp"

namespace steppe {
namespace {

using Layout = JsonText::Layout;

template <typename T>
void write_value(JsonText& json, const std::vector<T>& list) {
  json.array(Layout::kOneLine);
  for (const T& item : list) json.value(item);
  json.end();
}

void write_value(JsonText& json, const std::vector<bool>& list) {
  json.array(Layout::kOneLine);
  for (const bool item : list) json.value(item);
  json.end();
}

void write_value(JsonText& json, const StringMap& map) {
  json.object(Layout::kOneLine);
  for (const auto& [name, text] : map) json.member(name, text);
  json.end();
}

template <typename T>
  requires requires(JsonText& json, const T& scalar) { json.value(scalar); }
void write_value(JsonText& json, const T& scalar) {
  json.value(scalar);
}

void write_options(JsonText& json, const std::vector<StepOptionsRecord>& records) {
  json.key("options").array();
  for (const StepOptionsRecord& record : records) {
    json.object();
    json.member("step", record.step).member("plugin", record.plugin);
    json.key("options").object();
    for (const NamedOption& option : record.options) {
      json.key(option.name);
      std::visit([&json](const auto& value) { write_value(json, value); }, option.value);
    }
    json.end();
    json.end();
  }
  json.end();
}

void write_plugins(JsonText& json, const std::vector<PluginRecord>& plugins) {
  json.key("plugins").array();
  for (const PluginRecord& plugin : plugins) {
    json.object(Layout::kOneLine);
    json.member("id", plugin.id).member("version", plugin.version);
    json.member("file", plugin.file).member("sha256", plugin.sha256);
    json.end();
  }
  json.end();
}

void write_warning(JsonText& json, const std::string& step, const std::string& key,
                   const Warning& warning) {
  json.object(Layout::kOneLine);
  if (!step.empty()) json.member("step", step);
  if (!key.empty()) json.member("key", display_key(key));
  json.member("code", warning.code).member("text", warning.text);
  json.end();
}

// Every warning of the run, its sources and its series. Those of sources stand with the sources.
void write_all_warnings(JsonText& json, const RunResult& result) {
  json.key("warnings").array();
  for (const Warning& warning : result.warnings) write_warning(json, "", "", warning);
  for (const StepResult& step : result.steps) {
    if (step.pooled != nullptr) {
      for (const Warning& warning : step.pooled->warnings) {
        write_warning(json, step.id, "", warning);
      }
      for (const Warning& warning : step.pooled->report.warnings) {
        write_warning(json, step.id, "", warning);
      }
    }
    for (const SeriesResult& series : step.results) {
      for (const Warning& warning : series.warnings) {
        write_warning(json, step.id, series.key, warning);
      }
    }
  }
  json.end();
}

void write_failures(JsonText& json, const RunResult& result) {
  json.key("failures").array();
  for (const StepResult& step : result.steps) {
    for (const SeriesResult& series : step.results) {
      if (series.status != SeriesStatus::kFailed) continue;
      json.object(Layout::kOneLine);
      json.member("step", step.id);
      if (!series.key.empty()) json.member("key", display_key(series.key));
      write_error(json, series.error);
      json.end();
    }
  }
  json.end();
}

}  // namespace

std::string record_json(const RunResult& result) {
  JsonText json;
  json.object();
  json.member("schema", "steppe-record-1").member("name", result.name);
  json.key("pipeline").object(Layout::kOneLine);
  json.member("file", result.pipeline_file).member("sha256", result.pipeline_sha256);
  json.end();
  json.member("host_version", result.host_version).member("seed", result.seed);
  json.member("status", status_name(result.exit));
  json.member("exit_code", static_cast<int>(result.exit));
  write_totals(json, result);
  json.key("coverage");
  write_value(json, result.coverage);
  write_sources(json, result.sources);
  write_plugins(json, result.plugins);
  write_options(json, result.options);
  write_failures(json, result);
  write_all_warnings(json, result);
  write_strings(json, "outputs", result.written);
  json.key("seconds").object();
  for (const Timing& timing : result.timings) json.member(timing.phase, timing.seconds);
  json.end();
  json.end();
  return std::move(json).take() + "\n";
}

}  // namespace steppe
