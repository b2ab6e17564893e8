// SPDX-License-Identifier: Apache-2.0
#include "steppe/numerics/linear_trend.hpp"

#include <algorithm>
#include <cmath>

#include "steppe/numerics/distributions.hpp"
#include "steppe/numerics/elementwise.hpp"
#include "steppe/numerics/equation.hpp"

namespace steppe::numerics {

namespace {

constexpr std::size_t kChunk = 1024;  // series at a time: a few rows of them stay in the cache
constexpr double kLn2 = 0.693147180559945309417;

std::string row_text(std::size_t row) { return "row " + std::to_string(row + 1); }

// Why no series at these times can be fitted.
std::optional<Error> refusal(const LinearTrendForm& form, std::span<const double> time) {
  const std::size_t parameters = form.order + (form.intercept ? 0 : 1);
  if (time.size() <= parameters) {
    return Error{ErrorKind::kInsufficientData,
                 std::to_string(time.size()) + " observations for " + std::to_string(parameters) +
                     " parameters of " + form.noun + "; at least " +
                     std::to_string(parameters + 1) + " are needed",
                 "", "N1"};
  }
  for (std::size_t i = 0; i < time.size(); ++i) {
    if (!std::isfinite(time[i])) {
      return Error{ErrorKind::kInvalidData, "the time is not finite", row_text(i), "N16"};
    }
    if (form.ln_time && !(time[i] > 0)) {
      return Error{ErrorKind::kDomainError,
                   "t = " + number_text(time[i]) + " has no logarithm; " + form.noun +
                       " needs times above 0: number the observations from 1",
                   row_text(i), "N6"};
    }
  }
  return std::nullopt;
}

Result<BlockDesign> design_of(const LinearTrendForm& form, const TimeBasis& basis,
                              std::span<const double> time) {
  std::vector<double> columns;
  for (const double t : time) {
    const TrendWeights row = basis.row(t);
    columns.insert(columns.end(), row.begin(), row.begin() + static_cast<long>(form.order));
  }
  return BlockDesign::make(columns, time.size(), form.order, !form.intercept);
}

// Runs `write(point row, span)` over chunks of an output row, through a buffer where the row's
// elements are not neighbours.
template <typename Write>
void fill_row(const OutputView& out, std::size_t row, const Write& write) {
  const bool direct = out.column_stride() == 1;
  double buffer[kChunk];
  for (std::size_t first = 0; first < out.columns(); first += kChunk) {
    const std::size_t count = std::min(kChunk, out.columns() - first);
    double* target = direct ? &out(row, first) : buffer;
    write(first, std::span<double>(target, count));
    for (std::size_t i = 0; !direct && i < count; ++i) out(row, first + i) = buffer[i];
  }
}

}  // namespace

Result<std::unique_ptr<LinearTrendFit>> LinearTrendFit::make(const LinearTrendForm& form,
                                                             const TrendBlock& block,
                                                             const Host& host) {
  std::unique_ptr<LinearTrendFit> self(new LinearTrendFit);
  self->form_ = form;
  self->series_count_ = block.series_count();
  for (std::size_t i = 0; i < block.time.size(); ++i) self->time_.push_back(block.time[i]);
  self->block_error_ = refusal(form, self->time_);
  if (self->block_error_) return self;

  self->basis_ = TimeBasis(form, self->time_);
  Result<BlockDesign> design = design_of(form, self->basis_, self->time_);
  if (!design) {
    self->block_error_ = std::move(design).error();
    self->block_error_->message = "the times are too close together for " + std::string(form.noun) +
                                  ": " + self->block_error_->message;
    return self;
  }
  self->design_ = std::move(*design);

  BlockFitOptions options;
  options.ln_scale = form.ln_scale;
  options.offset = form.intercept.value_or(0);
  options.cancelled = [&host] { return host.cancelled(); };
  Result<BlockFit> fit = fit_block(*self->design_, block.values, options);
  if (!fit) return std::move(fit).error();
  self->fit_ = std::move(*fit);
  return self;
}

void LinearTrendFit::statuses(std::span<steppe_status> out) const {
  const auto all = block_error_ ? static_cast<steppe_status>(block_error_->kind) : STEPPE_OK;
  std::fill(out.begin(), out.end(), all);
  for (const SeriesFailure& failure : fit_.failures()) {
    out[failure.series] =
        failure.fault == SeriesFault::kNotPositive ? STEPPE_DOMAIN_ERROR : STEPPE_INVALID_DATA;
  }
}

Error LinearTrendFit::explain(std::size_t series) const {
  if (block_error_) return *block_error_;
  const SeriesFailure* failure = fit_.failure_of(series);
  if (failure == nullptr) return Error{ErrorKind::kInternal, "the series was fitted"};
  switch (failure->fault) {
    case SeriesFault::kNotPositive:
      return {ErrorKind::kDomainError,
              "y = " + number_text(failure->value) + " has no logarithm; " + form_.noun +
                  " needs every value above 0: choose another trend",
              row_text(failure->row), "N6"};
    case SeriesFault::kSpread:
      return {ErrorKind::kInvalidData,
              "the values span more than 300 powers of ten; choose another unit or check the data",
              row_text(failure->row), "N8"};
    case SeriesFault::kNotFinite:
      break;
  }
  return {ErrorKind::kInvalidData, "the value is missing or not finite", row_text(failure->row),
          "N16"};
}

double LinearTrendFit::degrees_of_freedom() const {
  return static_cast<double>(design_->rows() - design_->parameters());
}

// s = sqrt(SSE / (n - p)), in units, on the scale of the fit.
void LinearTrendFit::sigmas(std::size_t first, std::span<double> out) const {
  const double degrees = degrees_of_freedom();
  const double* sse = fit_.sse() + first;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = std::sqrt(sse[i] / degrees);
}

// In place, from the scale of the fit, in units, to that of y.
void LinearTrendFit::to_original_scale(std::size_t first, std::span<double> values) const {
  if (form_.ln_scale && !fit_.has_units())
    return exp_each(values.data(), values.data(), values.size());
  if (!fit_.has_units()) return;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double unit = fit_.unit(first + i);
    if (!form_.ln_scale) {
      values[i] *= unit;
    } else if (std::fabs(values[i]) < 700) {
      values[i] = exp_one(values[i]) * unit;
    } else {  // exp alone would leave the range that the product may be in
      values[i] = exp_one(values[i] + std::ilogb(unit) * kLn2);
    }
  }
}

void LinearTrendFit::write_mean(const Point& point, std::span<double> out) const {
  fit_.predict(point.weights, point.first, out);
  if (form_.ln_scale && form_.mean_point) {
    double sigma[kChunk];
    sigmas(point.first, {sigma, out.size()});
    for (std::size_t i = 0; i < out.size(); ++i) {
      const double deviation = sigma[i] * point.spread;
      out[i] += 0.5 * deviation * deviation;
    }
  }
  to_original_scale(point.first, out);
}

void LinearTrendFit::write_standard_error(const Point& point, std::span<double> out) const {
  double sigma[kChunk];
  sigmas(point.first, {sigma, out.size()});
  if (!form_.ln_scale) {
    for (std::size_t i = 0; i < out.size(); ++i) {
      out[i] = sigma[i] * point.spread * fit_.unit(point.first + i);
    }
    return;
  }
  fit_.predict(point.weights, point.first, out);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double variance = sigma[i] * point.spread * sigma[i] * point.spread;
    out[i] += 0.5 * variance;
    sigma[i] = std::sqrt(std::expm1(variance));
  }
  to_original_scale(point.first, out);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] *= sigma[i];
}

void LinearTrendFit::write_quantile(const Point& point, double t, std::span<double> out) const {
  double sigma[kChunk];
  sigmas(point.first, {sigma, out.size()});
  fit_.predict(point.weights, point.first, out);
  const double distance = t * point.spread;
  for (std::size_t i = 0; i < out.size(); ++i) out[i] += distance * sigma[i];
  to_original_scale(point.first, out);
}

void LinearTrendFit::fitted(const OutputView& out) const {
  for (std::size_t i = 0; i < time_.size(); ++i) {
    fill_row(out, i, [&](std::size_t first, std::span<double> row) {
      if (block_error_) return std::fill(row.begin(), row.end(), kUndefined);
      fit_.predict(design_->weights_of_row(i), first, row);
      to_original_scale(first, row);
    });
  }
}

Result<void> LinearTrendFit::predict(const TrendRequest& request, const TrendForecast& forecast,
                                     const Host& host) const {
  const std::size_t horizon = request.time.size();
  std::vector<double> t_quantiles;
  for (std::size_t k = 0; k < request.probabilities.size(); ++k) {
    const double p = request.probabilities[k];
    t_quantiles.push_back(block_error_ ? kUndefined : student_t_quantile(p, degrees_of_freedom()));
  }
  for (std::size_t h = 0; h < horizon; ++h) {
    if (series_count_ > kChunk && host.cancelled())
      return Error{ErrorKind::kCancelled, "cancelled"};
    Point point{};
    if (!block_error_) {
      point.weights = design_->weights_at(basis_.row(request.time[h]));
      point.spread = std::sqrt(1 + design_->leverage(point.weights));
    }
    const auto fill = [&](const OutputView& out, std::size_t row, const auto& write) {
      if (!out.wanted()) return;
      fill_row(out, row, [&](std::size_t first, std::span<double> values) {
        if (block_error_) return std::fill(values.begin(), values.end(), kUndefined);
        Point here = point;
        here.first = first;
        write(here, values);
      });
    };
    fill(forecast.mean, h, [&](const Point& at, auto values) { write_mean(at, values); });
    fill(forecast.standard_error, h,
         [&](const Point& at, auto values) { write_standard_error(at, values); });
    for (std::size_t k = 0; k < t_quantiles.size(); ++k) {
      fill(forecast.quantiles, k * horizon + h,
           [&](const Point& at, auto values) { write_quantile(at, t_quantiles[k], values); });
    }
  }
  return {};
}

}  // namespace steppe::numerics
