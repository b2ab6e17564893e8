// SPDX-License-Identifier: Apache-2.0
#include "conformance/regression_case_bodies.hpp"
#include "conformance/regression_comparison.hpp"
#include "conformance/saved_fit.hpp"

namespace steppe::conformance::regression {

namespace {

constexpr std::size_t kColumns = 2;
constexpr std::size_t kRows = 4;

const steppe_saved_fit& needed(const RegressionSubject& subject) {
  const steppe_saved_fit* table = subject.saved_fit();
  if (table == nullptr) skip("offers no " STEPPE_SAVED_FIT);
  return *table;
}

}  // namespace

void saved_fit_comes_back(const CaseContext& context) {
  const RegressionSubject subject(context);
  const steppe_saved_fit& table = needed(subject);
  const RegressionSample data = subject.sample(kColumns);
  const RegressionFit fit = subject.fit(data);
  const SavedBytes bytes = save(table, fit.get());
  const RegressionSubject other(context);
  Answer answer;
  void* loaded = load(table, other.instance(), table.schema, bytes, answer);
  if (loaded == nullptr) fail("load answers " + text_of(answer) + " to bytes that save wrote");
  const auto back = other.adopt(loaded, data.rows);
  check_shape(table, loaded, data.rows, kColumns);
  const std::vector<double> rows = new_rows(kRows, kColumns, context.seed);
  const Words words{"before saving", "after loading"};
  compare(said_of(fit, data.rows, rows, kRows), said_of(*back, data.rows, rows, kRows), words);
  compare_reports(fit, *back, words);
  if (save(table, back->get()) != bytes) fail("a loaded fit is saved as other bytes");
  if (!fit.is_linear()) return;
  if (first_difference(fit.linear().covariance, back->linear().covariance)) {
    fail("linear_model has another covariance after loading");
  }
}

void saved_fit_is_the_same_bytes(const CaseContext& context) {
  const RegressionSubject subject(context);
  const steppe_saved_fit& table = needed(subject);
  const RegressionSample data = subject.sample(kColumns);
  const RegressionFit fit = subject.fit(data);
  const SavedBytes bytes = save(table, fit.get());
  if (save(table, fit.get()) != bytes) fail("saved twice, the same fit gives other bytes");
  static_cast<void>(fit.predict(data.regressors, data.rows));
  if (save(table, fit.get()) != bytes) fail("after predict the same fit gives other bytes");
  const RegressionFit twin = subject.fit(data);
  if (save(table, twin.get()) != bytes) fail("a fit of the same data gives other bytes");
}

void saved_fit_refuses_damage(const CaseContext& context) {
  const RegressionSubject subject(context);
  const steppe_saved_fit& table = needed(subject);
  const RegressionSample data = subject.sample(kColumns);
  const RegressionFit fit = subject.fit(data);
  const std::vector<double> rows = new_rows(kRows, kColumns, context.seed);
  const SavedBytes bytes = save(table, fit.get());
  check_damage(table, subject.instance(), bytes, context.seed, [&](void* loaded) {
    const auto odd = subject.adopt(loaded, data.rows);
    if (!has_shape(table, loaded, data.rows, kColumns)) return;
    RegressionForecasts out;
    static_cast<void>(odd->try_predict(rows, kRows, {}, out));
  });
}

}  // namespace steppe::conformance::regression
