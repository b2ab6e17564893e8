// SPDX-License-Identifier: Apache-2.0
#include "engine/carry_errors.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/closed_form.hpp"
#include "engine/driver_errors.hpp"
#include "engine/driver_simulation.hpp"
#include "engine/path_simulation.hpp"
#include "engine/series_error.hpp"

namespace steppe {
namespace {

class ErrorCarrier {
 public:
  ErrorCarrier(const CarryTask& task, SeriesResult& result)
      : task_(task), outlook_(task.outlook), result_(result), beside_(result.regression->rows) {}

  void run() {
    if (!any_forecast()) return;
    if (outlook_.uncertainty == Uncertainty::kKnownDrivers || !outlook_.correlation) {
      return take_as_known();
    }
    const DriverErrors errors(outlook_.drivers, *outlook_.correlation);
    if (const auto reason = obstacle(errors)) return give_up(*reason);
    find_rows(errors);
    if (is_ordered()) return simulate_ordered(errors);
    const auto linear = task_.fit.linear_model();
    if (!linear) return refuse(error_of(linear.error()));
    const bool symmetric = are_symmetric(errors);
    if (outlook_.uncertainty == Uncertainty::kClosedForm && !*linear) return refuse_closed_form();
    const bool wanted = outlook_.uncertainty == Uncertainty::kClosedForm ||
                        (!outlook_.uncertainty && *linear && symmetric);
    if (wanted && carry_in_closed_form(**linear, errors)) {
      if (!symmetric) warn_about_shape(errors);
      return;
    }
    simulate(*linear ? &**linear : nullptr, errors);
  }

 private:
  bool is_ordered() const { return task_.fit.has_tag("ordered_rows"); }

  bool any_forecast() const {
    return std::any_of(beside_.begin(), beside_.end(), [](const RegressionRow& row) {
      return std::find(row.forecast.begin(), row.forecast.end(), true) != row.forecast.end();
    });
  }

  void warn(const char* code, std::string text) {
    result_.warnings.push_back({code, std::move(text)});
  }

  // The rows go: beside_ is not looked at again.
  void refuse(Error error) {
    result_.rows.clear();
    result_.regression.reset();
    fail(result_, std::move(error));
  }

  void take_as_known() {
    warn("regressors_taken_as_known",
         "regressors are forecasts but are taken as known: their own error is not in these "
         "intervals, which are too narrow");
  }

  // Why no method at all applies.
  std::optional<std::string> obstacle(const DriverErrors& errors) const {
    if (is_ordered()) {
      const std::string reason = too_many_paths(result_.rows.size(), outlook_.book->draws());
      if (!reason.empty()) return reason;
    }
    for (std::size_t i = 0; i < outlook_.drivers.size(); ++i) {
      for (const ForecastRow& row : result_.rows) {
        if (errors.unknown(i, row.ordinal)) {
          return "the model that forecasts " + outlook_.drivers[i].name + " gives no interval";
        }
      }
    }
    for (const ForecastRow& row : result_.rows) {
      if (std::isnan(row.standard_error)) return "the regression gives no prediction error";
    }
    return std::nullopt;
  }

  void give_up(const std::string& reason) {
    if (outlook_.uncertainty) {
      return refuse({ErrorKind::kNotSupported,
                     "the error of the drivers cannot be carried through: " + reason +
                         "; choose a model that does, or set \"uncertainty\": \"known_drivers\""});
    }
    warn("driver_error_unknown", "the error of the drivers is not carried through: " + reason);
    take_as_known();
  }

  void refuse_closed_form() {
    refuse({ErrorKind::kNotSupported,
            "\"uncertainty\": \"closed_form\" does not apply: " + result_.model +
                " is not linear in its regressors on the scale of the target, or knows no "
                "variance of its errors; set \"uncertainty\": \"simulation\" or leave it "
                "out"});
  }

  void find_rows(const DriverErrors& errors) {
    for (std::size_t r = 0; r < result_.rows.size(); ++r) {
      UncertainRow& row = rows_.emplace_back();
      row.regressors = beside_[r].regressors;
      row.mean_variance = task_.se_mean[r] * task_.se_mean[r];
      for (std::size_t i = 0; i < outlook_.drivers.size(); ++i) {
        row.places.push_back(errors.place(i, result_.rows[r].ordinal));
      }
    }
  }

  static bool is_uncertain(const UncertainRow& row) {
    return std::any_of(row.places.begin(), row.places.end(),
                       [](const auto& place) { return place.has_value(); });
  }

  bool are_symmetric(const DriverErrors& errors) const {
    for (const UncertainRow& row : rows_) {
      for (const auto& place : row.places) {
        if (place && errors.forecast(place->driver).family != ErrorFamily::kStudent) return false;
      }
    }
    return true;
  }

  // False, and nothing done, when the simulation is free to do better.
  bool carry_in_closed_form(const LinearModel& model, const DriverErrors& errors) {
    std::vector<ClosedForm> forms;
    bool rough = false;
    for (const UncertainRow& row : rows_) {
      forms.push_back(closed_form(model, errors, row, task_.settings.probabilities));
      rough |= forms.back().rough;
    }
    if (rough && !outlook_.uncertainty) return false;
    for (std::size_t r = 0; r < forms.size(); ++r) {
      if (!is_uncertain(rows_[r])) continue;
      std::vector<double> quantiles;
      for (const double error : forms[r].errors) quantiles.push_back(result_.rows[r].mean + error);
      write(r, std::move(forms[r].split), quantiles);
    }
    result_.regression->uncertainty = Uncertainty::kClosedForm;
    if (rough) {
      warn("closed_form_rough",
           "the product of coefficient and driver errors is too large for the closed form's "
           "quantiles; set \"uncertainty\": \"simulation\"");
    }
    return true;
  }

  void warn_about_shape(const DriverErrors& errors) {
    std::string names;
    for (std::size_t i = 0; i < outlook_.drivers.size(); ++i) {
      const auto& place = rows_.back().places[i];
      if (!place || errors.forecast(place->driver).family == ErrorFamily::kStudent) continue;
      names += (names.empty() ? "" : ", ") + outlook_.drivers[i].name;
    }
    warn("driver_not_symmetric",
         "the closed form takes the errors of " + names +
             " as symmetric about the point forecast, which they are not; \"simulation\" keeps "
             "their shape");
  }

  void simulate(const LinearModel* linear, const DriverErrors& errors) {
    DriverSimulation simulation(
        {&task_.fit, linear, errors, *outlook_.book, task_.settings.probabilities});
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      if (!is_uncertain(rows_[r])) continue;
      const ForecastRow& row = result_.rows[r];
      auto simulated = simulation.row(rows_[r], row.step, row.mean);
      if (!simulated) return refuse(error_of(simulated.error()));
      write_simulated(r, *std::move(simulated));
    }
    end_simulation();
  }

  // Dates before the first forecast of a driver stay as they are.
  void simulate_ordered(const DriverErrors& errors) {
    if (outlook_.uncertainty == Uncertainty::kClosedForm) return refuse_closed_form();
    auto simulated = simulate_paths(
        {&task_.fit, nullptr, errors, *outlook_.book, task_.settings.probabilities}, rows_);
    if (!simulated) return refuse(error_of(simulated.error()));
    bool uncertain = false;
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      uncertain |= is_uncertain(rows_[r]);
      if (uncertain) write_simulated(r, std::move((*simulated)[r]));
    }
    end_simulation();
  }

  void write_simulated(std::size_t r, SimulatedRow simulated) {
    for (const double q : simulated.quantiles) overflow_ |= std::isnan(q);
    variance_overflow_ |= !std::isfinite(sum_of(simulated.split));
    write(r, std::move(simulated.split), simulated.quantiles);
    const auto& error = simulated.monte_carlo_error;
    for (std::size_t c = 0; c < task_.settings.coverage.size(); ++c) {
      beside_[r].monte_carlo_error.push_back(
          std::max(error[task_.settings.lower_row(c)], error[task_.settings.upper_row(c)]));
    }
  }

  void end_simulation() {
    result_.regression->uncertainty = Uncertainty::kSimulation;
    result_.regression->draws = static_cast<std::int64_t>(outlook_.book->draws());
    if (overflow_) {
      warn("interval_overflow",
           "an interval bound leaves the range of double and is left undefined");
    }
    if (variance_overflow_) {
      warn("variance_overflow",
           "the variance of the forecast leaves the range of double and is left undefined; the "
           "intervals stand");
    }
  }

  void write(std::size_t r, VarianceSplit split, const std::vector<double>& quantiles) {
    ForecastRow& row = result_.rows[r];
    row.standard_error = std::sqrt(std::max(sum_of(split), 0.0));
    for (std::size_t c = 0; c < task_.settings.coverage.size(); ++c) {
      row.lower[c] = quantiles[task_.settings.lower_row(c)];
      row.upper[c] = quantiles[task_.settings.upper_row(c)];
    }
    beside_[r].variance = std::move(split);
  }

  const CarryTask& task_;
  const RegressionOutlook& outlook_;
  SeriesResult& result_;
  std::vector<RegressionRow>& beside_;
  std::vector<UncertainRow> rows_;
  bool overflow_ = false;  // of a simulation
  bool variance_overflow_ = false;
};

}  // namespace

void carry_driver_errors(const CarryTask& task, SeriesResult& result) {
  ErrorCarrier(task, result).run();
}

}  // namespace steppe
