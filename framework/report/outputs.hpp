// SPDX-License-Identifier: Apache-2.0
#pragma once

// Results as text: the readable summary, the forecast table, the result object, the run record.
// Nothing here computes; doubles are written in shortest round-trip form, the locale never matters.

#include <string>

#include "core/results.hpp"

namespace steppe {

// What a person reads after a run: data read, each step with its candidates, equations and R
// squared, the choice and why, the regression protocol, the forecast with intervals, the warnings,
// and where the files went. `colour` for a terminal that wants it.
std::string summary_text(const RunResult& result, bool colour);

// Forecast table, long form: key columns, series, time, step, mean, lower and upper per coverage,
// model, status, warnings. RFC 4180, "\n" line ends; text cells that start with = + - @ TAB CR are
// quoted with ' (X9). Failed series have one row without numbers, so no series is lost.
std::string forecast_csv(const RunResult& result);

// The result object (schema "steppe-result-1"): steps by id, each with model, equation, parameters,
// statistics, tables, forecast rows, warnings; every candidate when details are on. NaN is null.
std::string result_json(const RunResult& result);

// The run record (schema "steppe-record-1"): pipeline hash, inputs' snapshots, plugins with version
// and hash, options after defaults, seed, host version, row accounting, warnings, timings.
std::string record_json(const RunResult& result);

// A list of faults as a person or a log reads them: one line each.
std::string faults_text(const Faults& faults);
std::string fault_json(const Fault& fault);  // one line, for --log-format json

}  // namespace steppe
