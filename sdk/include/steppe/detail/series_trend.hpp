// SPDX-License-Identifier: Apache-2.0
#pragma once

// Turns a SeriesTrendModel into a block model: one fit per series, statistics from its fitted
// values. Included by trend_model.hpp only.

#include <cmath>
#include <optional>

#include "steppe/normal.hpp"
#include "steppe/saved_fit.hpp"

namespace steppe::detail {

// Sums of squares of one series, from which R squared and the information criteria follow.
struct FitSums {
  double n = 0;
  double residual = kUndefined;  // sum of (y - fitted)^2
  double total = kUndefined;     // sum of (y - mean of y)^2
};

inline FitSums sums_of(const VectorView& y, const std::vector<double>& fitted) {
  FitSums sums;
  std::size_t used = 0;
  double mean = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (std::isfinite(fitted[i]) && std::isfinite(y[i])) mean += (y[i] - mean) / double(++used);
  }
  sums.n = double(used);
  sums.residual = 0;
  sums.total = 0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    if (!std::isfinite(fitted[i]) || !std::isfinite(y[i])) continue;
    sums.residual += (y[i] - fitted[i]) * (y[i] - fitted[i]);
    sums.total += (y[i] - mean) * (y[i] - mean);
  }
  return sums;
}

// k is the number of parameters without the variance, NaN when unknown.
inline double statistic_of(std::string_view name, const FitSums& s, double k) {
  // Squares near the ends of the range of double have lost their digits, or are infinite.
  const bool sound = std::isfinite(s.residual) && s.total > 1e-280 && std::isfinite(s.total);
  const double r_squared = sound ? 1 - s.residual / s.total : kUndefined;
  if (name == STEPPE_STATISTIC_R_SQUARED_FIT_SCALE) return r_squared;
  if (name == STEPPE_STATISTIC_R_SQUARED_ORIGINAL_SCALE) return r_squared;
  if (name == STEPPE_STATISTIC_ADJUSTED_R_SQUARED) {
    return s.n > k ? 1 - (1 - r_squared) * (s.n - 1) / (s.n - k) : kUndefined;
  }
  if (!std::isfinite(s.residual) || !(s.residual > 1e-280)) return kUndefined;
  const double log_term = s.n * std::log(s.residual / s.n);
  const double q = k + 1;
  if (name == STEPPE_STATISTIC_BIC) return log_term + q * std::log(s.n);
  if (name == STEPPE_STATISTIC_AICC && s.n > q + 1) {
    return log_term + 2 * q + 2 * q * (q + 1) / (s.n - q - 1);
  }
  return kUndefined;
}

template <SeriesTrendModel M>
class SeriesBlockFit {
 public:
  using Fit = typename M::Fit;

  SeriesBlockFit(const M& model, const TrendBlock& block, const Host& host) {
    for (std::size_t i = 0; i < block.time.size(); ++i) time_.push_back(block.time[i]);
    for (std::size_t s = 0; s < block.series_count(); ++s) {
      if (s % 64 == 0 && host.cancelled()) {
        cancelled_ = true;
        return;
      }
      fit_one(model, block, s, host);
    }
  }

  // The fit that was saved as `reader` has it; each series is read by the model. Fitted values are
  // asked of it again.
  static Result<std::unique_ptr<SeriesBlockFit>> load(const M& model, std::uint32_t schema,
                                                      Reader& reader) {
    std::unique_ptr<SeriesBlockFit> self(new SeriesBlockFit);
    self->time_ = reader.finites();
    const std::size_t series = reader.count(3 * sizeof(double));
    for (std::size_t s = 0; s < series && reader.ok(); ++s) {
      Item& item = self->items_.emplace_back();
      item.sums = {reader.finite(), reader.f64(), reader.f64()};
      Result<Fit> fit = model.load(schema, reader);
      if (!reader.ok()) return reader.error();
      if (!fit) return std::move(fit).error();
      item.fit = std::move(*fit);
      item.fitted = self->fitted_of(*item.fit);
      reader.must(item.fitted.size() == self->time_.size(), "there is not a value for every time");
    }
    return self;
  }
  // Only for models that save their fits.
  void save(Writer& writer) const {
    writer.f64s(time_);
    writer.u64(items_.size());
    for (const Item& item : items_) {
      writer.f64(item.sums.n);
      writer.f64(item.sums.residual);
      writer.f64(item.sums.total);
      item.fit->save(writer);
    }
  }
  std::optional<Error> refuses_to_be_saved() const {
    for (const Item& item : items_) {
      if (item.fit) continue;
      return Error{ErrorKind::kNotSupported,
                   "a series of the block was not fitted; save a block without it"};
    }
    return std::nullopt;
  }
  FitShape shape() const { return {time_.size(), items_.size()}; }

  bool cancelled() const { return cancelled_; }

  void statuses(std::span<steppe_status> out) const {
    for (std::size_t s = 0; s < items_.size(); ++s) {
      out[s] = items_[s].fit ? STEPPE_OK : static_cast<steppe_status>(items_[s].error.kind);
    }
  }
  Error explain(std::size_t series) const { return items_[series].error; }

  void fitted(const OutputView& out) const {
    for (std::size_t s = 0; s < items_.size(); ++s) {
      for (std::size_t i = 0; i < time_.size(); ++i) {
        out(i, s) = items_[s].fit ? items_[s].fitted[i] : kUndefined;
      }
    }
  }

  void statistic(std::string_view name, std::span<double> row) const {
    for (std::size_t s = 0; s < items_.size(); ++s) {
      row[s] = items_[s].fit ? statistic_of(name, items_[s].sums, parameter_count(*items_[s].fit))
                             : kUndefined;
    }
  }

  Result<void> predict(const TrendRequest& request, const TrendForecast& forecast,
                       const Host& host) const {
    for (std::size_t s = 0; s < items_.size(); ++s) {
      if (s % 64 == 0 && host.cancelled()) return Error{ErrorKind::kCancelled, "cancelled"};
      for (std::size_t h = 0; h < request.time.size(); ++h) predict_one(request, h, s, forecast);
    }
    return {};
  }

  // A statistic that the model cannot have, because it counts no parameters, is left out; one that
  // this series does not have is undefined, with a warning.
  void report(std::size_t series, Report& report) const {
    const Item& item = items_[series];
    const double k = parameter_count(*item.fit);
    std::string undefined;
    for (const char* name :
         {STEPPE_STATISTIC_R_SQUARED_FIT_SCALE, STEPPE_STATISTIC_R_SQUARED_ORIGINAL_SCALE,
          STEPPE_STATISTIC_ADJUSTED_R_SQUARED, STEPPE_STATISTIC_AICC, STEPPE_STATISTIC_BIC}) {
      const bool needs_count = std::string_view(name).substr(0, 9) != "r_squared";
      if (needs_count && std::isnan(k)) continue;
      const double value = statistic_of(name, item.sums, k);
      report.scalar(name, value);
      if (!std::isfinite(value)) undefined += (undefined.empty() ? "" : ", ") + std::string(name);
    }
    report.scalar("observations", item.sums.n, "observations");
    if constexpr (requires { item.fit->report(report); }) item.fit->report(report);
    if (!undefined.empty()) {
      report.warning("undefined_statistics",
                     undefined +
                         ": undefined for so few observations, for a series or residuals "
                         "that are all equal, or for squares beyond the range of a number");
    }
  }

 private:
  SeriesBlockFit() = default;

  struct Item {
    std::optional<Fit> fit;
    Error error;
    std::vector<double> fitted;
    FitSums sums;
  };

  static double parameter_count(const Fit& fit) {
    if constexpr (requires { fit.parameter_count(); }) return double(fit.parameter_count());
    return kUndefined;
  }

  static bool accepts_missing() {
    if constexpr (HasTags<M>) {
      for (const Tag& tag : std::span<const Tag>(M::kTags)) {
        if (std::string_view(tag.name) == "handles_missing") return true;
      }
    }
    return false;
  }

  static std::optional<Error> refusal(const TrendBlock& block, std::size_t s) {
    if (block.time.empty()) {
      return Error{ErrorKind::kInsufficientData, "no observations; at least 1 is needed", "", "N1"};
    }
    if (accepts_missing()) return std::nullopt;
    for (std::size_t i = 0; i < block.time.size(); ++i) {
      if (block.values.present(i, s) && std::isfinite(block.values(i, s))) continue;
      return Error{ErrorKind::kInvalidData, "the value is missing or not finite",
                   "row " + std::to_string(i + 1), "N16"};
    }
    return std::nullopt;
  }

  // The series with NaN for each value that the validity bitmap marks as missing, since the number
  // that lies there is unspecified; empty when the block has no bitmap.
  static std::vector<double> marked_missing(const MatrixView& values, std::size_t s) {
    std::vector<double> out;
    for (std::size_t i = 0; values.has_missing() && i < values.rows(); ++i) {
      out.push_back(values.present(i, s) ? values(i, s) : kUndefined);
    }
    return out;
  }

  void fit_one(const M& model, const TrendBlock& block, std::size_t s, const Host& host) {
    Item& item = items_.emplace_back();
    if (auto error = refusal(block, s)) {
      item.error = *std::move(error);
      return;
    }
    const std::vector<double> marked = marked_missing(block.values, s);
    const Series series{
        block.time,
        marked.empty() ? block.values.column(s) : VectorView(marked.data(), marked.size()),
        block.season_length, block.seeds == nullptr ? 0 : block.seeds[s]};
    Result<Fit> fit = [&] {
      if constexpr (requires { model.fit(series, host); }) {
        return model.fit(series, host);
      } else {
        return model.fit(series);
      }
    }();
    if (!fit) {
      item.error = std::move(fit).error();
      return;
    }
    item.fit = std::move(*fit);
    item.fitted = fitted_of(*item.fit);
    item.sums = sums_of(series.y, item.fitted);
  }

  std::vector<double> fitted_of(const Fit& fit) const {
    if constexpr (requires { fit.fitted(); }) {
      return fit.fitted();
    } else {
      std::vector<double> out;
      out.reserve(time_.size());
      for (double t : time_) out.push_back(fit.predict(t).mean);
      return out;
    }
  }

  void predict_one(const TrendRequest& request, std::size_t h, std::size_t s,
                   const TrendForecast& out) const {
    const auto& fit = items_[s].fit;
    const double t = request.time[h];
    const Prediction p = fit ? fit->predict(t) : Prediction{kUndefined};
    if (out.mean.wanted()) out.mean(h, s) = p.mean;
    if (out.standard_error.wanted()) out.standard_error(h, s) = p.standard_error;
    for (std::size_t k = 0; out.quantiles.wanted() && k < request.probabilities.size(); ++k) {
      double& cell = out.quantiles(k * request.time.size() + h, s);
      if constexpr (requires { fit->quantile(t, 0.5); }) {
        cell = fit ? fit->quantile(t, request.probabilities[k]) : kUndefined;
      } else {
        cell = p.mean + p.standard_error * normal_quantile(request.probabilities[k]);
      }
    }
  }

  std::vector<double> time_;
  std::vector<Item> items_;
  bool cancelled_ = false;
};

}  // namespace steppe::detail
