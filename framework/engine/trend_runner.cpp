// SPDX-License-Identifier: Apache-2.0
#include "engine/trend_runner.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/number_text.hpp"
#include "engine/parts.hpp"
#include "engine/series_error.hpp"
#include "evaluation/rolling_origin.hpp"
#include "evaluation/selection.hpp"

namespace steppe {
namespace {

// Rolling-origin test of the choice: the last 4 origins, up to 3 steps each, at least 5
// observations to fit on. Small numbers, since the typical series has ten.
constexpr std::size_t kTestOrigins = 4;
constexpr std::size_t kTestHorizon = 3;
constexpr std::size_t kTestMinimumTrain = 5;

// Errors on the scale of the driver's family, of every date from the first that has one.
void set_rolling_errors(const TrendPart& part, const std::vector<double>& forecasts,
                        std::size_t series, DriverForecast& out) {
  if (out.family == ErrorFamily::kUnknown) return;
  out.first_rolling = part.first;
  for (std::size_t i = 0; i < part.rows(); ++i) {
    const double y = part.value(i, series);
    const double forecast = forecasts[i * part.series_count() + series];
    const bool logs = out.family == ErrorFamily::kLogStudent;
    out.rolling.push_back(logs ? std::log(y) - std::log(forecast) : y - forecast);
  }
}

bool larger_is_better(Criterion criterion) {
  return criterion == Criterion::kRSquared || criterion == Criterion::kAdjustedRSquared;
}

const char* statistic_name(Criterion criterion) {
  switch (criterion) {
    case Criterion::kRSquared:
      return STEPPE_STATISTIC_R_SQUARED_FIT_SCALE;
    case Criterion::kAdjustedRSquared:
      return STEPPE_STATISTIC_ADJUSTED_R_SQUARED;
    case Criterion::kBic:
      return STEPPE_STATISTIC_BIC;
    case Criterion::kAicc:
    case Criterion::kHoldout:
      break;
  }
  return STEPPE_STATISTIC_AICC;
}

}  // namespace

void TrendRunner::run(const SeriesBlock& block, std::span<SeriesResult* const> results,
                      std::span<SavedSeries* const> kept) const {
  const PartRequest request{&step_.rows, step_.missing};
  const PartCallbacks callbacks{
      [&](std::size_t s, Error error) { fail(*results[s], std::move(error)); },
      [&](std::size_t s, Warning warning) { results[s]->warnings.push_back(std::move(warning)); }};
  for (TrendPart& part : make_parts(block, request, callbacks)) {
    const std::int64_t last = part.first + static_cast<std::int64_t>(part.rows()) - 1;
    const auto horizon = steps_ahead(settings_.horizon, last, *block.calendar);
    if (horizon) {
      part.horizon = *horizon;
      run_part(part, results, kept);
    } else {
      for (std::size_t s : part.members) fail(*results[s], horizon.error());
    }
  }
}

void TrendRunner::run_part(const TrendPart& part, std::span<SeriesResult* const> results,
                           std::span<SavedSeries* const> kept) const {
  std::vector<Judged> judged;
  judged.reserve(candidates_.size());
  for (const TrendModel& model : candidates_) {
    Judged& item = judged.emplace_back(Judged{Candidate(model, part, settings_), {}, {}});
    item.criterion = criterion_values(item.candidate, model, part);
    if (settings_.details) item.fitted = item.candidate.fitted_values();
  }
  std::vector<ChosenFit> chosen;
  for (std::size_t s = 0; s < part.series_count(); ++s) {
    chosen.push_back(fill(part, judged, s, *results[part.members[s]]));
  }
  if (step_.best) hold_against_benchmarks(part, results);
  if (keeps_driver_errors_) fill_driver_errors(part, judged, chosen, results);
  if (kept.empty()) return;
  KeepTask task{part, candidates_, {}, std::move(chosen), settings_};
  for (const Judged& item : judged) task.candidates.push_back(&item.candidate);
  keep_trends(task, results, kept);
}

void TrendRunner::fill_driver_errors(const TrendPart& part, const std::vector<Judged>& judged,
                                     const std::vector<ChosenFit>& chosen,
                                     std::span<SeriesResult* const> results) const {
  for (std::size_t c = 0; c < judged.size(); ++c) {
    std::vector<DriverForecast> made;
    std::vector<double> one_step;
    for (std::size_t s = 0; s < chosen.size(); ++s) {
      if (chosen[s].candidate != c) continue;
      if (made.empty()) {
        made = judged[c].candidate.driver_forecasts(candidates_[c]);
        if (keeps_rolling_errors_) {
          one_step = one_step_forecasts(candidates_[c], part, kTestMinimumTrain);
        }
      }
      if (keeps_rolling_errors_) set_rolling_errors(part, one_step, s, made[s]);
      results[part.members[s]]->driver = std::make_unique<DriverForecast>(std::move(made[s]));
    }
  }
}

std::vector<double> TrendRunner::criterion_values(const Candidate& candidate,
                                                  const TrendModel& model,
                                                  const TrendPart& part) const {
  if (!step_.best) return {};
  if (step_.criterion != Criterion::kHoldout) {
    return candidate.statistic(statistic_name(step_.criterion));
  }
  const auto n = static_cast<std::int64_t>(part.rows());
  const std::int64_t wanted =
      step_.holdout > 0 ? step_.holdout : std::clamp<std::int64_t>(part.horizon, 1, n / 3);
  std::vector<double> values(part.series_count(), kUndefined);
  if (wanted < 1 || wanted >= n) return values;
  const OriginSplit split{static_cast<std::size_t>(n - wanted), static_cast<std::size_t>(wanted)};
  values = judge_out_of_sample(model, part, {&split, 1}).rmse;
  for (std::size_t s = 0; s < values.size(); ++s) {
    if (!candidate.usable(s)) values[s] = kUndefined;
  }
  return values;
}

TrendRunner::Choice TrendRunner::obey_pick(const std::vector<double>& values,
                                           std::optional<std::size_t> best) const {
  Choice choice{0, "picked by the operator", false};
  while (step_.candidates[*choice.index].label != *step_.pick) ++*choice.index;
  if (best && *best != *choice.index) {
    choice.why += "; by " + std::string(name_of(step_.criterion)) + " it would be " +
                  step_.candidates[*best].label + " (" + significant_text(values[*best], 6) +
                  ", here " + significant_text(values[*choice.index], 6) + ")";
  }
  return choice;
}

TrendRunner::Choice TrendRunner::choose(const std::vector<Judged>& judged,
                                        std::size_t series) const {
  if (!step_.best) return {0, "", false};
  std::vector<double> values;
  std::optional<std::size_t> usable;
  for (std::size_t c = judged.size(); c-- > 0;) {
    if (judged[c].candidate.usable(series)) usable = c;
  }
  for (const Judged& item : judged) values.push_back(item.criterion[series]);
  const auto best = best_index(values, larger_is_better(step_.criterion));
  if (step_.pick) return obey_pick(values, best);
  const std::string name(name_of(step_.criterion));
  if (best) {
    return {best,
            (larger_is_better(step_.criterion) ? "largest " : "smallest ") + name + ", " +
                significant_text(values[*best], 6) + ", of " + std::to_string(judged.size()) +
                " candidates",
            false};
  }
  return {usable, name + " is undefined for every candidate; the first that could be fitted", true};
}

ChosenFit TrendRunner::fill(const TrendPart& part, const std::vector<Judged>& judged,
                            std::size_t series, SeriesResult& result) const {
  for (std::size_t c = 0; step_.best && c < judged.size(); ++c) {
    if (judged[c].candidate.usable(series)) continue;
    const Error error = judged[c].candidate.error(series);
    result.warnings.push_back(
        {"candidate_failed", step_.candidates[c].label + " was not considered: " +
                                 (error.where.empty() ? "" : error.where + ": ") + error.message});
  }
  if (settings_.details) result.detail = details(judged, series);

  Choice choice = choose(judged, series);
  result.choice = std::move(choice.why);
  if (!choice.index) {
    fail(result, {ErrorKind::kInvalidData, "no candidate could be fitted; its warnings say why"});
    return {};
  }
  const Judged& chosen = judged[*choice.index];
  result.model = step_.candidates[*choice.index].label;
  if (!chosen.candidate.usable(series)) {
    fail(result, chosen.candidate.error(series));
    return {};
  }
  if (choice.degraded) {
    result.status = SeriesStatus::kDegraded;
    result.warnings.push_back({"criterion_undefined", result.choice});
  }
  const std::size_t begin = result.warnings.size();
  const bool details = settings_.details;
  write_forecast(chosen.candidate.fitted(series),
                 details ? &result.detail->candidates[*choice.index] : nullptr, result);
  for (std::size_t i = 0; details && i < part.rows() && !chosen.fitted.empty(); ++i) {
    InSample& in_sample = result.detail->in_sample;
    in_sample.ordinals.push_back(part.first + static_cast<std::int64_t>(i));
    in_sample.observed.push_back(part.value(i, series));
    in_sample.fitted.push_back(chosen.fitted[i * part.series_count() + series]);
  }
  return {choice.index, begin, result.warnings.size()};
}

std::unique_ptr<SeriesDetail> TrendRunner::details(const std::vector<Judged>& judged,
                                                   std::size_t series) const {
  auto detail = std::make_unique<SeriesDetail>();
  for (std::size_t c = 0; c < judged.size(); ++c) {
    const Candidate& candidate = judged[c].candidate;
    const ComponentUse& use = step_.candidates[c];
    CandidateResult& kept = detail->candidates.emplace_back();
    if (candidate.usable(series)) {
      kept = candidate_result(candidate.fitted(series), use.label, use.id);
    } else {
      kept.label = use.label;
      kept.plugin = use.id;
      kept.error = candidate.error(series);
    }
    if (step_.best) kept.criterion = judged[c].criterion[series];
  }
  return detail;
}

void TrendRunner::hold_against_benchmarks(const TrendPart& part,
                                          std::span<SeriesResult* const> results) const {
  const auto splits =
      rolling_origins(part.rows(), kTestMinimumTrain, kTestOrigins,
                      std::min(kTestHorizon, static_cast<std::size_t>(part.horizon)));
  if (splits.empty() || !benchmarks_.naive || !benchmarks_.drift) return;
  // Only what was chosen for some series is judged; every label of a fitted series is a
  // candidate's.
  std::map<std::string, OutOfSample> judged;
  for (std::size_t s : part.members) {
    if (results[s]->status != SeriesStatus::kFailed) judged.try_emplace(results[s]->model);
  }
  for (std::size_t c = 0; c < candidates_.size(); ++c) {
    const auto chosen = judged.find(step_.candidates[c].label);
    if (chosen != judged.end()) chosen->second = judge_out_of_sample(candidates_[c], part, splits);
  }
  const OutOfSample naive = judge_out_of_sample(*benchmarks_.naive, part, splits);
  const OutOfSample drift = judge_out_of_sample(*benchmarks_.drift, part, splits);
  for (std::size_t s = 0; s < part.series_count(); ++s) {
    SeriesResult& result = *results[part.members[s]];
    if (result.status == SeriesStatus::kFailed) continue;
    const double own = judged.at(result.model).mae[s];
    const bool naive_wins = naive.mae[s] < own;
    if (!naive_wins && !(drift.mae[s] < own)) continue;
    const bool by_naive = naive_wins && !(drift.mae[s] < naive.mae[s]);
    result.warnings.push_back(
        {by_naive ? "worse_than_naive" : "worse_than_drift",
         "out of sample (" + std::to_string(splits.size()) + " rolling origins) " + result.model +
             " has a mean absolute error of " + significant_text(own, 4) + ", " +
             (by_naive ? "naive " + significant_text(naive.mae[s], 4)
                       : "drift " + significant_text(drift.mae[s], 4))});
  }
}

}  // namespace steppe
