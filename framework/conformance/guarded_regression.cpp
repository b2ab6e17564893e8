// SPDX-License-Identifier: Apache-2.0
#include "conformance/guarded_regression.hpp"

#include <array>

#include "conformance/trend_subject.hpp"

namespace steppe::conformance {

namespace {

std::vector<const char*> pointers(const std::vector<std::string>& names) {
  std::vector<const char*> out;
  for (const std::string& name : names) out.push_back(name.c_str());
  return out;
}

}  // namespace

GuardedRegression::GuardedRegression(const RegressionSubject& subject, const RegressionSample& data,
                                     const GuardSettings& settings)
    : subject_(subject),
      settings_(settings),
      rows_(data.rows),
      columns_(data.columns),
      regressors_(
          std::make_unique<GuardedInput>("regressors", data.regressors, data.columns, settings)),
      target_(std::make_unique<GuardedInput>("target", data.target, 1, settings)),
      weights_(std::make_unique<GuardedInput>("weights", subject.weights_of(data), 1, settings)),
      names_(std::make_unique<GuardedArray<const char*>>("regressor_names", pointers(data.names),
                                                         settings)) {
  const steppe_regression_data view{sizeof(view),
                                    0,
                                    regressors_->matrix(),
                                    target_->vector(),
                                    subject.weights_of(data).empty() ? nullptr : weights_->vector(),
                                    names_->get(),
                                    data.target_name.c_str()};
  const GuardedStruct<steppe_regression_data> guarded("data", view, settings);
  const Answer answer = ask([&](steppe_error* error) {
    return subject.table()->fit(subject.instance().get(), guarded.get(),
                                subject.instance().host().get(), &fit_, error);
  });
  if (!answer.ok()) fail("fit answers " + text_of(answer));
}

GuardedRegression::~GuardedRegression() {
  if (fit_ != nullptr) subject_.table()->destroy(fit_);
}

std::vector<double> GuardedRegression::fitted() const {
  const GuardedOutput out("fitted", {rows_, 1}, settings_);
  const Answer answer =
      ask([&](steppe_error* error) { return subject_.table()->fitted(fit_, out.view(), error); });
  if (!answer.ok()) fail("fitted answers " + text_of(answer));
  return out.take("fitted");
}

std::vector<double> GuardedRegression::predict(const Request& request) const {
  const std::size_t rows = request.rows;
  const std::size_t levels = request.probabilities.size();
  std::vector<double> cells = new_rows(rows, columns_, 5);
  if (has_tag(subject_.instance().component(), "pooled_rows")) number_keys(cells, columns_);
  const GuardedInput regressors("new regressors", cells, columns_, settings_);
  const GuardedInput probabilities("probabilities", request.probabilities, 1, settings_);
  constexpr std::array kNames = {"mean",
                                 "se_mean",
                                 "se_prediction",
                                 "mean_quantiles",
                                 "prediction_quantiles",
                                 "degrees_of_freedom"};
  std::vector<std::unique_ptr<GuardedOutput>> outputs;
  for (unsigned i = 0; i < kNames.size(); ++i) {
    const bool quantiles = i == 3 || i == 4;
    const GuardedOutput::Size size{quantiles ? levels : rows, quantiles ? rows : 1,
                                   ((request.wanted >> i) & 1) != 0};
    outputs.push_back(std::make_unique<GuardedOutput>(kNames[i], size, settings_));
  }
  const steppe_regression_forecast forecast{sizeof(forecast),   0,
                                            outputs[0]->view(), outputs[1]->view(),
                                            outputs[2]->view(), outputs[3]->view(),
                                            outputs[4]->view(), outputs[5]->view()};
  const GuardedStruct<steppe_regression_forecast> guarded("forecast", forecast, settings_);
  const Answer answer = ask([&](steppe_error* error) {
    return subject_.table()->predict(fit_, regressors.matrix(), probabilities.vector(),
                                     guarded.get(), subject_.instance().host().get(), error);
  });
  if (!answer.ok()) fail("predict answers " + text_of(answer));
  std::vector<double> out;
  for (const auto& output : outputs) append(out, output->take("predict"));
  return out;
}

std::vector<double> GuardedRegression::everything() const {
  std::vector<double> out = fitted();
  append(out, predict({.rows = 4, .probabilities = kProbabilities}));
  return out;
}

void GuardedRegression::spoil_inputs() {
  regressors_->spoil();
  target_->spoil();
  weights_->spoil();
  regressors_.reset();
  target_.reset();
  weights_.reset();
  names_.reset();
}

}  // namespace steppe::conformance
