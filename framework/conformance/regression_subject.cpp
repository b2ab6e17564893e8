// SPDX-License-Identifier: Apache-2.0
#include "conformance/regression_subject.hpp"

#include <algorithm>
#include <utility>

#include "conformance/trend_subject.hpp"
#include "plugin_host/output_buffer.hpp"
#include "plugin_host/report_sink.hpp"

namespace steppe::conformance {

namespace {

constexpr double kJunk = -7.5e250;

// A dense or spaced copy of rows x columns numbers, and the view of it.
struct MatrixMemory {
  MatrixMemory(std::span<const double> values, std::size_t rows, std::size_t columns, bool spaced)
      : cells(spaced ? (2 * columns + 3) * rows + 8 : values.size(), kJunk) {
    const std::size_t column_step = spaced ? 2 : 1;
    const std::size_t row_step = spaced ? 2 * columns + 3 : columns;
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t c = 0; c < columns; ++c) {
        cells[r * row_step + c * column_step] = values[r * columns + c];
      }
    }
    view = {sizeof(view),
            0,
            cells.data(),
            rows,
            columns,
            static_cast<std::int64_t>(row_step),
            static_cast<std::int64_t>(column_step),
            nullptr};
    vector_view = {sizeof(vector_view), 0, cells.data(), rows, static_cast<std::int64_t>(row_step)};
  }
  std::vector<double> cells;
  steppe_matrix view{};
  steppe_vector vector_view{};  // of a matrix of one column
};

}  // namespace

RegressionFit::RegressionFit(const steppe_regression* table, const steppe_linear_model* linear,
                             const Instance& instance, void* fit, std::size_t rows)
    : table_(table), linear_(linear), instance_(&instance), fit_(fit), rows_(rows) {}

RegressionFit::RegressionFit(RegressionFit&& other) noexcept
    : table_(other.table_),
      linear_(other.linear_),
      instance_(other.instance_),
      fit_(std::exchange(other.fit_, nullptr)),
      rows_(other.rows_) {}

RegressionFit::~RegressionFit() {
  if (fit_ != nullptr) table_->destroy(fit_);
}

std::vector<double> RegressionFit::fitted() const {
  OutputBuffer out("fitted", rows_, 1);
  const Answer answer =
      ask([&](steppe_error* error) { return table_->fitted(fit_, out.view(), error); });
  if (!answer.ok()) fail("fitted answers " + text_of(answer));
  return out.take();
}

FitReport RegressionFit::report() const {
  ReportSink sink;
  const Answer answer =
      ask([&](steppe_error* error) { return table_->report(fit_, sink.sink(), error); });
  if (!answer.ok()) fail("report answers " + text_of(answer));
  if (!sink.problem().empty()) fail("report: " + sink.problem());
  return sink.take();
}

Answer RegressionFit::try_predict(std::span<const double> regressors, std::size_t rows,
                                  std::span<const double> probabilities,
                                  RegressionForecasts& out) const {
  const std::size_t columns = rows == 0 ? 0 : regressors.size() / rows;
  std::vector<double> cells(regressors.begin(), regressors.end());
  if (has_tag(instance_->component(), "pooled_rows")) number_keys(cells, columns);
  const MatrixMemory memory(cells, rows, columns, false);
  const steppe_vector wanted{sizeof(wanted), 0, probabilities.data(), probabilities.size(), 1};
  OutputBuffer mean("mean", rows, 1);
  OutputBuffer se_mean("se_mean", rows, 1);
  OutputBuffer se_prediction("se_prediction", rows, 1);
  OutputBuffer mean_quantiles("mean_quantiles", probabilities.size(), rows);
  OutputBuffer prediction_quantiles("prediction_quantiles", probabilities.size(), rows);
  OutputBuffer degrees("degrees_of_freedom", rows, 1);
  const steppe_output nothing{sizeof(nothing), 0, nullptr, 0, 0, 0, 0};
  const bool none = probabilities.empty();
  const steppe_regression_forecast forecast{sizeof(forecast),
                                            0,
                                            mean.view(),
                                            se_mean.view(),
                                            se_prediction.view(),
                                            none ? &nothing : mean_quantiles.view(),
                                            none ? &nothing : prediction_quantiles.view(),
                                            degrees.view()};
  const Answer answer = ask([&](steppe_error* error) {
    return table_->predict(fit_, &memory.view, &wanted, &forecast, instance_->host().get(), error);
  });
  out = {rows,
         mean.take(),
         se_mean.take(),
         se_prediction.take(),
         mean_quantiles.take(),
         prediction_quantiles.take(),
         degrees.take()};
  return answer;
}

RegressionForecasts RegressionFit::predict(std::span<const double> regressors, std::size_t rows,
                                           std::span<const double> probabilities) const {
  RegressionForecasts out;
  const Answer answer = try_predict(regressors, rows, probabilities, out);
  if (!answer.ok()) fail("predict answers " + text_of(answer));
  return out;
}

LinearPart RegressionFit::linear() const {
  LinearPart out;
  const std::size_t q = linear_->size(fit_);
  OutputBuffer coefficients("coefficients", q, 1);
  OutputBuffer covariance("covariance", q, q);
  Answer answer = ask(
      [&](steppe_error* error) { return linear_->coefficients(fit_, coefficients.view(), error); });
  if (!answer.ok()) fail("coefficients answers " + text_of(answer));
  answer =
      ask([&](steppe_error* error) { return linear_->covariance(fit_, covariance.view(), error); });
  if (!answer.ok()) fail("covariance answers " + text_of(answer));
  return {linear_->has_intercept(fit_) != 0, coefficients.take(), covariance.take(),
          linear_->residual_variance(fit_), linear_->degrees_of_freedom(fit_)};
}

std::vector<double> RegressionFit::everything(std::span<const double> regressors,
                                              std::size_t rows) const {
  std::vector<double> out = fitted();
  const RegressionForecasts forecasts = predict(regressors, rows, kProbabilities);
  for (const auto* part :
       {&forecasts.mean, &forecasts.se_mean, &forecasts.se_prediction, &forecasts.mean_quantiles,
        &forecasts.prediction_quantiles, &forecasts.degrees_of_freedom}) {
    out.insert(out.end(), part->begin(), part->end());
  }
  return out;
}

RegressionSubject::RegressionSubject(const CaseContext& context)
    : instance_(context),
      table_(instance_.query<steppe_regression>(STEPPE_REGRESSION)),
      linear_(instance_.query<steppe_linear_model>(STEPPE_LINEAR_MODEL)),
      seed_(context.seed) {
  if (table_ == nullptr) skip("offers no " STEPPE_REGRESSION);
}

const steppe_saved_fit* RegressionSubject::saved_fit() const {
  return instance_.query<steppe_saved_fit>(STEPPE_SAVED_FIT);
}

std::unique_ptr<RegressionFit> RegressionSubject::try_fit(const RegressionSample& data,
                                                          Answer& answer, bool spaced) const {
  std::vector<double> cells = data.regressors;
  if (has_tag(instance_.component(), "pooled_rows")) number_keys(cells, data.columns);
  const MatrixMemory regressors(cells, data.rows, data.columns, spaced);
  const MatrixMemory target(data.target, data.rows, 1, spaced);
  const std::vector<double> weight = weights_of(data);
  const MatrixMemory weights(weight, weight.size(), 1, spaced);
  std::vector<const char*> names;
  for (const std::string& name : data.names) names.push_back(name.c_str());
  const steppe_regression_data view{sizeof(view),
                                    0,
                                    &regressors.view,
                                    &target.vector_view,
                                    weight.empty() ? nullptr : &weights.vector_view,
                                    names.data(),
                                    data.target_name.c_str()};
  void* made = nullptr;
  answer = ask([&](steppe_error* error) {
    return table_->fit(instance_.get(), &view, instance_.host().get(), &made, error);
  });
  if (!answer.ok()) return nullptr;
  if (made == nullptr) fail("fit answers ok without a fit");
  return adopt(made, data.rows);
}

std::vector<double> RegressionSubject::weights_of(const RegressionSample& data) const {
  if (!data.weights.empty() || data.weightless) return data.weights;
  return std::vector<double>(has_tag(instance_.component(), "uses_weights") ? data.rows : 0, 1.0);
}

std::unique_ptr<RegressionFit> RegressionSubject::adopt(void* fit, std::size_t rows) const {
  return std::make_unique<RegressionFit>(table_, linear_, instance_, fit, rows);
}

RegressionFit RegressionSubject::fit(const RegressionSample& data, bool spaced) const {
  Answer answer;
  std::unique_ptr<RegressionFit> fit = try_fit(data, answer, spaced);
  if (fit == nullptr) conformance::fail("fit answers " + text_of(answer));
  return std::move(*fit);
}

std::size_t RegressionSubject::length() const {
  const std::int64_t minimum = tag_value(instance_.component(), "minimum_observations", 1);
  return std::max<std::size_t>(30,
                               2 * static_cast<std::size_t>(std::max<std::int64_t>(minimum, 1)));
}

RegressionSample RegressionSubject::sample(std::size_t columns, double noise) const {
  RegressionSample out = sample_regression(length(), columns, seed_, noise);
  if (columns == 0 || !has_tag(instance_.component(), "pooled_rows")) return out;
  constexpr std::size_t kKeys = 5;
  for (std::size_t i = 0; i < out.rows; ++i)
    out.at(i, columns - 1) = static_cast<double>(i % kKeys);
  return out;
}

std::vector<double> new_rows(std::size_t rows, std::size_t columns, std::uint64_t seed) {
  return sample_regression(rows, columns, seed + 77).regressors;
}

}  // namespace steppe::conformance
