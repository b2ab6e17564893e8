// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/trend_model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>
#include <utility>

#include "plugin_host/output_buffer.hpp"
#include "plugin_host/plugin_call.hpp"
#include "plugin_host/report_sink.hpp"

namespace steppe {

namespace {

constexpr steppe_status kNotWritten = std::numeric_limits<steppe_status>::min();

steppe_vector vector_of(std::span<const double> values) {
  return {sizeof(steppe_vector), 0, values.data(), values.size(), 1};
}

// Bit r * columns + c is 1 for a number; empty when there is no NaN.
std::vector<std::uint8_t> validity_of(const BlockView& block) {
  const std::size_t m = block.series_count;
  const std::size_t cells = block.time.size() * m;
  std::vector<std::uint8_t> bits((cells + 7) / 8, 0);
  bool missing = false;
  for (std::size_t i = 0; i < cells; ++i) {
    if (std::isnan(block.values[i / m * block.stride + i % m])) {
      missing = true;
    } else {
      bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | (1u << (i % 8)));
    }
  }
  if (!missing) bits.clear();
  return bits;
}

std::optional<BrokenRule> check_statuses(std::span<const steppe_status> statuses) {
  for (std::size_t s = 0; s < statuses.size(); ++s) {
    if (statuses[s] >= STEPPE_OK) continue;
    if (statuses[s] == kNotWritten) {
      return BrokenRule{"P18", "wrote no status for series " + std::to_string(s + 1)};
    }
    return BrokenRule{"N19",
                      "gave series " + std::to_string(s + 1) + " the status " +
                          std::to_string(statuses[s]) + ", which does not exist",
                      "R27"};
  }
  return std::nullopt;
}

// A series that was fitted has a number for a mean, maybe an infinite one; a failed one has none.
std::optional<BrokenRule> check_mean(const OutputBuffer& mean, const TrendFit& fit,
                                     bool every_series_fitted) {
  if (every_series_fitted && !mean.has_nan()) return std::nullopt;
  for (std::size_t h = 0; h < mean.rows(); ++h) {
    for (std::size_t s = 0; s < mean.columns(); ++s) {
      if (std::isnan(mean.at(h, s)) != fit.fitted(s)) continue;
      const std::string cell = mean.cell(h, s);
      return fit.fitted(s)
                 ? BrokenRule{"N19", cell + " is NaN though the series was fitted", "R34"}
                 : BrokenRule{"N19", cell + " is a number though the series failed", "R33"};
    }
  }
  return std::nullopt;
}

std::optional<BrokenRule> check_not_negative(const OutputBuffer& errors) {
  if (!errors.has_negative()) return std::nullopt;
  for (std::size_t i = 0; i < errors.size(); ++i) {
    const std::size_t row = i / errors.columns();
    const std::size_t column = i % errors.columns();
    if (errors.at(row, column) < 0) {
      return BrokenRule{"N19", errors.cell(row, column) + " is negative", "R35"};
    }
  }
  return std::nullopt;
}

Fault broken(const std::string& label, const char* function, const BrokenRule& rule) {
  return broken_contract(label, rule.fault,
                         std::string("bad_output: ") + function + ": " + rule.message, rule.rule);
}

}  // namespace

TrendFit::TrendFit(std::shared_ptr<Component> component, const steppe_trend_model* table, void* fit,
                   std::size_t rows, std::vector<steppe_status> statuses, const steppe_host* host)
    : component_(std::move(component)),
      table_(table),
      fit_(fit),
      rows_(rows),
      statuses_(std::move(statuses)),
      host_(host) {}

TrendFit::TrendFit(TrendFit&& other) noexcept
    : component_(std::move(other.component_)),
      table_(other.table_),
      fit_(std::exchange(other.fit_, nullptr)),
      rows_(other.rows_),
      statuses_(std::move(other.statuses_)),
      host_(other.host_) {}

TrendFit::~TrendFit() {
  if (fit_ == nullptr) return;
  PluginCall(*component_, "destroy").guard([&] { table_->destroy(fit_); });
}

Error TrendFit::explain(std::size_t series) const {
  steppe_error error{};
  error.struct_size = sizeof(error);
  auto thrown =
      PluginCall(*component_, "explain").guard([&] { table_->explain(fit_, series, &error); });
  if (thrown) return {thrown->kind, thrown->message, {}, thrown->code};
  return error_of(statuses_[series], error);
}

Outcome<std::vector<double>> TrendFit::fitted_values() const {
  OutputBuffer out("fitted", rows_, statuses_.size());
  auto done = PluginCall(*component_, "fitted").run([&](steppe_error* error) {
    return table_->fitted(fit_, out.view(), error);
  });
  if (!done) return std::move(done).error();
  if (auto rule = out.check_filled()) return broken(component_->label(), "fitted", *rule);
  return out.take();
}

Outcome<std::vector<double>> TrendFit::statistics(std::span<const char* const> names) const {
  OutputBuffer out("statistics", names.size(), statuses_.size());
  auto done = PluginCall(*component_, "statistics").run([&](steppe_error* error) {
    return table_->statistics(fit_, names.data(), names.size(), out.view(), error);
  });
  if (!done) return std::move(done).error();
  if (auto rule = out.check_filled()) return broken(component_->label(), "statistics", *rule);
  return out.take();
}

Outcome<BlockForecast> TrendFit::predict(std::span<const double> time,
                                         std::span<const double> probabilities) const {
  const std::size_t m = statuses_.size();
  OutputBuffer mean("mean", time.size(), m);
  OutputBuffer standard_error("standard_error", time.size(), m);
  OutputBuffer quantiles("quantiles", probabilities.size() * time.size(), m);
  const steppe_vector times = vector_of(time);
  const steppe_vector wanted = vector_of(probabilities);
  const steppe_trend_request request{sizeof(request), 0, &times, &wanted};
  const steppe_output nothing{sizeof(nothing), 0, nullptr, 0, 0, 0, 0};
  const steppe_trend_forecast forecast{sizeof(forecast), 0, mean.view(), standard_error.view(),
                                       probabilities.empty() ? &nothing : quantiles.view()};
  auto done = PluginCall(*component_, "predict").run([&](steppe_error* error) {
    return table_->predict(fit_, &request, &forecast, host_, error);
  });
  if (!done) return std::move(done).error();

  const bool all_fitted =
      std::ranges::all_of(statuses_, [](steppe_status status) { return status == STEPPE_OK; });
  std::optional<BrokenRule> rule = mean.check_filled();
  if (!rule) rule = standard_error.check_filled();
  if (!rule) rule = quantiles.check_filled();
  if (!rule) rule = check_mean(mean, *this, all_fitted);
  if (!rule) rule = check_not_negative(standard_error);
  if (!rule) rule = check_quantile_order(quantiles, time.size());
  if (rule) return broken(component_->label(), "predict", *rule);
  return BlockForecast{mean.take(), standard_error.take(), quantiles.take()};
}

Outcome<FitReport> TrendFit::report(std::size_t series) const {
  ReportSink sink;
  auto done = PluginCall(*component_, "report").run([&](steppe_error* error) {
    return table_->report(fit_, series, sink.sink(), error);
  });
  if (!done) return std::move(done).error();
  if (!sink.problem().empty()) {
    return broken(component_->label(), "report", {"N19", sink.problem(), "R44"});
  }
  return sink.take();
}

Outcome<TrendModel> TrendModel::open(std::shared_ptr<Component> component,
                                     const steppe_host* host) {
  const steppe_component* table = component->table();
  const void* capability = nullptr;
  auto thrown = PluginCall(*component, "query").guard([&] {
    capability = table->query(table, STEPPE_TREND_MODEL);
  });
  if (thrown) return *std::move(thrown);
  if (capability == nullptr) {
    return fault_of(component->label(), {ErrorKind::kNotSupported,
                                         "is not a trend model: it offers no " STEPPE_TREND_MODEL});
  }
  return TrendModel(std::move(component), static_cast<const steppe_trend_model*>(capability), host);
}

Outcome<TrendFit> TrendModel::fit(const BlockView& block) const {
  const std::size_t n = block.time.size();
  const std::size_t m = block.series_count;
  std::vector<std::uint8_t> validity;
  if (has_tag("handles_missing")) validity = validity_of(block);
  const steppe_vector time = vector_of(block.time);
  const steppe_matrix values{sizeof(values),
                             0,
                             block.values,
                             n,
                             m,
                             static_cast<std::int64_t>(block.stride),
                             1,
                             validity.empty() ? nullptr : validity.data()};
  const steppe_trend_block view{sizeof(view), block.season_length, &time, &values,
                                block.seeds.empty() ? nullptr : block.seeds.data()};
  std::vector<steppe_status> statuses(m, kNotWritten);
  void* fit = nullptr;
  auto done = PluginCall(*component_, "fit").run([&](steppe_error* error) {
    return table_->fit(component_->instance(), &view, host_, &fit, statuses.data(), error);
  });
  if (!done) return std::move(done).error();
  if (fit == nullptr) {
    return broken(component_->label(), "fit", {"N19", "returned success without a fit", "R12"});
  }
  const auto rule = check_statuses(statuses);
  TrendFit out(component_, table_, fit, n, std::move(statuses), host_);
  if (rule) return broken(component_->label(), "fit", *rule);
  return out;
}

Outcome<TrendFit> TrendModel::load(const FitRecord& record) const {
  auto fit = load_fit(*component_, record, host_, table_->destroy);
  if (!fit) return std::move(fit).error();
  return TrendFit(component_, table_, *fit, record.observations,
                  std::vector<steppe_status>(record.columns, STEPPE_OK), host_);
}

bool TrendModel::has_tag(std::string_view name) const {
  const steppe_component& table = *component_->table();
  for (std::uint32_t i = 0; i < table.tag_count; ++i) {
    if (name == table.tags[i]->name) return table.tags[i]->value != 0;
  }
  return false;
}

}  // namespace steppe
