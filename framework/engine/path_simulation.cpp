// SPDX-License-Identifier: Apache-2.0
#include "engine/path_simulation.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "engine/simulation_draws.hpp"

namespace steppe {
namespace {

// What the simulated values of all dates may take.
constexpr std::size_t kMostPathBytes = std::size_t{256} << 20;
// Numbers of drivers that are held at once.
constexpr std::size_t kMostShocks = std::size_t{1} << 20;

// Mean and variance of numbers that come one by one (Welford 1962).
class Spread {
 public:
  void add(double value) {
    ++count_;
    const double away = value - mean_;
    mean_ += away / static_cast<double>(count_);
    squares_ += away * (value - mean_);
  }
  double variance() const { return squares_ / static_cast<double>(count_ - 1); }

 private:
  std::size_t count_ = 0;
  double mean_ = 0;
  double squares_ = 0;
};

// What is known of a date after some draws.
struct PathDate {
  std::vector<double> values;  // per draw
  double residual = 0;         // sums of variances
  double coefficients = 0;
  Spread mean;
  std::vector<Spread> alone;  // per regressor: of the mean with only its driver moved
};

class PathSimulation {
 public:
  PathSimulation(const SimulationRequest& request, const std::vector<UncertainRow>& rows)
      : request_(request), rows_(rows), regressors_(rows.front().regressors.size()) {
    const DriverErrors& errors = request.errors;
    moved_.assign(regressors_, false);
    bool any = false;
    for (const UncertainRow& row : rows) {
      for (std::size_t i = 0; i < regressors_; ++i) {
        if (!row.places[i]) continue;
        moved_[i] = true;
        const std::int64_t date = row.places[i]->date;
        first_ = any ? std::min(first_, date) : date;
        last_ = any ? std::max(last_, date) : date;
        any = true;
      }
    }
    for (std::size_t u = 0; u < errors.size(); ++u) {
      const DriverForecast& driver = errors.forecast(u);
      // A walk is drawn from its first step on.
      if (driver.random_walk) first_ = std::min(first_, driver.first);
      scales_.push_back(
          driver.family == ErrorFamily::kTable
              ? nullptr
              : request.book.scales({DrawPurpose::kDriverScale, u, 0}, driver.degrees));
    }
    dates_.resize(rows.size());
    for (PathDate& date : dates_) {
      date.values.resize(request.book.draws());
      date.alone.resize(regressors_);
    }
  }

  Outcome<std::vector<SimulatedRow>> run() {
    const std::size_t draws = request_.book.draws();
    const std::size_t each =
        request_.errors.size() * static_cast<std::size_t>(last_ - first_ + 1) + rows_.size();
    const std::size_t block = std::clamp<std::size_t>(kMostShocks / each, 1, draws);
    for (std::size_t begin = 0; begin < draws; begin += block) {
      draw_block(begin, std::min(block, draws - begin));
      for (std::size_t d = 0; d < count_; ++d) {
        if (auto fault = add_path(d)) return *std::move(fault);
      }
    }
    std::vector<SimulatedRow> out;
    for (PathDate& date : dates_) out.push_back(row_of(date));
    return out;
  }

 private:
  // The independent normals of the drivers, of draws from `begin` on, and of the residuals.
  void draw_block(std::size_t begin, std::size_t count) {
    begin_ = begin;
    count_ = count;
    const auto dates = static_cast<std::size_t>(last_ - first_ + 1);
    shocks_.resize(request_.errors.size() * dates * count);
    std::vector<double> level(count);
    for (std::size_t u = 0; u < request_.errors.size(); ++u) {
      request_.book.read_normals({DrawPurpose::kDriverLevel, u, 0}, begin, level);
      for (std::int64_t date = first_; date <= last_; ++date) draw_shock(u, date, level);
    }
    residuals_.resize(rows_.size() * count);
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      request_.book.read_normals({DrawPurpose::kResidual, 0, static_cast<std::int64_t>(r) + 1},
                                 begin, std::span(residuals_).subspan(r * count, count));
    }
  }

  void draw_shock(std::size_t u, std::int64_t date, const std::vector<double>& level) {
    const std::span<double> out = shocks(u, date);
    const std::int64_t ahead = date - request_.errors.forecast(u).first + 1;
    request_.book.read_normals({DrawPurpose::kDriverStep, u, ahead}, begin_, out);
    const double memory = request_.errors.walk_memory(u, date);
    const double share = request_.errors.level_share(u, date);
    const double weight = memory > 0 ? memory : std::sqrt(share);
    if (weight == 0) return;
    const double* const past = memory > 0 ? shocks(u, date - 1).data() : level.data();
    const double fresh = std::sqrt(1 - weight * weight);
    for (std::size_t d = 0; d < out.size(); ++d) out[d] = weight * past[d] + fresh * out[d];
  }

  std::span<double> shocks(std::size_t driver, std::int64_t date) {
    const auto dates = static_cast<std::size_t>(last_ - first_ + 1);
    const std::size_t place = driver * dates + static_cast<std::size_t>(date - first_);
    return std::span(shocks_).subspan(place * count_, count_);
  }

  double normal_at(const DriverErrors::Place& place, std::size_t d) {
    double sum = 0;
    for (std::size_t source = 0; source <= place.driver; ++source) {
      const double loading = request_.errors.loading(place.driver, source);
      if (loading != 0) sum += loading * shocks(source, place.date)[d];
    }
    return sum;
  }

  // One path of all regressors; the errors with the drawn variances are in `carried`.
  void draw_path(std::size_t d) {
    carried_.clear();
    plain_.clear();
    for (const UncertainRow& row : rows_) {
      for (std::size_t i = 0; i < regressors_; ++i) {
        carried_.push_back(row.regressors[i]);
        plain_.push_back(row.regressors[i]);
        if (!row.places[i]) continue;
        const DriverErrors::Place& place = *row.places[i];
        const DriverForecast& driver = request_.errors.forecast(place.driver);
        const double normal = normal_at(place, d);
        const DrawBook::Column& scale = scales_[place.driver];
        plain_.back() = value_at(driver, place.step, normal);
        carried_.back() =
            scale ? value_at(driver, place.step, normal * (*scale)[begin_ + d]) : plain_.back();
      }
    }
  }

  std::optional<Fault> add_path(std::size_t d) {
    draw_path(d);
    const std::size_t count = rows_.size();
    const auto carried = request_.fit->predict(carried_, count, table_probabilities());
    if (!carried) return carried.error();
    const auto plain = request_.fit->predict(plain_, count, {});
    if (!plain) return plain.error();
    double table[DriverForecast::kTableNodes];
    for (std::size_t r = 0; r < count; ++r) {
      bool known = true;
      for (std::size_t k = 0; k < DriverForecast::kTableNodes; ++k) {
        table[k] = carried->prediction_quantiles[k * count + r];
        known = known && !std::isnan(table[k]);
      }
      PathDate& date = dates_[r];
      const double z = residuals_[r * count_ + d];
      date.values[begin_ + d] =
          known ? table_value(table, z) : carried->mean[r] + carried->se_prediction[r] * z;
      const double all = plain->se_prediction[r];
      const double mean = std::isnan(plain->se_mean[r]) ? 0 : plain->se_mean[r];
      date.coefficients += mean * mean;
      date.residual += std::max(all * all - mean * mean, 0.0);
      date.mean.add(plain->mean[r]);
    }
    return add_drivers();
  }

  std::optional<Fault> add_drivers() {
    for (std::size_t i = 0; i < regressors_; ++i) {
      if (!moved_[i]) continue;
      std::vector<double> path;
      for (std::size_t r = 0; r < rows_.size(); ++r) {
        path.insert(path.end(), rows_[r].regressors.begin(), rows_[r].regressors.end());
        path[r * regressors_ + i] = plain_[r * regressors_ + i];
      }
      const auto alone = request_.fit->predict(path, rows_.size(), {});
      if (!alone) return alone.error();
      for (std::size_t r = 0; r < rows_.size(); ++r) dates_[r].alone[i].add(alone->mean[r]);
    }
    return std::nullopt;
  }

  SimulatedRow row_of(PathDate& date) const {
    const auto draws = static_cast<double>(request_.book.draws());
    SimulatedRow out;
    out.split.residual = date.residual / draws;
    out.split.coefficients = date.coefficients / draws;
    double own = 0;
    for (std::size_t i = 0; i < regressors_; ++i) {
      out.split.drivers.push_back(moved_[i] ? date.alone[i].variance() : 0);
      own += out.split.drivers.back();
    }
    const bool several = std::count(moved_.begin(), moved_.end(), true) > 1;
    out.split.driver_covariance = several ? date.mean.variance() - own : 0;
    out.standard_error = std::sqrt(std::max(sum_of(out.split), 0.0));
    DrawnQuantiles drawn = quantiles_of(date.values, request_.probabilities);
    out.quantiles = std::move(drawn.quantiles);
    out.monte_carlo_error = std::move(drawn.monte_carlo_error);
    return out;
  }

  const SimulationRequest& request_;
  const std::vector<UncertainRow>& rows_;
  std::size_t regressors_;
  std::vector<bool> moved_;  // per regressor: a forecast at some date
  std::int64_t first_ = 0;   // dates of the drivers
  std::int64_t last_ = 0;
  std::vector<DrawBook::Column> scales_;  // by driver; null for ones
  std::vector<PathDate> dates_;
  std::size_t begin_ = 0;  // of the block of draws
  std::size_t count_ = 0;
  std::vector<double> shocks_;     // by driver and date
  std::vector<double> residuals_;  // by row
  std::vector<double> carried_;    // of one draw, row by row
  std::vector<double> plain_;
};

}  // namespace

Outcome<std::vector<SimulatedRow>> simulate_paths(const SimulationRequest& request,
                                                  const std::vector<UncertainRow>& rows) {
  return PathSimulation(request, rows).run();
}

std::string too_many_paths(std::size_t dates, std::size_t draws) {
  constexpr std::size_t kMebi = std::size_t{1} << 20;
  const std::size_t bytes = dates * draws * sizeof(double);
  if (bytes <= kMostPathBytes) return "";
  return std::to_string(draws) + " draws of paths of " + std::to_string(dates) + " dates take " +
         std::to_string((bytes + kMebi - 1) / kMebi) + " MiB of memory, and at most " +
         std::to_string(kMostPathBytes / kMebi) + " MiB are allowed";
}

}  // namespace steppe
