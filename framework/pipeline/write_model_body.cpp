// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "pipeline/model_body.hpp"
#include "plugin_host/sha256.hpp"

namespace steppe {
namespace {

using Json = nlohmann::json;

Json binary(std::string_view bytes) {
  return Json::binary(std::vector<std::uint8_t>(bytes.begin(), bytes.end()));
}

Json warning_list(const std::vector<Warning>& warnings) {
  Json out = Json::array();
  for (const Warning& warning : warnings) out.push_back({warning.code, warning.text});
  return out;
}

Json pair_list(const std::vector<std::pair<std::string, std::string>>& pairs) {
  Json out = Json::array();
  for (const auto& [name, value] : pairs) out.push_back({name, value});
  return out;
}

Json option_value(const StringMap& value) { return pair_list(value); }
template <typename T>
Json option_value(const T& value) {
  return Json(value);
}

Json component_of(const SavedComponent& component) {
  Json options = Json::array();
  for (const NamedOption& option : component.options) {
    options.push_back(
        {{"name", option.name},
         {"type", option.value.index()},
         {"value", std::visit([](const auto& v) { return option_value(v); }, option.value)}});
  }
  return {{"label", component.label},
          {"id", component.id},
          {"version", component.version},
          {"file_sha256", component.file_sha256},
          {"options", std::move(options)}};
}

Json source_of(const SourceRecord& source) {
  const RowAccounting& rows = source.rows;
  return {{"id", source.id},
          {"plugin", source.plugin},
          {"path", source.path},
          {"snapshot", source.snapshot},
          {"rows", {rows.rows_in, rows.used, rows.rejected, rows.skipped}},
          {"keys", source.series_count},
          {"time_column", source.time_column},
          {"first", source.first_date},
          {"last", source.last_date},
          {"frequency", source.frequency},
          {"columns", source.columns},
          {"facts", pair_list(source.facts)},
          {"warnings", warning_list(source.warnings)}};
}

Json calendar_of(const Calendar& calendar) {
  return {{"frequency", std::string(name_of(calendar.frequency))},
          {"precision", static_cast<int>(calendar.precision)},
          {"month", calendar.month},
          {"day", calendar.day},
          {"weekday_offset", calendar.weekday_offset}};
}

Json fit_of(const SavedFit& fit) {
  return {{"component", fit.component},
          {"schema", fit.schema},
          {"observations", fit.observations},
          {"columns", fit.columns},
          {"last", fit.last},
          {"sha256", binary(raw_sha256(fit.bytes))},
          {"bytes", binary(fit.bytes)}};
}

// The series of a step, one list per property; what few of them have stands with its number.
class SeriesLists {
 public:
  explicit SeriesLists(const SavedStep& step) {
    for (const char* name : {"keys", "status", "model", "choice", "fit", "column"}) {
      lists_[name] = Json::array();
    }
    for (const char* name : {"fits", "errors", "warnings_before", "warnings_after", "drivers"}) {
      lists_[name] = Json::array();
    }
    for (std::size_t k = 0; k < step.series.size(); ++k) add(k, step.series[k]);
  }

  Json take() && { return std::move(lists_); }

 private:
  void add(std::size_t number, const SavedSeries& series) {
    lists_["keys"].push_back(series.key);
    lists_["status"].push_back(static_cast<int>(series.status));
    lists_["model"].push_back(series.model);
    lists_["choice"].push_back(series.choice);
    lists_["fit"].push_back(number_of(series.fit.get()));
    lists_["column"].push_back(series.column);
    if (series.status == SeriesStatus::kFailed) {
      const Error& error = series.error;
      lists_["errors"].push_back(
          {number, static_cast<int>(error.kind), error.message, error.where, error.fault});
    }
    if (!series.warnings_before.empty()) {
      lists_["warnings_before"].push_back({number, warning_list(series.warnings_before)});
    }
    if (!series.warnings_after.empty()) {
      lists_["warnings_after"].push_back({number, warning_list(series.warnings_after)});
    }
    if (series.regressors.empty()) return;
    Json drivers = Json::array();
    for (const SavedRegressor& regressor : series.regressors) {
      drivers.push_back({regressor.low, regressor.high, regressor.known});
    }
    lists_["drivers"].push_back({number, std::move(drivers)});
  }

  // Fits are numbered in the order in which series first refer to them; -1 for none.
  std::int64_t number_of(const SavedFit* fit) {
    if (fit == nullptr) return -1;
    const auto [found, fresh] =
        numbers_.try_emplace(fit, static_cast<std::int64_t>(numbers_.size()));
    if (fresh) lists_["fits"].push_back(fit_of(*fit));
    return found->second;
  }

  Json lists_ = Json::object();
  std::map<const SavedFit*, std::int64_t> numbers_;
};

// How the drivers of each series go together: number, correlations, noise.
Json driver_errors_of(const SavedStep& step) {
  Json out = Json::array();
  for (std::size_t k = 0; k < step.series.size(); ++k) {
    const auto& correlation = step.series[k].correlation;
    if (correlation) out.push_back({k, correlation->correlation, correlation->noise});
  }
  return out;
}

// Of the one fit of a pooled regression: why there is none, when there is none.
Json pooled_of(const PooledFit& pooled) {
  Json out = {{"keys", pooled.keys},
              {"rows", pooled.rows},
              {"plugin", pooled.plugin},
              {"warnings", warning_list(pooled.warnings)}};
  if (pooled.fitted) return out;
  const Error& error = pooled.error;
  out["error"] = {static_cast<int>(error.kind), error.message, error.where, error.fault};
  return out;
}

Json step_of(const SavedStep& step) {
  const StepResult& declared = step.declared;
  Json out = SeriesLists(step).take();
  out["id"] = declared.id;
  out["kind"] = declared.kind;
  out["word"] = declared.word;
  out["series"] = declared.series;
  out["criterion"] = declared.criterion;
  out["regressors"] = declared.regressors;
  out["regressor_steps"] = step.regressor_steps;
  if (has_lags(step)) out["regressor_lags"] = step.regressor_lags;
  if (carries_errors(step)) {
    out["uncertainty"] = step.uncertainty ? std::string(name_of(*step.uncertainty)) : "default";
    out["draws"] = step.draws;
    out["driver_errors"] = driver_errors_of(step);
  }
  if (declared.pooled != nullptr) out["pooled"] = pooled_of(*declared.pooled);
  out["key_columns"] = declared.key_columns;
  out["calendar"] = calendar_of(declared.calendar);
  out["components"] = Json::array();
  for (const SavedComponent& component : step.components) {
    out["components"].push_back(component_of(component));
  }
  return out;
}

}  // namespace

std::string model_body(const SavedModel& model) {
  Json out = {{"name", model.name},
              {"pipeline_file", model.pipeline_file},
              {"pipeline_sha256", model.pipeline_sha256},
              {"host_version", model.host_version},
              {"seed", model.seed},
              {"coverage", model.coverage},
              {"max_failed", model.max_failed},
              {"details", model.details},
              {"sources", Json::array()},
              {"steps", Json::array()}};
  for (const SourceRecord& source : model.sources) out["sources"].push_back(source_of(source));
  for (const SavedStep& step : model.steps) out["steps"].push_back(step_of(step));
  std::string bytes;
  Json::to_cbor(out, bytes);
  return bytes;
}

bool has_lags(const SavedStep& step) {
  return std::any_of(step.regressor_lags.begin(), step.regressor_lags.end(),
                     [](std::int64_t lag) { return lag != 0; });
}

bool carries_errors(const SavedStep& step) {
  return std::any_of(step.series.begin(), step.series.end(), [](const SavedSeries& series) {
    return series.correlation && !series.correlation->noise.empty();
  });
}

std::string raw_sha256(std::string_view bytes) {
  const std::string hex = sha256_of(bytes);
  const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    out += static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1]));
  }
  return out;
}

}  // namespace steppe
