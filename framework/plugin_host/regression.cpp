// SPDX-License-Identifier: Apache-2.0
#include "plugin_host/regression.hpp"

#include <utility>

#include "plugin_host/output_buffer.hpp"
#include "plugin_host/plugin_call.hpp"
#include "plugin_host/report_sink.hpp"

namespace steppe {

namespace {

steppe_vector vector_of(std::span<const double> values) {
  return {sizeof(steppe_vector), 0, values.data(), values.size(), 1};
}

steppe_matrix matrix_of(std::span<const double> values, std::size_t rows, std::size_t columns) {
  return {sizeof(steppe_matrix),
          0,
          values.data(),
          rows,
          columns,
          static_cast<std::int64_t>(columns),
          1,
          nullptr};
}

std::vector<double> with_last_column(std::span<const double> values, std::size_t rows,
                                     std::size_t columns, double last) {
  std::vector<double> out;
  out.reserve(rows * (columns + 1));
  for (std::size_t r = 0; r < rows; ++r) {
    const auto row = values.subspan(r * columns, columns);
    out.insert(out.end(), row.begin(), row.end());
    out.push_back(last);
  }
  return out;
}

Fault broken(const std::string& label, const char* function, const BrokenRule& rule) {
  return broken_contract(label, rule.fault,
                         std::string("bad_output: ") + function + ": " + rule.message, rule.rule);
}

bool component_has_tag(const Component& component, std::string_view name) {
  const steppe_component& table = *component.table();
  for (std::uint32_t i = 0; i < table.tag_count; ++i) {
    if (name == table.tags[i]->name) return table.tags[i]->value != 0;
  }
  return false;
}

std::optional<BrokenRule> check_numbers(const OutputBuffer& buffer) {
  if (!buffer.has_nan()) return std::nullopt;
  for (std::size_t r = 0; r < buffer.rows(); ++r) {
    if (buffer.at(r, 0) != buffer.at(r, 0)) {
      return BrokenRule{"N19", buffer.cell(r, 0) + " is NaN though the regression was fitted",
                        "R34"};
    }
  }
  return std::nullopt;
}

std::optional<BrokenRule> check_not_negative(const OutputBuffer& buffer) {
  for (std::size_t r = 0; r < buffer.rows(); ++r) {
    if (buffer.at(r, 0) < 0) return BrokenRule{"N19", buffer.cell(r, 0) + " is negative", "R35"};
  }
  return std::nullopt;
}

// The six buffers of one predict call.
struct ForecastBuffers {
  OutputBuffer mean;
  OutputBuffer se_mean;
  OutputBuffer se_prediction;
  OutputBuffer mean_quantiles;
  OutputBuffer prediction_quantiles;
  OutputBuffer degrees_of_freedom;

  ForecastBuffers(std::size_t rows, std::size_t probabilities)
      : mean("mean", rows, 1),
        se_mean("se_mean", rows, 1),
        se_prediction("se_prediction", rows, 1),
        mean_quantiles("mean_quantiles", probabilities, rows),
        prediction_quantiles("prediction_quantiles", probabilities, rows),
        degrees_of_freedom("degrees_of_freedom", rows, 1) {}

  std::optional<BrokenRule> check() const {
    for (const OutputBuffer* buffer : {&mean, &se_mean, &se_prediction, &mean_quantiles,
                                       &prediction_quantiles, &degrees_of_freedom}) {
      if (auto rule = buffer->check_filled()) return rule;
    }
    if (auto rule = check_numbers(mean)) return rule;
    for (const OutputBuffer* buffer : {&se_mean, &se_prediction, &degrees_of_freedom}) {
      if (auto rule = check_not_negative(*buffer)) return rule;
    }
    if (auto rule = check_quantile_order(mean_quantiles, 1)) return rule;
    return check_quantile_order(prediction_quantiles, 1);
  }
};

}  // namespace

RegressionFit::Shared::~Shared() {
  PluginCall(*component, "destroy").guard([&] { table->destroy(fit); });
}

RegressionFit::RegressionFit(std::shared_ptr<Component> component, const RegressionTables& tables,
                             void* fit, const RegressionShape& shape, const steppe_host* host)
    : component_(std::move(component)),
      tables_(tables),
      fit_(std::make_shared<Shared>(component_, tables.regression, fit)),
      shape_(shape),
      host_(host) {}

RegressionFit RegressionFit::of_key(std::size_t number) const {
  RegressionFit out = *this;
  if (has_tag("pooled_rows")) out.key_ = static_cast<double>(number);
  return out;
}

Outcome<std::vector<double>> RegressionFit::fitted_values() const {
  OutputBuffer out("fitted", shape_.rows, 1);
  auto done = PluginCall(*component_, "fitted").run([&](steppe_error* error) {
    return tables_.regression->fitted(fit_->fit, out.view(), error);
  });
  if (!done) return std::move(done).error();
  std::optional<BrokenRule> rule = out.check_filled();
  if (!rule) rule = check_numbers(out);
  if (rule) return broken(component_->label(), "fitted", *rule);
  return out.take();
}

Outcome<RegressionPrediction> RegressionFit::predict(std::span<const double> regressors,
                                                     std::size_t row_count,
                                                     std::span<const double> probabilities) const {
  const std::size_t given = row_count == 0 ? 0 : regressors.size() / row_count;
  const std::vector<double> keyed =
      key_ ? with_last_column(regressors, row_count, given, *key_) : std::vector<double>();
  const steppe_matrix rows = matrix_of(key_ ? std::span<const double>(keyed) : regressors,
                                       row_count, given + (key_ && row_count > 0 ? 1 : 0));
  const steppe_vector wanted = vector_of(probabilities);
  ForecastBuffers out(row_count, probabilities.size());
  const steppe_output nothing{sizeof(nothing), 0, nullptr, 0, 0, 0, 0};
  const bool quantiles = !probabilities.empty();
  const steppe_regression_forecast forecast{
      sizeof(forecast),
      0,
      out.mean.view(),
      out.se_mean.view(),
      out.se_prediction.view(),
      quantiles ? out.mean_quantiles.view() : &nothing,
      quantiles ? out.prediction_quantiles.view() : &nothing,
      out.degrees_of_freedom.view(),
  };
  std::unique_lock<std::mutex> alone;
  if (!has_tag("concurrent_predict")) alone = std::unique_lock(fit_->one_at_a_time);
  auto done = PluginCall(*component_, "predict").run([&](steppe_error* error) {
    return tables_.regression->predict(fit_->fit, &rows, &wanted, &forecast, host_, error);
  });
  if (!done) return std::move(done).error();
  if (auto rule = out.check()) return broken(component_->label(), "predict", *rule);
  return RegressionPrediction{out.mean.take(),
                              out.se_mean.take(),
                              out.se_prediction.take(),
                              out.mean_quantiles.take(),
                              out.prediction_quantiles.take(),
                              out.degrees_of_freedom.take()};
}

Outcome<FitReport> RegressionFit::report() const {
  ReportSink sink;
  auto done = PluginCall(*component_, "report").run([&](steppe_error* error) {
    return tables_.regression->report(fit_->fit, sink.sink(), error);
  });
  if (!done) return std::move(done).error();
  if (!sink.problem().empty()) {
    return broken(component_->label(), "report", {"N19", sink.problem(), "R44"});
  }
  return sink.take();
}

Outcome<std::optional<LinearModel>> RegressionFit::linear_model() const {
  if (has_tag("pooled_rows")) return std::optional<LinearModel>();  // its level is the key's
  return read_linear_model(*component_, tables_.linear, fit_->fit, shape_.columns);
}

Outcome<RegressionModel> RegressionModel::open(std::shared_ptr<Component> component,
                                               const steppe_host* host) {
  const steppe_component* table = component->table();
  const void* capability = nullptr;
  const void* linear = nullptr;
  auto thrown = PluginCall(*component, "query").guard([&] {
    capability = table->query(table, STEPPE_REGRESSION);
    linear = table->query(table, STEPPE_LINEAR_MODEL);
  });
  if (thrown) return *std::move(thrown);
  if (capability == nullptr) {
    return fault_of(component->label(), {ErrorKind::kNotSupported,
                                         "is not a regression: it offers no " STEPPE_REGRESSION});
  }
  return RegressionModel(std::move(component),
                         {static_cast<const steppe_regression*>(capability),
                          static_cast<const steppe_linear_model*>(linear)},
                         host);
}

Outcome<RegressionFit> RegressionModel::fit(const RegressionInput& input) const {
  const std::size_t n = input.target.size();
  const std::size_t p = input.regressor_names.size();
  if (input.regressors.size() != n * p || (!input.weights.empty() && input.weights.size() != n)) {
    return Fault{"", ErrorKind::kInternal, ExitCode::kInternal, Place{.plugin = label()},
                 "the sizes of regressors, target and weights do not fit one another"};
  }
  const steppe_matrix regressors = matrix_of(input.regressors, n, p);
  const steppe_vector target = vector_of(input.target);
  const steppe_vector weights = vector_of(input.weights);
  std::vector<const char*> names;
  for (const std::string& name : input.regressor_names) names.push_back(name.c_str());
  const steppe_regression_data data{sizeof(data),
                                    0,
                                    &regressors,
                                    &target,
                                    input.weights.empty() ? nullptr : &weights,
                                    names.data(),
                                    input.target_name.c_str()};
  void* fit = nullptr;
  auto done = PluginCall(*component_, "fit").run([&](steppe_error* error) {
    return tables_.regression->fit(component_->instance(), &data, host_, &fit, error);
  });
  if (!done) return std::move(done).error();
  if (fit == nullptr) {
    return broken(component_->label(), "fit", {"N19", "returned success without a fit", "R12"});
  }
  return RegressionFit(component_, tables_, fit, {n, p}, host_);
}

Outcome<RegressionFit> RegressionModel::load(const FitRecord& record) const {
  auto fit = load_fit(*component_, record, host_, tables_.regression->destroy);
  if (!fit) return std::move(fit).error();
  return RegressionFit(component_, tables_, *fit, {record.observations, record.columns}, host_);
}

bool RegressionFit::has_tag(std::string_view name) const {
  return component_has_tag(*component_, name);
}

bool RegressionModel::has_tag(std::string_view name) const {
  return component_has_tag(*component_, name);
}

}  // namespace steppe
