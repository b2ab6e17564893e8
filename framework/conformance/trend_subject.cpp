// SPDX-License-Identifier: Apache-2.0
#include "conformance/trend_subject.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include "plugin_host/output_buffer.hpp"
#include "plugin_host/report_sink.hpp"

namespace steppe::conformance {

namespace {

// Lies between the elements of spaced layouts: large, so that reading it is seen.
constexpr double kJunk = -7.5e250;
constexpr steppe_status kNotWritten = -77;

constexpr const char* kStatistics[] = {
    STEPPE_STATISTIC_R_SQUARED_FIT_SCALE, STEPPE_STATISTIC_R_SQUARED_ORIGINAL_SCALE,
    STEPPE_STATISTIC_ADJUSTED_R_SQUARED, STEPPE_STATISTIC_AICC, STEPPE_STATISTIC_BIC};

steppe_vector vector_of(std::span<const double> values) {
  return {sizeof(steppe_vector), 0, values.data(), values.size(), 1};
}

struct Strides {
  std::int64_t row;
  std::int64_t column;
};

Strides strides_of(Layout layout, std::size_t n, std::size_t m) {
  const auto rows = static_cast<std::int64_t>(n);
  const auto columns = static_cast<std::int64_t>(m);
  switch (layout) {
    case Layout::kNeighbours:
      return {columns, 1};
    case Layout::kSeries:
      return {1, rows};
    case Layout::kSpaced:
      return {2 * columns + 3, 2};
    case Layout::kReversed:
      return {-columns, -1};
  }
  return {columns, 1};
}

}  // namespace

BlockMemory::BlockMemory(const TrendData& data, Layout layout)
    : times_(data.time), seeds_(data.seeds) {
  const std::size_t n = data.size();
  const std::size_t m = data.count();
  const Strides strides = strides_of(layout, n, m);
  cells_.assign((2 * m + 3) * n + 8, kJunk);
  const std::size_t origin = layout == Layout::kReversed && n * m > 0 ? n * m - 1 : 0;
  double* first = cells_.data() + origin;
  for (std::size_t s = 0; s < m; ++s) {
    for (std::size_t i = 0; i < n; ++i) {
      first[static_cast<std::int64_t>(i) * strides.row +
            static_cast<std::int64_t>(s) * strides.column] = data.series[s][i];
    }
  }
  if (!data.present.empty()) validity_.assign((n * m + 7) / 8, 0);
  for (std::size_t bit = 0; !validity_.empty() && bit < n * m; ++bit) {
    if (data.present[bit % m][bit / m]) {
      validity_[bit / 8] = static_cast<std::uint8_t>(validity_[bit / 8] | (1U << (bit % 8)));
    }
  }
  time_ = vector_of(times_);
  values_ = {sizeof(values_),
             0,
             first,
             n,
             m,
             strides.row,
             strides.column,
             validity_.empty() ? nullptr : validity_.data()};
  block_ = {sizeof(block_), data.season_length, &time_, &values_,
            seeds_.empty() ? nullptr : seeds_.data()};
}

TrendFit::TrendFit(const steppe_trend_model* table, const Instance& instance, void* fit,
                   std::size_t rows, std::vector<steppe_status> statuses)
    : table_(table), instance_(&instance), fit_(fit), rows_(rows), statuses_(std::move(statuses)) {}

TrendFit::TrendFit(TrendFit&& other) noexcept
    : table_(other.table_),
      instance_(other.instance_),
      fit_(std::exchange(other.fit_, nullptr)),
      rows_(other.rows_),
      statuses_(std::move(other.statuses_)) {}

TrendFit::~TrendFit() {
  if (fit_ != nullptr) table_->destroy(fit_);
}

std::vector<double> TrendFit::fitted() const {
  OutputBuffer out("fitted", rows_, count());
  const Answer answer =
      ask([&](steppe_error* error) { return table_->fitted(fit_, out.view(), error); });
  if (!answer.ok()) fail("fitted answers " + text_of(answer));
  return out.take();
}

std::vector<double> TrendFit::statistics(const char* name) const {
  OutputBuffer out("statistics", 1, count());
  const Answer answer = ask(
      [&](steppe_error* error) { return table_->statistics(fit_, &name, 1, out.view(), error); });
  if (!answer.ok()) fail("statistics answers " + text_of(answer));
  return out.take();
}

Error TrendFit::explain(std::size_t series) const {
  steppe_error error{};
  error.struct_size = sizeof(error);
  table_->explain(fit_, series, &error);
  return error_of(error.code, error);
}

FitReport TrendFit::report(std::size_t series) const {
  ReportSink sink;
  const Answer answer =
      ask([&](steppe_error* error) { return table_->report(fit_, series, sink.sink(), error); });
  if (!answer.ok()) fail("report answers " + text_of(answer));
  if (!sink.problem().empty()) fail("report: " + sink.problem());
  return sink.take();
}

Answer TrendFit::try_predict(std::span<const double> time, std::span<const double> probabilities,
                             TrendPrediction& out) const {
  OutputBuffer mean("mean", time.size(), count());
  OutputBuffer standard_error("standard_error", time.size(), count());
  OutputBuffer quantiles("quantiles", probabilities.size() * time.size(), count());
  const steppe_vector wanted_times = vector_of(time);
  const steppe_vector wanted = vector_of(probabilities);
  const steppe_trend_request request{sizeof(request), 0, &wanted_times, &wanted};
  const steppe_output nothing{sizeof(nothing), 0, nullptr, 0, 0, 0, 0};
  const steppe_trend_forecast forecast{sizeof(forecast), 0, mean.view(), standard_error.view(),
                                       probabilities.empty() ? &nothing : quantiles.view()};
  const Answer answer = ask([&](steppe_error* error) {
    return table_->predict(fit_, &request, &forecast, instance_->host().get(), error);
  });
  out = {time.size(), count(), mean.take(), standard_error.take(), quantiles.take()};
  return answer;
}

TrendPrediction TrendFit::predict(std::span<const double> time,
                                  std::span<const double> probabilities) const {
  TrendPrediction out;
  const Answer answer = try_predict(time, probabilities, out);
  if (!answer.ok()) fail("predict answers " + text_of(answer));
  return out;
}

std::vector<double> TrendFit::everything(std::size_t series, std::span<const double> time) const {
  std::vector<double> out;
  const auto add_column = [&](const std::vector<double>& values) {
    for (std::size_t i = series; i < values.size(); i += count()) out.push_back(values[i]);
  };
  add_column(fitted());
  const TrendPrediction prediction = predict(time, kProbabilities);
  add_column(prediction.mean);
  add_column(prediction.standard_error);
  add_column(prediction.quantiles);
  for (const char* name : kStatistics) add_column(statistics(name));
  return out;
}

std::string part_name(std::size_t i, std::size_t rows, std::size_t horizon) {
  if (i < rows) return "the fitted value in row " + std::to_string(i + 1);
  i -= rows;
  const std::string step = " at horizon " + std::to_string(i % horizon + 1);
  if (i < horizon) return "the mean" + step;
  if (i < 2 * horizon) return "the standard error" + step;
  i -= 2 * horizon;
  const std::size_t k = i / horizon;
  if (k < std::size(kProbabilities)) return "the quantile " + number(kProbabilities[k]) + step;
  return std::string("the statistic ") + kStatistics[i - std::size(kProbabilities) * horizon];
}

TrendSubject::TrendSubject(const CaseContext& context)
    : instance_(context),
      table_(instance_.query<steppe_trend_model>(STEPPE_TREND_MODEL)),
      seed_(context.seed) {
  if (table_ == nullptr) skip("offers no " STEPPE_TREND_MODEL);
}

const steppe_saved_fit* TrendSubject::saved_fit() const {
  return instance_.query<steppe_saved_fit>(STEPPE_SAVED_FIT);
}

std::unique_ptr<TrendFit> TrendSubject::try_fit(const TrendData& data, Layout layout,
                                                Answer& answer) const {
  const BlockMemory memory(data, layout);
  std::vector<steppe_status> statuses(data.count(), kNotWritten);
  void* made = nullptr;
  answer = ask([&](steppe_error* error) {
    return table_->fit(instance_.get(), memory.view(), instance_.host().get(), &made,
                       statuses.data(), error);
  });
  if (!answer.ok()) return nullptr;
  if (made == nullptr) fail("fit answers ok without a fit");
  auto fit = std::make_unique<TrendFit>(table_, instance_, made, data.size(), std::move(statuses));
  for (std::size_t s = 0; s < fit->count(); ++s) {
    if (fit->statuses()[s] == kNotWritten) {
      fail("fit answers ok without a status for series " + std::to_string(s + 1));
    }
  }
  return fit;
}

TrendFit TrendSubject::fit(const TrendData& data, Layout layout) const {
  Answer answer;
  std::unique_ptr<TrendFit> fit = try_fit(data, layout, answer);
  if (fit == nullptr) fail("fit answers " + text_of(answer) + ", for the whole block");
  return std::move(*fit);
}

TrendFit TrendSubject::fit_one(const TrendData& data, std::size_t series) const {
  return fit(only(data, series));
}

std::uint32_t TrendSubject::season_length() const {
  return has_tag(instance_.component(), "seasonal") ? 4 : 1;
}

std::size_t TrendSubject::length() const {
  const std::int64_t minimum = tag_value(instance_.component(), "minimum_observations", 1);
  return std::max<std::size_t>(24,
                               2 * static_cast<std::size_t>(std::max<std::int64_t>(minimum, 1)));
}

TrendData TrendSubject::sample(std::size_t m) const {
  return sample_block(length(), m, seed_, season_length());
}

TrendData TrendSubject::fittable(std::size_t m) const {
  TrendData data = sample(std::size(kShapes));
  const TrendFit fit = this->fit(data);
  std::vector<std::size_t> good;
  for (std::size_t s = 0; s < fit.count(); ++s) {
    if (fit.ok(s)) good.push_back(s);
  }
  if (good.empty()) {
    fail("fits none of the ordinary series of " + std::to_string(data.size()) +
         " positive observations: " + fit.explain(0).message);
  }
  TrendData out = data;
  out.series.clear();
  out.seeds.clear();
  for (std::size_t s = 0; s < m; ++s) {
    const Shape shape = kShapes[good[s % good.size()]];
    out.series.push_back(sample_series(shape, data.size(), seed_, s, data.season_length));
    out.seeds.push_back(seed_ * 1000 + s);
  }
  return out;
}

TrendData only(const TrendData& data, std::size_t series) {
  TrendData out = data;
  out.series = {data.series[series]};
  if (!data.present.empty()) out.present = {data.present[series]};
  if (!data.seeds.empty()) out.seeds = {data.seeds[series]};
  return out;
}

}  // namespace steppe::conformance
