// SPDX-License-Identifier: Apache-2.0
#include "engine/pooled_run.hpp"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include "engine/key_names.hpp"
#include "engine/parallel.hpp"
#include "engine/series_error.hpp"

namespace steppe {
namespace {

constexpr std::size_t kKeysNamed = 5;

std::vector<std::string> names_of(const std::vector<SeriesResult>& results) {
  std::vector<std::string> out;
  for (const SeriesResult& series : results) out.push_back(series.key);
  return out;
}

// The number in "row 5: ...", which is how a component says where the data are at fault.
std::optional<std::size_t> row_named(std::string_view message, std::size_t& end) {
  constexpr std::string_view kRow = "row ";
  if (message.substr(0, kRow.size()) != kRow) return std::nullopt;
  std::size_t row = 0;
  const char* last = message.data() + message.size();
  const auto [stop, error] = std::from_chars(message.data() + kRow.size(), last, row);
  if (error != std::errc() || stop == last || *stop != ':' || row == 0) return std::nullopt;
  end = static_cast<std::size_t>(stop - message.data());
  return row - 1;
}

}  // namespace

std::string no_tests_of_pooled_rows(std::size_t keys) {
  return "no tests of assumptions: they take rows as one series, and these are of " +
         std::to_string(keys) + (keys == 1 ? " key" : " keys");
}

void PooledRun::run() {
  auto out = std::make_shared<PooledFit>();
  const auto& step = std::get<RegressionStep>(run_.spec.steps[step_]);
  out->plugin = step.component.id;
  for (SeriesResult& series : results_) series.model = step.component.label;
  for_each_index(members_.size(), threads_, [&](std::size_t key) {
    if (!run_.monitor.cancelled) gather(key);
  });
  if (run_.monitor.cancelled) return;
  FitRows rows = pool(*out);
  warn_of_left_out(*out);
  out->remark = no_tests_of_pooled_rows(out->keys);
  if (out->rows == 0) {
    fail_all(*out, {ErrorKind::kInsufficientData, "no key has a row; rows=0", "", "N1"});
  } else {
    auto fit = runner_.model().fit(data_of(std::move(rows)));
    auto report = fit ? fit->report() : Outcome<FitReport>(fit.error());
    if (!report) {
      fail_all(*out, named(error_of(report.error())));
    } else {
      out->fitted = true;
      out->report = std::move(*report);
      put_key_names(out->report, names_of(results_));
      forecast_all(*fit, *out);
    }
  }
  run_.results[step_]->pooled = std::move(out);
  finish_scenarios();
  run_.monitor.series_done += results_.size();
}

void PooledRun::gather(std::size_t key) {
  SeriesResult& result = results_[key];
  auto input = run_.regression_case(step_, key);
  if (!input) return fail(result, input.error());
  auto rows = fit_rows(std::get<RegressionStep>(run_.spec.steps[step_]), *input, result.warnings);
  if (!rows) return fail(result, rows.error());
  members_[key].input = std::move(*input);
  members_[key].rows = std::move(*rows);
}

FitRows PooledRun::pool(PooledFit& out) {
  FitRows all;
  const bool numbered = runner_.model().has_tag("pooled_rows");
  for (std::size_t key = 0; key < members_.size(); ++key) {
    if (!members_[key].rows) continue;
    const FitRows& rows = *members_[key].rows;
    const std::size_t n = rows.target.size();
    const std::size_t p = n == 0 ? 0 : rows.regressors.size() / n;
    members_[key].first = all.target.size();
    ++out.keys;
    for (std::size_t i = 0; i < n; ++i) {
      const auto row = rows.regressors.begin() + static_cast<std::ptrdiff_t>(i * p);
      all.regressors.insert(all.regressors.end(), row, row + static_cast<std::ptrdiff_t>(p));
      if (numbered) all.regressors.push_back(static_cast<double>(key));
    }
    all.target.insert(all.target.end(), rows.target.begin(), rows.target.end());
    all.weights.insert(all.weights.end(), rows.weights.begin(), rows.weights.end());
  }
  out.rows = all.target.size();
  if (!numbered && out.keys > 1) {
    out.warnings.push_back(
        {"pooled_rows_as_independent",
         "the rows of " + std::to_string(out.keys) +
             " keys are taken as independent, which those of one key seldom are: standard errors "
             "may be too small; \"regression\": \"panel\", \"effects\": \"none\" has errors "
             "clustered by key"});
  }
  return all;
}

void PooledRun::warn_of_left_out(PooledFit& out) const {
  std::string names;
  std::size_t count = 0;
  for (std::size_t key = 0; key < members_.size(); ++key) {
    if (members_[key].rows) continue;
    if (++count > kKeysNamed) continue;
    names += (count == 1 ? "" : ", ") + quoted(display_key(results_[key].key));
  }
  if (count == 0) return;
  if (count > kKeysNamed) names += " and " + std::to_string(count - kKeysNamed) + " more";
  out.warnings.push_back({"keys_left_out", std::to_string(count) +
                                               (count == 1 ? " key is" : " keys are") +
                                               " not in the fit, having no rows for it: " + names});
}

RegressionInput PooledRun::data_of(FitRows rows) const {
  RegressionInput data = runner_.data_of(std::move(rows));
  if (runner_.model().has_tag("pooled_rows")) data.regressor_names.emplace_back("key");
  return data;
}

// With the names of keys, and the key and date of a row.
Error PooledRun::named(Error error) const {
  error.message = with_key_names(error.message, names_of(results_));
  std::size_t end = 0;
  const auto row = row_named(error.message, end);
  if (!row) return error;
  for (std::size_t key = 0; key < members_.size(); ++key) {
    const Member& member = members_[key];
    if (!member.rows || *row < member.first) continue;
    if (*row - member.first >= member.rows->ordinals.size()) continue;
    error.message =
        quoted(display_key(results_[key].key)) + " " +
        label_of(member.rows->ordinals[*row - member.first], run_.results[step_]->calendar) +
        error.message.substr(end);
    return error;
  }
  return error;
}

void PooledRun::fail_all(PooledFit& out, Error error) {
  for (SeriesResult& series : results_) {
    if (series.status != SeriesStatus::kFailed) fail(series, error);
  }
  out.fitted = false;
  out.error = std::move(error);
}

void PooledRun::forecast_all(const RegressionFit& fit, PooledFit& out) {
  std::optional<PooledBytes> pool;
  if (run_.kept != nullptr) {
    std::vector<std::int64_t> last;
    for (const Member& member : members_) {
      if (member.rows) last.push_back(member.rows->ordinals.back());
    }
    auto bytes = PooledBytes::make(fit, runner_.model(), out.rows, last);
    if (!bytes) return fail_all(out, error_of(bytes.error()));
    pool.emplace(std::move(*bytes));
  }
  const auto given = fit.fitted_values();
  const std::vector<double> fitted = given ? *given : std::vector<double>();
  for_each_index(members_.size(), threads_, [&](std::size_t key) {
    if (run_.monitor.cancelled || !members_[key].rows) return;
    forecast_one(fit, fitted, pool ? &*pool : nullptr, key);
  });
}

void PooledRun::forecast_one(const RegressionFit& fit, const std::vector<double>& fitted,
                             const PooledBytes* pool, std::size_t key) {
  SeriesResult& result = results_[key];
  const Member& member = members_[key];
  const FitRows& rows = *member.rows;
  if (run_.settings.details) {
    result.detail = std::make_unique<SeriesDetail>();
    InSample& in_sample = result.detail->in_sample;
    in_sample.ordinals = rows.ordinals;
    in_sample.observed = rows.target;
    if (!fitted.empty()) {
      const auto first = fitted.begin() + static_cast<std::ptrdiff_t>(member.first);
      in_sample.fitted.assign(first, first + static_cast<std::ptrdiff_t>(rows.target.size()));
    }
  }
  SavedSeries* kept = run_.kept_of(step_, key);
  if (kept != nullptr) kept->warnings_before = result.warnings;
  runner_.forecast(fit.of_key(key), *member.input, rows, result,
                   {.kept = kept, .pool = pool, .after = [&](const FittedRegression& own) {
                      run_.run_scenarios(step_, key, &own);
                    }});
  if (result.status == SeriesStatus::kFailed) {
    result.error.message = with_key_names(result.error.message, names_of(results_));
  }
}

void PooledRun::finish_scenarios() {
  for (std::size_t key = 0; key < results_.size(); ++key) {
    if (results_[key].status == SeriesStatus::kFailed) run_.run_scenarios(step_, key, nullptr);
  }
}

}  // namespace steppe
