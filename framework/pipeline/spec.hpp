// SPDX-License-Identifier: Apache-2.0
#pragma once

// A pipeline after reading and checking: everything resolved, typed and complete, nothing computed.
// The words are those of docs/pipeline.md.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/calendar.hpp"
#include "core/fault.hpp"
#include "core/option_value.hpp"
#include "core/uncertainty.hpp"

namespace steppe {

// A component as a step uses it: its id, the word it goes by in the pipeline, and its options
// complete with defaults, in the order of its option table. Path options are absolute.
struct ComponentUse {
  std::string label;  // "exponential", or the candidate's "as"
  std::string id;     // "trend.exponential"
  Options options;
  Place place;  // of the word in the file
};

struct TimeSpec {
  std::string column;
  Frequency frequency = Frequency::kYearly;
};

// Either a number of steps after each series' end or a last date.
struct HorizonSpec {
  std::int64_t steps = 0;  // 0 when `until` is given
  std::optional<CivilTime> until;
  std::string until_text;
  Place place;
};

// "region.mining": column `mining` of source step `region`.
struct ColumnRef {
  std::string step;
  std::string column;
  Place place;
  std::string text() const { return step + "." + column; }
};

// Observations to use, both ends included; empty means all.
struct RowsSpec {
  std::optional<CivilTime> from;
  std::optional<CivilTime> to;
  bool given() const { return from || to; }
};

// What to do with a series that has missing values at its ends. Missing values inside a series are
// always refused.
enum class MissingPolicy { kRefuse, kTrim };

struct SourceStep {
  std::string id;
  ComponentUse component;
  std::string path;              // as written, for messages; empty when the source has no path
  std::vector<std::string> key;  // key columns; empty for one member
  std::string time_column;
  Place place;
};

enum class Criterion { kRSquared, kAdjustedRSquared, kAicc, kBic, kHoldout };
std::string_view name_of(Criterion criterion);  // "r_squared", ...

struct TrendStep {
  std::string id;
  ColumnRef series;
  bool best = false;                     // chosen among candidates
  std::vector<ComponentUse> candidates;  // exactly one unless best
  std::optional<std::string> pick;       // the operator's own choice: a candidate's label
  Criterion criterion = Criterion::kAicc;
  std::int64_t holdout = 0;  // observations held out; 0: chosen by the engine
  RowsSpec rows;
  MissingPolicy missing = MissingPolicy::kRefuse;
  Place place;
};

// A regressor is a trend step's series and forecast, or a column.
struct RegressorRef {
  std::string name;                 // as written: "mining", "region.innovation"
  std::string label;                // in models and results: the name, "mining lag 1", or "as"
  std::int64_t lag = 0;             // steps of the calendar back
  std::string trend_step;           // empty for a column
  std::optional<ColumnRef> column;  // empty for a step
  Place place;
};

// Tests of a regression on request, beside those that are always made.
struct DiagnosticsSpec {
  std::optional<CivilTime> chow;  // first date of the second part
  bool cusum = false;
  std::int64_t breusch_godfrey_order = 0;  // 0: chosen by frequency and observations
};

struct RegressionStep {
  std::string id;
  ComponentUse component;
  ColumnRef target;
  std::vector<RegressorRef> regressors;
  std::optional<ColumnRef> weights;
  bool pooled = false;  // one fit for the rows of all keys
  DiagnosticsSpec diagnostics;
  std::optional<Uncertainty> uncertainty;  // empty: closed form where it applies, else simulation
  std::int64_t draws = 10'000;             // of a simulation
  CorrelationSource driver_correlation = CorrelationSource::kResiduals;
  RowsSpec rows;
  Place place;
};

enum class ShockKind { kPerCent, kAmount, kStandardDeviations, kValues, kColumn };

// What a scenario does to one driver of its regression, at the dates of `dates` or all dates ahead.
struct Shock {
  std::string driver;  // a regressor's name, without its lags
  ShockKind kind = ShockKind::kAmount;
  double amount = 0;  // per cent, the driver's own unit, or standard deviations of its forecast
  std::vector<double> values;       // one for each date
  std::optional<ColumnRef> column;  // a source's column with one for each date
  std::string text;                 // "+10%", "values", "plan.mining": for results
  RowsSpec dates;
  Place place;
};

struct Scenario {
  std::string name;
  std::vector<Shock> shocks;  // at most one per driver
};

// The forecast of a regression again, with drivers changed.
struct ScenarioStep {
  std::string id;
  std::string of;  // the regression step
  std::vector<Scenario> scenarios;
  Place place;
};

using StepSpec = std::variant<SourceStep, TrendStep, RegressionStep, ScenarioStep>;

const std::string& id_of(const StepSpec& step);
const Place& place_of(const StepSpec& step);

enum class OutputKind { kForecast, kResult, kRecord };

struct OutputSpec {
  OutputKind kind;
  std::string path;  // as written
  std::string absolute;
  Place place;
};

// How much of each fit stands in the result: all candidates with their reports, the chosen model
// only, or the numbers alone.
enum class Details { kAuto, kAll, kNone };

struct PipelineSpec {
  std::string file;    // as given
  std::string folder;  // absolute; paths in the pipeline are relative to it
  std::string sha256;  // of the file's bytes
  std::string name;
  TimeSpec time;
  HorizonSpec horizon;
  std::vector<double> coverage = {0.80, 0.95};  // increasing
  std::optional<std::uint64_t> seed;
  std::optional<double> max_failed;  // share of the series in [0, 1]
  Details details = Details::kAuto;
  std::vector<StepSpec> steps;     // in the order of the file
  std::vector<std::size_t> order;  // indices of steps: each after the steps it refers to
  std::vector<OutputSpec> outputs;
};

}  // namespace steppe
