// SPDX-License-Identifier: Apache-2.0
#include "engine/driver_forecasts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "engine/simulation_draws.hpp"
#include "steppe/numerics/distributions.hpp"

namespace steppe {
namespace {

constexpr std::size_t kNodes = DriverForecast::kTableNodes;
constexpr std::size_t kMiddle = kNodes / 2;  // standard normals -4, -3.5, ..., 4
constexpr double kInfinite = std::numeric_limits<double>::infinity();
// What rounding does to a quantile of a model, in scales.
constexpr double kSameQuantile = 1e-7;

using Nodes = std::array<double, kNodes>;

Nodes student_nodes(double degrees) {
  Nodes out;
  for (std::size_t k = 0; k < kNodes; ++k) {
    out[k] = numerics::student_t_quantile(table_probabilities()[k], degrees);
  }
  return out;
}

// Student quantiles of the degrees of freedom that were met last: neighbours share them.
struct StudentNodes {
  double degrees = 0;
  Nodes nodes{};
};

// How far the quantiles at -2 and 2 lie apart, where those at -1 and 1 lie one apart: falls from
// infinity to 2 while the degrees of freedom rise to infinity.
double spread_ratio(const Nodes& q) {
  return (q[kMiddle + 4] - q[kMiddle - 4]) / (q[kMiddle + 2] - q[kMiddle - 2]);
}

double degrees_of(double ratio) {
  if (ratio < spread_ratio(student_nodes(1e7))) return kInfinite;
  double low = std::log(0.5);
  double high = std::log(1e7);
  for (int i = 0; i < 80; ++i) {
    const double middle = (low + high) / 2;
    (spread_ratio(student_nodes(std::exp(middle))) > ratio ? low : high) = middle;
  }
  const double degrees = std::exp((low + high) / 2);
  // Degrees of freedom are mostly whole; the ratio tells them to six digits.
  const double whole = std::round(degrees);
  return std::fabs(degrees - whole) < 1e-4 * whole ? whole : degrees;
}

// Location, scale and shape of one step, when its quantiles are those of a Student t.
class StudentReader {
 public:
  // Whether they are; location and scale then hold.
  bool read(const Nodes& q) {
    location_ = q[kMiddle];
    const double width = q[kMiddle + 2] - q[kMiddle - 2];
    if (!(width > 0) || std::isinf(width)) return false;
    if (!fits(q, width)) {
      const double degrees = degrees_of(spread_ratio(q));
      student_ = {degrees, student_nodes(degrees)};
      if (!fits(q, width)) return false;
    }
    return true;
  }
  double location() const { return location_; }
  double scale() const { return scale_; }
  double degrees() const { return student_.degrees; }

 private:
  bool fits(const Nodes& q, double width) {
    if (student_.degrees == 0) return false;
    const Nodes& t = student_.nodes;
    scale_ = width / (t[kMiddle + 2] - t[kMiddle - 2]);
    for (std::size_t k = 0; k < kNodes; ++k) {
      if (!std::isfinite(q[k])) continue;
      const double expected = location_ + scale_ * t[k];
      const double allowed =
          kSameQuantile * scale_ * (1 + std::fabs(t[k])) + 1e-13 * std::fabs(location_);
      if (std::fabs(q[k] - expected) > allowed) return false;
    }
    return true;
  }

  StudentNodes student_;
  double location_ = 0;
  double scale_ = 0;
};

// The quantiles of one series at every step.
class SeriesQuantiles {
 public:
  SeriesQuantiles(const BlockForecast& forecast, std::size_t series, std::size_t series_count)
      : steps_(forecast.mean.size() / series_count) {
    for (std::size_t h = 0; h < steps_; ++h) {
      for (std::size_t k = 0; k < kNodes; ++k) {
        values_.push_back(forecast.quantiles[(k * steps_ + h) * series_count + series]);
      }
    }
  }

  std::size_t steps() const { return steps_; }
  Nodes at(std::size_t step) const {
    Nodes out;
    std::copy_n(values_.begin() + static_cast<std::ptrdiff_t>(step * kNodes), kNodes, out.begin());
    return out;
  }
  bool complete() const {
    return std::all_of(values_.begin(), values_.end(), [](double q) { return std::isfinite(q); });
  }
  bool inner_missing() const {
    for (std::size_t h = 0; h < steps_; ++h) {
      const Nodes q = at(h);
      for (std::size_t k = kMiddle - 4; k <= kMiddle + 4; ++k) {
        if (!std::isfinite(q[k])) return true;
      }
    }
    return false;
  }
  std::vector<double> take() && { return std::move(values_); }

 private:
  std::size_t steps_;
  std::vector<double> values_;  // step by step
};

Nodes logarithms(Nodes q) {
  for (double& value : q) value = value > 0 ? std::log(value) : std::nan("");
  return q;
}

// Whether every step is Student t with the same degrees of freedom, on this scale.
bool read_student(const SeriesQuantiles& quantiles, bool logs, StudentReader& reader,
                  DriverForecast& out) {
  DriverForecast read = out;
  for (std::size_t h = 0; h < quantiles.steps(); ++h) {
    const Nodes q = logs ? logarithms(quantiles.at(h)) : quantiles.at(h);
    if (!reader.read(q) || (h > 0 && reader.degrees() != read.degrees)) return false;
    read.degrees = reader.degrees();
    read.location.push_back(reader.location());
    read.scale.push_back(reader.scale());
  }
  read.family = logs ? ErrorFamily::kLogStudent : ErrorFamily::kStudent;
  out = std::move(read);
  return true;
}

void read_table(SeriesQuantiles&& quantiles, DriverForecast& out) {
  out.family = ErrorFamily::kTable;
  for (std::size_t h = 0; h < quantiles.steps(); ++h) {
    const Nodes q = quantiles.at(h);
    out.location.push_back(q[kMiddle]);
    out.scale.push_back((q[kMiddle + 2] - q[kMiddle - 2]) / 2);
  }
  out.table = std::move(quantiles).take();
}

class DriverMaker {
 public:
  DriverMaker(const DriverFit& driver, const BlockForecast& forecast)
      : driver_(driver), forecast_(forecast), m_(driver.fit.series_count()) {
    if (!driver.values.empty()) {
      if (auto fitted = driver.fit.fitted_values()) fitted_ = std::move(*fitted);
    }
  }

  DriverForecast make(std::size_t series) {
    DriverForecast out;
    out.first = driver_.span.last + 1;
    out.random_walk = driver_.random_walk;
    SeriesQuantiles quantiles(forecast_, series, m_);
    if (!quantiles.inner_missing()) {
      if (!read_student(quantiles, false, plain_, out) &&
          !read_student(quantiles, true, logs_, out) && quantiles.complete()) {
        read_table(std::move(quantiles), out);
      }
    } else {
      read_standard_errors(series, out);
    }
    if (!fitted_.empty() && out.family != ErrorFamily::kUnknown) add_residuals(series, out);
    return out;
  }

 private:
  void read_standard_errors(std::size_t series, DriverForecast& out) const {
    DriverForecast read = out;
    for (std::size_t i = series; i < forecast_.mean.size(); i += m_) {
      if (!std::isfinite(forecast_.standard_error[i])) return;
      read.location.push_back(forecast_.mean[i]);
      read.scale.push_back(forecast_.standard_error[i]);
    }
    read.family = ErrorFamily::kStudent;
    out = std::move(read);
  }

  void add_residuals(std::size_t series, DriverForecast& out) const {
    const bool logs = out.family == ErrorFamily::kLogStudent;
    const std::size_t rows = driver_.values.size() / m_;
    out.first_residual = driver_.span.last - static_cast<std::int64_t>(rows) + 1;
    for (std::size_t i = 0; i < rows; ++i) {
      const double y = driver_.values[i * m_ + series];
      const double fit = fitted_[i * m_ + series];
      out.residuals.push_back(logs ? std::log(y) - std::log(fit) : y - fit);
    }
  }

  const DriverFit& driver_;
  const BlockForecast& forecast_;
  std::size_t m_;
  std::vector<double> fitted_;
  StudentReader plain_;
  StudentReader logs_;
};

}  // namespace

std::vector<DriverForecast> driver_forecasts(const DriverFit& driver) {
  std::vector<DriverForecast> out(driver.fit.series_count());
  const auto forecast = driver.fit.predict(
      times_after(driver.span.observations, driver.span.horizon), table_probabilities());
  if (!forecast) return out;
  DriverMaker maker(driver, *forecast);
  for (std::size_t s = 0; s < out.size(); ++s) {
    if (driver.fit.fitted(s)) out[s] = maker.make(s);
  }
  return out;
}

}  // namespace steppe
