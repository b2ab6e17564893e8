// SPDX-License-Identifier: Apache-2.0
// Trend models in guarded memory. The reference is the same call on plain row-major buffers, so a
// case looks at nothing but where numbers lie.
#include <algorithm>
#include <limits>

#include "conformance/guarded_trend.hpp"
#include "conformance/memory_bodies.hpp"
#include "plugin_host/report_sink.hpp"

namespace steppe::conformance::memory {

namespace {

constexpr std::size_t kSeries = 5;

std::string differs(std::size_t index, const std::vector<double>& seen,
                    const std::vector<double>& expected, const std::string& what) {
  return what + " gives other bits: output " + std::to_string(index) + " is " +
         number(seen[index]) + ", from plain buffers " + number(expected[index]);
}

void require_same(const std::vector<double>& seen, const std::vector<double>& expected,
                  const std::string& what) {
  if (const auto index = first_difference(seen, expected)) {
    fail(differs(*index, seen, expected, what));
  }
}

void require_layout(const CaseContext& context, const GuardSettings& settings, const char* what) {
  const TrendSubject subject(context);
  const TrendData data = subject.fittable(kSeries);
  const auto expected = GuardedTrend(subject, data, {}).everything();
  require_same(GuardedTrend(subject, data, settings).everything(), expected, what);
}

}  // namespace

void trend_stays_before_the_end(const CaseContext& context) {
  const TrendSubject subject(context);
  const GuardedTrend fit(subject, subject.fittable(kSeries), {.placement = Placement::kAtEnd});
  fit.everything();
}

void trend_stays_behind_the_start(const CaseContext& context) {
  const TrendSubject subject(context);
  const GuardedTrend fit(subject, subject.fittable(kSeries), {.placement = Placement::kAtStart});
  fit.everything();
}

void trend_inputs_are_read_only(const CaseContext& context) {
  const TrendSubject subject(context);
  const GuardedTrend fit(subject, subject.fittable(kSeries), {.read_only = true});
  fit.everything();
}

void trend_takes_reversed_views(const CaseContext& context) {
  require_layout(context, {.layout = &reversed}, "a block with negative strides");
}

void trend_takes_views_with_gaps(const CaseContext& context) {
  require_layout(context, {.layout = &with_gaps}, "a block with gaps between its cells");
}

void trend_takes_column_major_views(const CaseContext& context) {
  require_layout(context, {.layout = &column_major}, "a column-major block");
}

void trend_takes_columns_apart(const CaseContext& context) {
  require_layout(context, {.layout = &columns_apart}, "a block with its columns apart");
}

void trend_takes_odd_addresses(const CaseContext& context) {
  require_layout(context, {.odd_address = true}, "a block at an address of 8 modulo 16");
}

void trend_takes_a_zero_stride(const CaseContext& context) {
  const TrendSubject subject(context);
  TrendData data = subject.fittable(1);
  const TrendFit alone = subject.fit(data);
  const std::vector<double> expected = alone.fitted();
  const steppe_vector time{sizeof(time), 0, data.time.data(), data.size(), 1};
  const steppe_matrix values{sizeof(values), 0, data.series[0].data(), data.size(), 3, 1, 0,
                             nullptr};
  const std::vector<std::uint64_t> seeds(3, data.seeds[0]);
  const steppe_trend_block block{sizeof(block), data.season_length, &time, &values, seeds.data()};
  std::vector<steppe_status> statuses(3);
  void* made = nullptr;
  const Answer answer = ask([&](steppe_error* error) {
    return subject.table()->fit(subject.instance().get(), &block, subject.instance().host().get(),
                                &made, statuses.data(), error);
  });
  if (!answer.ok()) fail("fit answers " + text_of(answer));
  const TrendFit fit(subject.table(), subject.instance(), made, data.size(), statuses);
  const std::vector<double> fitted = fit.fitted();
  for (std::size_t s = 0; s < 3; ++s) {
    std::vector<double> column;
    for (std::size_t i = s; i < fitted.size(); i += 3) column.push_back(fitted[i]);
    require_same(column, expected,
                 "a column stride of zero, series " + std::to_string(s + 1) + ",");
  }
}

void trend_leaves_absent_outputs(const CaseContext& context) {
  const TrendSubject subject(context);
  const GuardedTrend fit(subject, subject.fittable(kSeries), {});
  const auto mean = fit.predict({.standard_error = false, .quantiles = false});
  const auto errors = fit.predict({.mean = false, .quantiles = false});
  const auto quantiles = fit.predict({.mean = false, .standard_error = false});
  fit.predict({.mean = false, .standard_error = false, .quantiles = false});
  std::vector<double> one_by_one = mean;
  append(one_by_one, errors);
  append(one_by_one, quantiles);
  require_same(one_by_one, fit.predict({}), "asking for one output at a time");
}

void trend_answers_empty_requests(const CaseContext& context) {
  const TrendSubject subject(context);
  const GuardedTrend fit(subject, subject.fittable(kSeries), {});
  std::vector<double> all = fit.predict({});
  const auto without = fit.predict({.probabilities = {}});
  all.resize(without.size());
  require_same(without, all, "asking for no quantiles");
  fit.predict({.horizon = 0});
  fit.predict({.horizon = 0, .probabilities = {}});
  const GuardedOutput nothing("statistics", {0, kSeries}, {});
  const Answer answer = ask([&](steppe_error* error) {
    return subject.table()->statistics(fit.get(), nullptr, 0, nothing.view(), error);
  });
  if (!answer.ok()) fail("statistics of no names answers " + text_of(answer));
}

void trend_takes_any_number_of_series(const CaseContext& context) {
  const TrendSubject subject(context);
  for (const std::size_t count : {1, 2, 100}) {
    const GuardedTrend fit(subject, subject.fittable(count), {});
    fit.everything();
  }
  TrendData none = subject.fittable(1);
  none.series.clear();
  none.seeds.clear();
  Answer answer;
  const auto fit = subject.try_fit(none, Layout::kNeighbours, answer);
  if (fit == nullptr) {
    if (!is_typed_refusal(answer.status)) fail("a block of no series answers " + text_of(answer));
    return;
  }
  fit->fitted();
  fit->predict(none.time, kProbabilities);
}

void trend_keeps_no_input(const CaseContext& context) {
  const TrendSubject subject(context);
  const TrendData data = subject.fittable(kSeries);
  const auto expected = GuardedTrend(subject, data, {}).everything();
  GuardedTrend fit(subject, data, {});
  fit.spoil_inputs();
  require_same(fit.everything(), expected, "predicting when the block is gone");
}

void trend_errors_fit(const CaseContext& context) {
  const TrendSubject subject(context);
  TrendData data = subject.fittable(2);
  std::ranges::fill(data.series[0], std::numeric_limits<double>::quiet_NaN());
  const TrendFit fit = subject.fit(data);
  if (fit.ok(0)) fail("a series of NaN alone is fitted: " + status_name(STEPPE_OK));
  require_errors_to_fit(
      [&](steppe_error* error) { subject.table()->explain(fit.get(), 0, error); });
}

void trend_destroys_null(const CaseContext& context) {
  TrendSubject(context).table()->destroy(nullptr);
}

void trend_leaks_nothing(const CaseContext& context) {
  const TrendSubject subject(context);
  const steppe_trend_model& table = *subject.table();
  TrendData data = subject.fittable(kSeries);
  std::ranges::fill(data.series[1], std::numeric_limits<double>::quiet_NaN());
  const BlockMemory block(data, Layout::kNeighbours);
  const std::vector<double> future = times(data.size() + 1, 3);
  std::vector<double> mean(3 * kSeries);
  const steppe_vector time{sizeof(time), 0, future.data(), future.size(), 1};
  const steppe_vector none{sizeof(none), 0, nullptr, 0, 1};
  const steppe_trend_request request{sizeof(request), 0, &time, &none};
  const steppe_output wanted{sizeof(wanted), 0, mean.data(), 3, kSeries, kSeries, 1};
  const steppe_output absent{sizeof(absent), 0, nullptr, 0, 0, 0, 0};
  const steppe_trend_forecast forecast{sizeof(forecast), 0, &wanted, &absent, &absent};
  std::vector<steppe_status> statuses(kSeries);
  require_no_growth("fit, predict, report and destroy", [&] {
    void* fit = nullptr;
    steppe_error error{};
    error.struct_size = sizeof(error);
    if (table.fit(subject.instance().get(), block.view(), life_host(), &fit, statuses.data(),
                  &error) != STEPPE_OK) {
      fail("fit failed: " + std::string(error.message));
    }
    table.explain(fit, 1, &error);
    table.predict(fit, &request, &forecast, life_host(), &error);
    ReportSink sink;
    table.report(fit, 0, sink.sink(), &error);
    table.destroy(fit);
  });
}

}  // namespace steppe::conformance::memory
