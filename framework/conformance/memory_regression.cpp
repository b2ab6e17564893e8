// SPDX-License-Identifier: Apache-2.0
// Regressions in guarded memory; as memory_trend.cpp.
#include <algorithm>
#include <limits>

#include "conformance/guarded_regression.hpp"
#include "conformance/memory_bodies.hpp"
#include "conformance/trend_subject.hpp"
#include "plugin_host/report_sink.hpp"

namespace steppe::conformance::memory {

namespace {

constexpr std::size_t kColumns = 2;
constexpr unsigned kAll = 0x3F;

void require_same(const std::vector<double>& seen, const std::vector<double>& expected,
                  const std::string& what) {
  const auto index = first_difference(seen, expected);
  if (!index) return;
  fail(what + " gives other bits: output " + std::to_string(*index) + " is " +
       number(seen[*index]) + ", from plain buffers " + number(expected[*index]));
}

void require_layout(const CaseContext& context, const GuardSettings& settings, const char* what) {
  const RegressionSubject subject(context);
  const RegressionSample data = subject.sample(kColumns);
  const auto expected = GuardedRegression(subject, data, {}).everything();
  require_same(GuardedRegression(subject, data, settings).everything(), expected, what);
}

void run_with(const CaseContext& context, const GuardSettings& settings) {
  const RegressionSubject subject(context);
  GuardedRegression(subject, subject.sample(kColumns), settings).everything();
}

}  // namespace

void regression_stays_before_the_end(const CaseContext& context) {
  run_with(context, {.placement = Placement::kAtEnd});
}

void regression_stays_behind_the_start(const CaseContext& context) {
  run_with(context, {.placement = Placement::kAtStart});
}

void regression_inputs_are_read_only(const CaseContext& context) {
  run_with(context, {.read_only = true});
}

void regression_takes_reversed_views(const CaseContext& context) {
  require_layout(context, {.layout = &reversed}, "a view with negative strides");
}

void regression_takes_views_with_gaps(const CaseContext& context) {
  require_layout(context, {.layout = &with_gaps}, "a view with gaps between its cells");
}

void regression_takes_column_major_views(const CaseContext& context) {
  require_layout(context, {.layout = &column_major}, "a column-major view");
}

void regression_takes_odd_addresses(const CaseContext& context) {
  require_layout(context, {.odd_address = true}, "a view at an address of 8 modulo 16");
}

void regression_leaves_absent_outputs(const CaseContext& context) {
  const RegressionSubject subject(context);
  const GuardedRegression fit(subject, subject.sample(kColumns), {});
  std::vector<double> one_by_one;
  for (unsigned output = 0; output < 6; ++output) {
    append(one_by_one, fit.predict({.probabilities = kProbabilities, .wanted = 1U << output}));
  }
  fit.predict({.probabilities = kProbabilities, .wanted = 0});
  require_same(one_by_one, fit.predict({.probabilities = kProbabilities}),
               "asking for one output at a time");
}

void regression_answers_empty_requests(const CaseContext& context) {
  const RegressionSubject subject(context);
  const GuardedRegression fit(subject, subject.sample(kColumns), {});
  constexpr unsigned kFirstThree = 0x7;
  const auto all = fit.predict({.probabilities = kProbabilities, .wanted = kFirstThree});
  require_same(fit.predict({.probabilities = {}, .wanted = kFirstThree}), all,
               "asking for no quantiles");
  fit.predict({.rows = 0, .probabilities = kProbabilities});
  fit.predict({.rows = 0, .probabilities = {}, .wanted = kAll});
}

void regression_keeps_no_input(const CaseContext& context) {
  const RegressionSubject subject(context);
  const RegressionSample data = subject.sample(kColumns);
  const auto expected = GuardedRegression(subject, data, {}).everything();
  GuardedRegression fit(subject, data, {});
  fit.spoil_inputs();
  require_same(fit.everything(), expected, "predicting when the data are gone");
}

void regression_errors_fit(const CaseContext& context) {
  const RegressionSubject subject(context);
  RegressionSample data = subject.sample(kColumns);
  std::ranges::fill(data.target, std::numeric_limits<double>::quiet_NaN());
  const steppe_matrix regressors{
      sizeof(regressors), 0, data.regressors.data(), data.rows, kColumns, kColumns, 1, nullptr};
  const steppe_vector target{sizeof(target), 0, data.target.data(), data.rows, 1};
  const std::vector<double> weight = subject.weights_of(data);
  const steppe_vector weights{sizeof(weights), 0, weight.data(), weight.size(), 1};
  std::vector<const char*> names;
  for (const std::string& name : data.names) names.push_back(name.c_str());
  const steppe_regression_data view{sizeof(view),
                                    0,
                                    &regressors,
                                    &target,
                                    weight.empty() ? nullptr : &weights,
                                    names.data(),
                                    data.target_name.c_str()};
  require_errors_to_fit([&](steppe_error* error) {
    void* fit = nullptr;
    const steppe_status status =
        subject.table()->fit(subject.instance().get(), &view, life_host(), &fit, error);
    if (status == STEPPE_OK) {
      subject.table()->destroy(fit);
      fail("a target of NaN alone is fitted");
    }
    if (fit != nullptr) fail("fit answers " + status_name(status) + " and hands out a fit");
  });
}

void regression_destroys_null(const CaseContext& context) {
  RegressionSubject(context).table()->destroy(nullptr);
}

void regression_leaks_nothing(const CaseContext& context) {
  const RegressionSubject subject(context);
  const RegressionSample good = subject.sample(kColumns);
  RegressionSample bad = good;
  bad.target[1] = std::numeric_limits<double>::infinity();
  const std::vector<double> rows = new_rows(3, kColumns, 1);
  require_no_growth("fit, predict, report and destroy", [&] {
    Answer answer;
    if (const auto fit = subject.try_fit(good, answer)) {
      fit->predict(rows, 3, kProbabilities);
      fit->report();
    }
    if (!answer.ok()) fail("fit answers " + text_of(answer));
    subject.try_fit(bad, answer);
  });
}

}  // namespace steppe::conformance::memory
