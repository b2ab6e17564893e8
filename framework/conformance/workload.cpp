// SPDX-License-Identifier: Apache-2.0
#include "conformance/workload.hpp"

#include <cstring>

#include "conformance/regression_subject.hpp"
#include "conformance/trend_subject.hpp"

namespace steppe::conformance {

namespace {

constexpr std::size_t kHorizon = 3;

// A report that nobody reads.
void no_scalar(void*, const char*, double, const char*) {}
void no_text(void*, const char*, const char*) {}
void no_table(void*, const steppe_table*) {}
void no_warning(void*, const char*, const char*) {}
constexpr steppe_sink kNoReader = {sizeof(steppe_sink), 0,          nullptr, &no_scalar, &no_text,
                                   &no_table,           &no_warning};

// Notes the first call that fails; true while none did.
class Calls {
 public:
  explicit Calls(UseResult& result) : result_(result) {
    result_ = {};
    result_.error.struct_size = sizeof(result_.error);
  }
  template <typename Body>
  bool call(const char* function, Body&& body) {
    result_.function = function;
    result_.status = body(&result_.error);
    return result_.ok();
  }

 private:
  UseResult& result_;
};

steppe_output output_at(double* data, std::size_t rows, std::size_t columns) {
  return {sizeof(steppe_output), 0, data, rows, columns, static_cast<std::int64_t>(columns), 1};
}

class TrendWorkload final : public Workload {
 public:
  TrendWorkload(const CaseContext& context, Size size)
      : subject_(context),
        data_(sample(size)),
        block_(data_, Layout::kNeighbours),
        statuses_(data_.count()),
        future_(times(data_.size() + 1, kHorizon)),
        outputs_(data_.count() * (data_.size() + kHorizon * (2 + std::size(kProbabilities)))) {}

  UseResult run(const steppe_host* host) override {
    UseResult result;
    Calls calls(result);
    void* fit = nullptr;
    calls.call("fit", [&](steppe_error* error) {
      return subject_.table()->fit(subject_.instance().get(), block_.view(), host, &fit,
                                   statuses_.data(), error);
    });
    result.fit_with_error = !result.ok() && fit != nullptr;
    if (result.ok()) ask_all(calls, fit, host);
    if (fit != nullptr) subject_.table()->destroy(fit);
    return result;
  }
  std::span<const double> outputs() const override { return outputs_; }
  const Instance& instance() const override { return subject_.instance(); }

 private:
  TrendData sample(Size size) const {
    constexpr std::size_t kManySeries = 200;
    constexpr std::size_t kManyTimes = 2000;
    if (size == Size::kSmall) return subject_.fittable(5);
    const TrendData few = subject_.fittable(std::size(kShapes));
    TrendData out = few;
    out.time = times(1, kManyTimes);
    out.series.clear();
    out.seeds.clear();
    for (std::size_t s = 0; s < kManySeries; ++s) {
      std::vector<double> series;
      const std::vector<double>& cycle = few.series[s % few.count()];
      for (std::size_t i = 0; i < kManyTimes; ++i) series.push_back(cycle[i % cycle.size()]);
      out.series.push_back(std::move(series));
      out.seeds.push_back(s + 1);
    }
    return out;
  }

  bool ask_all(Calls& calls, void* fit, const steppe_host* host) {
    const steppe_trend_model& table = *subject_.table();
    const std::size_t m = data_.count();
    const steppe_output fitted = output_at(outputs_.data(), data_.size(), m);
    const steppe_output mean = output_at(fitted.data + data_.size() * m, kHorizon, m);
    const steppe_output errors = output_at(mean.data + kHorizon * m, kHorizon, m);
    const steppe_output quantiles =
        output_at(errors.data + kHorizon * m, kHorizon * std::size(kProbabilities), m);
    const steppe_vector time{sizeof(time), 0, future_.data(), kHorizon, 1};
    const steppe_vector levels{sizeof(levels), 0, kProbabilities, std::size(kProbabilities), 1};
    const steppe_trend_request request{sizeof(request), 0, &time, &levels};
    const steppe_trend_forecast forecast{sizeof(forecast), 0, &mean, &errors, &quantiles};
    return calls.call("fitted", [&](steppe_error* error) {
      return table.fitted(fit, &fitted, error);
    }) && calls.call("predict", [&](steppe_error* error) {
      return table.predict(fit, &request, &forecast, host, error);
    }) && (m == 0 || statuses_[0] != STEPPE_OK || calls.call("report", [&](steppe_error* error) {
             return table.report(fit, 0, &kNoReader, error);
           }));
  }

  TrendSubject subject_;
  TrendData data_;
  BlockMemory block_;
  std::vector<steppe_status> statuses_;
  std::vector<double> future_;
  std::vector<double> outputs_;
};

class RegressionWorkload final : public Workload {
 public:
  RegressionWorkload(const CaseContext& context, Size size)
      : subject_(context),
        data_(size == Size::kSmall ? subject_.sample(2)
                                   : sample_regression(20'000, 5, context.seed)),
        weights_(subject_.weights_of(data_)),
        rows_(new_rows(kHorizon, data_.columns, context.seed)),
        outputs_(data_.rows + kHorizon * (4 + std::size(kProbabilities))) {
    for (const std::string& name : data_.names) names_.push_back(name.c_str());
    if (!has_tag(subject_.instance().component(), "pooled_rows")) return;
    number_keys(data_.regressors, data_.columns);
    number_keys(rows_, data_.columns);
  }

  UseResult run(const steppe_host* host) override {
    UseResult result;
    Calls calls(result);
    const auto columns = static_cast<std::int64_t>(data_.columns);
    const steppe_matrix regressors{sizeof(regressors),
                                   0,
                                   data_.regressors.data(),
                                   data_.rows,
                                   data_.columns,
                                   columns,
                                   1,
                                   nullptr};
    const steppe_vector target{sizeof(target), 0, data_.target.data(), data_.rows, 1};
    const steppe_vector weights{sizeof(weights), 0, weights_.data(), weights_.size(), 1};
    const steppe_regression_data data{sizeof(data),
                                      0,
                                      &regressors,
                                      &target,
                                      weights_.empty() ? nullptr : &weights,
                                      names_.data(),
                                      data_.target_name.c_str()};
    void* fit = nullptr;
    calls.call("fit", [&](steppe_error* error) {
      return subject_.table()->fit(subject_.instance().get(), &data, host, &fit, error);
    });
    result.fit_with_error = !result.ok() && fit != nullptr;
    if (result.ok()) ask_all(calls, fit, host);
    if (fit != nullptr) subject_.table()->destroy(fit);
    return result;
  }
  std::span<const double> outputs() const override { return outputs_; }
  const Instance& instance() const override { return subject_.instance(); }

 private:
  bool ask_all(Calls& calls, void* fit, const steppe_host* host) {
    const steppe_regression& table = *subject_.table();
    constexpr std::size_t kLevels = std::size(kProbabilities);
    const steppe_output fitted = output_at(outputs_.data(), data_.rows, 1);
    const steppe_output mean = output_at(fitted.data + data_.rows, kHorizon, 1);
    const steppe_output se_mean = output_at(mean.data + kHorizon, kHorizon, 1);
    const steppe_output se_prediction = output_at(se_mean.data + kHorizon, kHorizon, 1);
    const steppe_output degrees = output_at(se_prediction.data + kHorizon, kHorizon, 1);
    const steppe_output quantiles = output_at(degrees.data + kHorizon, kLevels, kHorizon);
    const steppe_output absent = output_at(nullptr, kLevels, kHorizon);
    const steppe_regression_forecast forecast{sizeof(forecast), 0,       &mean,      &se_mean,
                                              &se_prediction,   &absent, &quantiles, &degrees};
    const auto columns = static_cast<std::int64_t>(data_.columns);
    const steppe_matrix rows{sizeof(rows), 0, rows_.data(), kHorizon, data_.columns,
                             columns,      1, nullptr};
    const steppe_vector levels{sizeof(levels), 0, kProbabilities, kLevels, 1};
    return calls.call("fitted", [&](steppe_error* error) {
      return table.fitted(fit, &fitted, error);
    }) && calls.call("predict", [&](steppe_error* error) {
      return table.predict(fit, &rows, &levels, &forecast, host, error);
    }) && calls.call("report", [&](steppe_error* error) {
      return table.report(fit, &kNoReader, error);
    });
  }

  RegressionSubject subject_;
  RegressionSample data_;
  std::vector<double> weights_;
  std::vector<double> rows_;
  std::vector<const char*> names_;
  std::vector<double> outputs_;
};

// Reads the whole table that the user gave; its outputs are the numbers of columns and rows.
class SourceWorkload final : public Workload {
 public:
  explicit SourceWorkload(const CaseContext& context)
      : instance_(context),
        table_(instance_.query<steppe_data_source>(STEPPE_DATA_SOURCE)),
        outputs_(2) {
    if (table_ == nullptr) skip("offers no " STEPPE_DATA_SOURCE);
  }

  UseResult run(const steppe_host* host) override {
    UseResult result;
    Calls calls(result);
    const steppe_source_request request{sizeof(request), 0, nullptr, nullptr, nullptr, 0};
    void* handle = nullptr;
    ArrowArrayStream stream{};
    calls.call("open", [&](steppe_error* error) {
      return table_->open(instance_.get(), &request, host, &handle, &stream, error);
    });
    result.fit_with_error = !result.ok() && (handle != nullptr || stream.release != nullptr);
    if (!result.ok()) return result;
    if (calls.call("the stream",
                   [&](steppe_error* error) { return read(stream, handle, error); })) {
      calls.call("report",
                 [&](steppe_error* error) { return table_->report(handle, &kNoReader, error); });
    }
    stream.release(&stream);
    table_->close(handle);
    return result;
  }
  std::span<const double> outputs() const override { return outputs_; }
  const Instance& instance() const override { return instance_; }

 private:
  steppe_status read(ArrowArrayStream& stream, const void* handle, steppe_error* error) {
    ArrowSchema schema{};
    if (stream.get_schema(&stream, &schema) != 0) return failed(handle, error);
    outputs_[0] = static_cast<double>(schema.n_children);
    outputs_[1] = 0;
    schema.release(&schema);
    while (true) {
      ArrowArray array{};
      if (stream.get_next(&stream, &array) != 0) return failed(handle, error);
      if (array.release == nullptr) return STEPPE_OK;
      outputs_[1] += static_cast<double>(array.length);
      array.release(&array);
    }
  }
  steppe_status failed(const void* handle, steppe_error* error) {
    table_->last_error(handle, error);
    return error->code == STEPPE_OK ? STEPPE_INTERNAL : error->code;
  }

  Instance instance_;
  const steppe_data_source* table_;
  std::vector<double> outputs_;
};

}  // namespace

std::string text_of(const UseResult& result) {
  Answer answer;
  answer.status = result.status;
  if (!result.ok()) answer.error = error_of(result.status, result.error);
  return std::string(result.function) + " answers " + text_of(answer);
}

void require_ok(const UseResult& result) {
  if (!result.ok()) fail(text_of(result));
}

std::unique_ptr<Workload> Workload::of(const CaseContext& context, Size size) {
  const std::string_view id = context.component->id;
  if (id.starts_with("trend.")) return std::make_unique<TrendWorkload>(context, size);
  if (id.starts_with("regression.")) return std::make_unique<RegressionWorkload>(context, size);
  return std::make_unique<SourceWorkload>(context);
}

}  // namespace steppe::conformance
