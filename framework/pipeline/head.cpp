// SPDX-License-Identifier: Apache-2.0
#include "pipeline/head.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "core/number_text.hpp"

namespace steppe {
namespace {

constexpr std::int64_t kSchemaVersion = 1;

const std::vector<std::string>& head_keys() {
  static const std::vector<std::string> keys = {"$schema", "schema_version", "name",   "time",
                                                "horizon", "coverage",       "seed",   "max_failed",
                                                "details", "steps",          "outputs"};
  return keys;
}

const std::vector<std::string>& frequency_names() {
  static const std::vector<std::string> names = {"yearly", "quarterly", "monthly",
                                                 "weekly", "daily",     "hourly"};
  return names;
}

void check_version(const Field& field, FaultList& faults) {
  const auto version = read_integer(field, "schema version 1", faults);
  if (!version || *version == kSchemaVersion) return;
  const std::string given = std::to_string(*version);
  if (*version > kSchemaVersion) {
    faults.refuse("J15", field.where(),
                  "written for schema version " + given +
                      ", this program reads version 1; use a newer Steppe");
  } else {
    faults.refuse("J15", field.where(),
                  "there is no schema version " + given + "; this program reads version 1");
  }
}

std::optional<Frequency> read_time(const Field& root, PipelineSpec& spec, FaultList& faults) {
  constexpr const char* kExpected =
      "an object such as {\"column\": \"year\", \"frequency\": \"yearly\"}";
  const Field time = required(root, "time", kExpected, faults);
  if (!time || !is_object(time, kExpected, faults)) return std::nullopt;
  refuse_unknown_keys(time, {"column", "frequency"}, "of time", faults);
  const Field column = required(time, "column", "the name of the time column", faults);
  if (column) {
    spec.time.column = read_text(column, "the name of the time column", faults).value_or("");
  }
  const Field frequency =
      required(time, "frequency", "one of " + quoted_list(frequency_names()), faults);
  if (!frequency) return std::nullopt;
  const auto index = read_choice(frequency, frequency_names(), faults);
  if (!index) return std::nullopt;
  spec.time.frequency = static_cast<Frequency>(*index);
  return spec.time.frequency;
}

// A probability of an interval; what looks like per cent gets a hint.
std::optional<double> read_coverage(const Field& field, FaultList& faults) {
  constexpr const char* kExpected = "a number between 0 and 1 such as 0.95";
  const auto value = read_number(field, kExpected, faults);
  if (!value || (*value > 0 && *value < 1)) return value;
  std::string hint;
  if (*value > 1 && *value < 100) {
    hint = "; write " + significant_text(*value / 100, 15) + ", never " + shown(*field.value);
  }
  faults.refuse("J5", field.where(),
                shown(*field.value) + " is out of range; expected " + kExpected + hint);
  return std::nullopt;
}

std::vector<double> read_coverages(const Field& field, FaultList& faults) {
  std::vector<double> out;
  if (field.value->kind == JsonValue::Kind::kNumber) {
    if (const auto one = read_coverage(field, faults)) out.push_back(*one);
    return out;
  }
  if (field.value->kind != JsonValue::Kind::kArray || field.value->items.empty()) {
    refuse_type(field, "a number between 0 and 1 such as 0.95, or a list of them", faults);
    return out;
  }
  for (std::size_t i = 0; i < field.value->items.size(); ++i) {
    const Field element = item(field, i);
    const auto value = read_coverage(element, faults);
    if (!value) continue;
    if (std::find(out.begin(), out.end(), *value) != out.end()) {
      faults.refuse("J11", element.where(), shown(*element.value) + " is given twice; remove one");
    }
    out.push_back(*value);
  }
  std::sort(out.begin(), out.end());
  return out;
}

void read_limits(const Field& root, PipelineSpec& spec, FaultList& faults) {
  if (const Field seed = member(root, "seed")) {
    spec.seed = read_unsigned(seed, "a whole number from 0 to 18446744073709551615", faults);
  }
  if (const Field failed = member(root, "max_failed")) {
    constexpr const char* kExpected = "a share of the series from 0 to 1";
    spec.max_failed = read_number(failed, kExpected, faults);
    if (spec.max_failed && !(*spec.max_failed >= 0 && *spec.max_failed <= 1)) {
      faults.refuse("J5", failed.where(),
                    shown(*failed.value) + " is out of range; expected " + kExpected);
    }
  }
  if (const Field details = member(root, "details")) {
    const auto index = read_choice(details, {"auto", "all", "none"}, faults);
    if (index) spec.details = static_cast<Details>(*index);
  }
}

void read_words(const Field& root, PipelineSpec& spec, FaultList& faults) {
  if (const Field schema = member(root, "$schema")) {
    read_text(schema, "the address of a JSON Schema", faults);
  }
  if (const Field version = member(root, "schema_version")) check_version(version, faults);
  spec.name = std::filesystem::path(spec.file).stem().string();
  if (const Field name = member(root, "name")) {
    spec.name = read_text(name, "a name for the pipeline", faults).value_or("");
  }
}

}  // namespace

std::optional<Frequency> read_head(const Field& root, const PipelineLimits& limits,
                                   PipelineSpec& spec, FaultList& faults) {
  refuse_unknown_keys(root, head_keys(), "of a pipeline", faults);
  read_words(root, spec, faults);
  const auto frequency = read_time(root, spec, faults);
  const Field horizon = required(
      root, "horizon", "{\"until\": 2021}, {\"steps\": 3} or a whole number of steps", faults);
  if (horizon) spec.horizon = read_horizon(horizon, frequency, limits, faults);
  if (const Field coverage = member(root, "coverage")) {
    spec.coverage = read_coverages(coverage, faults);
  }
  read_limits(root, spec, faults);
  return frequency;
}

}  // namespace steppe
