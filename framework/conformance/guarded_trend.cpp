// SPDX-License-Identifier: Apache-2.0
#include "conformance/guarded_trend.hpp"

#include <algorithm>
#include <array>

namespace steppe::conformance {

namespace {

constexpr steppe_status kNotWritten = -77;

std::vector<double> row_by_row(const TrendData& data) {
  std::vector<double> out;
  for (std::size_t i = 0; i < data.size(); ++i) {
    for (const std::vector<double>& series : data.series) out.push_back(series[i]);
  }
  return out;
}

}  // namespace

GuardedTrend::GuardedTrend(const TrendSubject& subject, const TrendData& data,
                           const GuardSettings& settings)
    : subject_(subject),
      settings_(settings),
      rows_(data.size()),
      count_(data.count()),
      last_time_(data.time.empty() ? 0 : data.time.back()),
      time_(std::make_unique<GuardedInput>("time", data.time, 1, settings)),
      values_(std::make_unique<GuardedInput>("values", row_by_row(data), data.count(), settings)),
      seeds_(std::make_unique<GuardedArray<std::uint64_t>>("seeds", data.seeds, settings)) {
  const steppe_trend_block block{sizeof(block), data.season_length, time_->vector(),
                                 values_->matrix(), seeds_->get()};
  block_ = std::make_unique<GuardedStruct<steppe_trend_block>>("block", block, settings);
  const GuardedBlock statuses("statuses", count_ * sizeof(steppe_status), settings.placement);
  auto* const codes = static_cast<steppe_status*>(statuses.data());
  std::fill_n(codes, count_, kNotWritten);
  const Answer answer = ask([&](steppe_error* error) {
    return subject.table()->fit(subject.instance().get(), block_->get(),
                                subject.instance().host().get(), &fit_, codes, error);
  });
  if (!answer.ok()) fail("fit answers " + text_of(answer) + " for the whole block");
  if (std::find(codes, codes + count_, kNotWritten) != codes + count_) {
    fail("fit answers ok, but did not write every status");
  }
}

GuardedTrend::~GuardedTrend() {
  if (fit_ != nullptr) subject_.table()->destroy(fit_);
}

std::vector<double> GuardedTrend::fitted() const {
  const GuardedOutput out("fitted", {rows_, count_}, settings_);
  const Answer answer =
      ask([&](steppe_error* error) { return subject_.table()->fitted(fit_, out.view(), error); });
  if (!answer.ok()) fail("fitted answers " + text_of(answer));
  return out.take("fitted");
}

std::vector<double> GuardedTrend::statistics() const {
  constexpr std::array<const char*, 3> kNames = {STEPPE_STATISTIC_R_SQUARED_FIT_SCALE,
                                                 STEPPE_STATISTIC_AICC, "no_such_statistic"};
  const GuardedArray<const char*> names("names", kNames, settings_);
  const GuardedOutput out("statistics", {kNames.size(), count_}, settings_);
  const Answer answer = ask([&](steppe_error* error) {
    return subject_.table()->statistics(fit_, names.get(), kNames.size(), out.view(), error);
  });
  if (!answer.ok()) fail("statistics answers " + text_of(answer));
  return out.take("statistics");
}

std::vector<double> GuardedTrend::predict(const Request& request) const {
  const std::size_t horizon = request.horizon;
  const std::size_t levels = request.probabilities.size();
  std::vector<double> future;
  for (std::size_t h = 1; h <= horizon; ++h) future.push_back(last_time_ + static_cast<double>(h));
  const GuardedInput time("request.time", future, 1, settings_);
  const GuardedInput probabilities("request.probabilities", request.probabilities, 1, settings_);
  const steppe_trend_request wanted{sizeof(wanted), 0, time.vector(), probabilities.vector()};
  const GuardedStruct<steppe_trend_request> guarded_request("request", wanted, settings_);
  const GuardedOutput mean("mean", {horizon, count_, request.mean}, settings_);
  const GuardedOutput error_of_mean("standard_error", {horizon, count_, request.standard_error},
                                    settings_);
  const GuardedOutput quantiles("quantiles", {levels * horizon, count_, request.quantiles},
                                settings_);
  const steppe_trend_forecast forecast{sizeof(forecast), 0, mean.view(), error_of_mean.view(),
                                       quantiles.view()};
  const GuardedStruct<steppe_trend_forecast> guarded_forecast("forecast", forecast, settings_);
  const Answer answer = ask([&](steppe_error* error) {
    return subject_.table()->predict(fit_, guarded_request.get(), guarded_forecast.get(),
                                     subject_.instance().host().get(), error);
  });
  if (!answer.ok()) fail("predict answers " + text_of(answer));
  std::vector<double> out = mean.take("predict");
  append(out, error_of_mean.take("predict"));
  append(out, quantiles.take("predict"));
  return out;
}

std::vector<double> GuardedTrend::everything() const {
  std::vector<double> out = fitted();
  append(out, statistics());
  append(out, predict({}));
  return out;
}

void GuardedTrend::spoil_inputs() {
  time_->spoil();
  values_->spoil();
  block_.reset();
  seeds_.reset();
  time_.reset();
  values_.reset();
}

}  // namespace steppe::conformance
