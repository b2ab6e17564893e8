// SPDX-License-Identifier: Apache-2.0
#include "conformance/saved_fit.hpp"

#include "conformance/trend_case_bodies.hpp"
#include "conformance/trend_comparison.hpp"
#include "conformance/trend_subject.hpp"

namespace steppe::conformance::trend {

namespace {

constexpr std::size_t kSavedHorizon = 6;

const steppe_saved_fit& needed(const TrendSubject& subject) {
  const steppe_saved_fit* table = subject.saved_fit();
  if (table == nullptr) skip("offers no " STEPPE_SAVED_FIT);
  return *table;
}

}  // namespace

void saved_fit_comes_back(const CaseContext& context) {
  const TrendSubject subject(context);
  const steppe_saved_fit& table = needed(subject);
  const TrendData data = subject.fittable(5);
  const TrendFit fit = subject.fit(data);
  const SavedBytes bytes = save(table, fit.get());
  const TrendSubject other(context);  // the fit's own instance may be gone by then
  Answer answer;
  void* loaded = load(table, other.instance(), table.schema, bytes, answer);
  if (loaded == nullptr) fail("load answers " + text_of(answer) + " to bytes that save wrote");
  const TrendFit back(other.table(), other.instance(), loaded, data.size(), fit.statuses());
  const std::vector<double> future = times(data.size() + 1, kSavedHorizon);
  const Words words{"before saving", "after loading"};
  compare_fits(fit, back, future, words);
  for (std::size_t s = 0; s < fit.count(); ++s) compare_reports({fit, s}, {back, s}, words);
  check_shape(table, loaded, data.size(), data.count());
  if (save(table, back.get()) != bytes) fail("a loaded fit is saved as other bytes");
}

void saved_fit_is_the_same_bytes(const CaseContext& context) {
  const TrendSubject subject(context);
  const steppe_saved_fit& table = needed(subject);
  const TrendData data = subject.fittable(5);
  const TrendFit fit = subject.fit(data);
  const SavedBytes bytes = save(table, fit.get());
  if (save(table, fit.get()) != bytes) fail("saved twice, the same fit gives other bytes");
  static_cast<void>(fit.predict(times(data.size() + 1, kSavedHorizon), kProbabilities));
  if (save(table, fit.get()) != bytes) fail("after predict the same fit gives other bytes");
  const TrendFit twin = subject.fit(data);
  if (save(table, twin.get()) != bytes) fail("a fit of the same data gives other bytes");
}

void saved_fit_refuses_damage(const CaseContext& context) {
  const TrendSubject subject(context);
  const steppe_saved_fit& table = needed(subject);
  const TrendData data = subject.fittable(5);
  const TrendFit fit = subject.fit(data);
  const SavedBytes bytes = save(table, fit.get());
  check_damage(table, subject.instance(), bytes, context.seed, [&](void* loaded) {
    const TrendFit odd(subject.table(), subject.instance(), loaded, data.size(), fit.statuses());
    if (!has_shape(table, loaded, data.size(), data.count())) return;
    TrendPrediction out;
    static_cast<void>(odd.try_predict(times(data.size() + 1, 2), kProbabilities, out));
  });
}

}  // namespace steppe::conformance::trend
