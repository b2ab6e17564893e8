// SPDX-License-Identifier: Apache-2.0
#include "engine/regression_rows.hpp"

#include <algorithm>
#include <cmath>

#include "core/number_text.hpp"

namespace steppe {
namespace {

std::string counted_rows(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " row was" : " rows were") + " left out";
}

// Ordinal of the first value; beyond the last one when there is none.
std::int64_t first_value(const History& history) {
  const auto found = std::find_if(history.values.begin(), history.values.end(),
                                  [](double value) { return !std::isnan(value); });
  return history.first + (found - history.values.begin());
}

class RowCollector {
 public:
  RowCollector(const RegressionStep& step, const RegressionCase& input,
               std::vector<Warning>& warnings)
      : step_(step), input_(input), warnings_(warnings) {
    for (const RegressorInput& regressor : input.regressors) {
      first_.push_back(first_value(regressor.history));
    }
  }

  Result<FitRows> collect() {
    std::int64_t low = input_.target.first;
    std::int64_t high = low + static_cast<std::int64_t>(input_.target.values.size()) - 1;
    if (step_.rows.from) {
      const auto from = ordinal_of(*step_.rows.from, *input_.calendar);
      if (!from) return from.error();
      low = std::max(low, *from);
    }
    if (step_.rows.to) {
      const auto to = ordinal_of(*step_.rows.to, *input_.calendar);
      if (!to) return to.error();
      high = std::min(high, *to);
    }
    for (std::int64_t date = low; date <= high; ++date) {
      if (auto problem = look_at(date)) return *problem;
    }
    warn();
    if (rows_.ordinals.empty()) return nothing_left();
    const bool weighs = std::any_of(rows_.weights.begin(), rows_.weights.end(),
                                    [](double weight) { return weight > 0; });
    if (input_.weights && !weighs) {
      return Error{ErrorKind::kInsufficientData,
                   "every weight in " + step_.weights->text() + " is 0; rows=" +
                       std::to_string(rows_.ordinals.size()) + ", with a weight above 0: 0",
                   "", "N1"};
    }
    return std::move(rows_);
  }

 private:
  double value(std::size_t regressor, std::int64_t date) const {
    return input_.regressors[regressor].history.at(date - step_.regressors[regressor].lag);
  }

  // Whether the lag alone takes this date away: the series has begun, but not so early.
  bool lost_to_lag(std::size_t regressor, std::int64_t date) const {
    const std::int64_t lag = step_.regressors[regressor].lag;
    return lag > 0 && date - lag < first_[regressor] && date >= first_[regressor];
  }

  std::optional<Error> look_at(std::int64_t date) {
    const double y = input_.target.at(date);
    if (std::isnan(y)) {  // counted between the first and the last row; a future date else
      target_missing_.push_back(date);
      return std::nullopt;
    }
    bool lost = false;
    bool missing = false;
    for (std::size_t i = 0; i < input_.regressors.size(); ++i) {
      if (!std::isnan(value(i, date))) continue;
      (lost_to_lag(i, date) ? lost : missing) = true;
    }
    if (lost || missing) {
      (missing ? incomplete_ : lost_).push_back(date);
      return std::nullopt;
    }
    if (input_.weights) {
      const double weight = input_.weights->at(date);
      if (std::isnan(weight)) {
        weightless_.push_back(date);
        return std::nullopt;
      }
      if (!(weight >= 0) || std::isinf(weight)) return bad_weight(weight, date);
      rows_.weights.push_back(weight);
    }
    rows_.ordinals.push_back(date);
    rows_.target.push_back(y);
    for (std::size_t i = 0; i < input_.regressors.size(); ++i) {
      rows_.regressors.push_back(value(i, date));
    }
    return std::nullopt;
  }

  Error bad_weight(double weight, std::int64_t date) const {
    return {ErrorKind::kDomainError,
            "the weight " + step_.weights->text() + " is " + shortest_text(weight) +
                "; a weight is 0 or more and finite",
            label_of(date, *input_.calendar), "N6"};
  }

  // "mining lag 2" for the regressor whose lag reaches back farthest beyond its first value.
  std::size_t deepest() const {
    std::size_t deepest = 0;
    std::optional<std::int64_t> reach;
    for (std::size_t i = 0; i < step_.regressors.size(); ++i) {
      const std::int64_t own = first_[i] + step_.regressors[i].lag;
      if (step_.regressors[i].lag == 0 || (reach && own <= *reach)) continue;
      deepest = i;
      reach = own;
    }
    return deepest;
  }

  std::string label(std::int64_t date) const { return label_of(date, *input_.calendar); }

  void warn() {
    if (!lost_.empty()) {
      const std::string dates =
          label(lost_.front()) + (lost_.size() == 1 ? "" : " to " + label(lost_.back()));
      const RegressorRef& regressor = step_.regressors[deepest()];
      warnings_.push_back({"rows_lost_to_lag", counted_rows(lost_.size()) + " at the start, " +
                                                   dates + ": \"" + regressor.label +
                                                   "\" reaches back beyond the first value of " +
                                                   regressor.name});
    }
    if (!incomplete_.empty()) {
      warnings_.push_back(
          {"rows_incomplete", std::to_string(incomplete_.size()) +
                                  " rows were left out because a regressor is missing, first at " +
                                  label(incomplete_.front())});
    }
    if (!weightless_.empty()) {
      warnings_.push_back({"weights_missing", counted_rows(weightless_.size()) +
                                                  " because the weight " + step_.weights->text() +
                                                  " is missing, first at " +
                                                  label(weightless_.front())});
    }
    if (rows_.ordinals.empty()) return;
    const auto gaps =
        std::count_if(target_missing_.begin(), target_missing_.end(), [this](std::int64_t date) {
          return date > rows_.ordinals.front() && date < rows_.ordinals.back();
        });
    if (gaps > 0) {
      warnings_.push_back(
          {"target_missing",
           std::to_string(gaps) + " rows were left out because the target is missing"});
    }
  }

  Error nothing_left() const {
    if (!lost_.empty()) {
      const RegressorRef& regressor = step_.regressors[deepest()];
      const auto& values = input_.regressors[deepest()].history.values;
      const auto known = std::count_if(values.begin(), values.end(),
                                       [](double value) { return !std::isnan(value); });
      return {ErrorKind::kInsufficientData,
              "\"" + regressor.label + "\" leaves no rows: " + regressor.name + " has " +
                  std::to_string(known) + " values and the lag is " +
                  std::to_string(regressor.lag) + "; rows=0; give a smaller lag",
              "", "N1"};
    }
    return {ErrorKind::kInsufficientData, "no date has the target and every regressor; rows=0", "",
            "N1"};
  }

  const RegressionStep& step_;
  const RegressionCase& input_;
  std::vector<Warning>& warnings_;
  FitRows rows_;
  std::vector<std::int64_t> first_;  // ordinal of each regressor's first value
  std::vector<std::int64_t> target_missing_;
  std::vector<std::int64_t> lost_;
  std::vector<std::int64_t> incomplete_;
  std::vector<std::int64_t> weightless_;
};

}  // namespace

Result<FitRows> fit_rows(const RegressionStep& step, const RegressionCase& input,
                         std::vector<Warning>& warnings) {
  return RowCollector(step, input, warnings).collect();
}

std::optional<Error> find_gap(const FitRows& rows, const std::string& label,
                              const Calendar& calendar) {
  for (std::size_t i = 1; i < rows.ordinals.size(); ++i) {
    if (rows.ordinals[i] == rows.ordinals[i - 1] + 1) continue;
    return Error{ErrorKind::kInvalidData,
                 label + " needs consecutive dates, and a value is missing at " +
                     label_of(rows.ordinals[i - 1] + 1, calendar) +
                     "; fill it, or begin the rows after it",
                 "", ""};
  }
  return std::nullopt;
}

}  // namespace steppe
