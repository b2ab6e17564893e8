// SPDX-License-Identifier: Apache-2.0
// Data, shapes and bytes that nobody thought of, from the seed of the case.
#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <limits>

#include "conformance/dice.hpp"
#include "conformance/guarded_memory.hpp"
#include "conformance/regression_subject.hpp"
#include "conformance/service_bodies.hpp"
#include "conformance/trend_subject.hpp"

namespace steppe::conformance::service {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Any bit pattern, and now and then one of those that break arithmetic.
double any_double(Dice& dice) {
  constexpr double kSpecial[] = {0.0,
                                 -0.0,
                                 kInfinity,
                                 -kInfinity,
                                 std::numeric_limits<double>::quiet_NaN(),
                                 std::numeric_limits<double>::denorm_min(),
                                 std::numeric_limits<double>::max(),
                                 std::numeric_limits<double>::lowest(),
                                 std::numeric_limits<double>::min(),
                                 1e308,
                                 -1e-308,
                                 1.0};
  const std::uint64_t kind = dice.below(4);
  if (kind == 0) return kSpecial[dice.below(std::size(kSpecial))];
  if (kind == 1) return 100 + 10 * dice.uniform();
  return std::bit_cast<double>(dice.bits());
}

// A series that was fitted forecasts numbers: perhaps infinite, never NaN.
void require_means(const TrendFit& fit, const TrendPrediction& prediction) {
  for (std::size_t s = 0; s < fit.count(); ++s) {
    for (std::size_t h = 0; fit.ok(s) && h < prediction.horizon; ++h) {
      if (std::isnan(prediction.mean_at(h, s))) {
        fail("series " + std::to_string(s + 1) + " has no error, and the mean NaN at horizon " +
             std::to_string(h + 1));
      }
    }
    if (!fit.ok(s) && !is_typed_refusal(fit.statuses()[s])) {
      fail("series " + std::to_string(s + 1) + " has the status " + status_name(fit.statuses()[s]));
    }
  }
}

void use(const TrendFit& fit, std::span<const double> future) {
  TrendPrediction prediction;
  const Answer answer = fit.try_predict(future, kProbabilities, prediction);
  if (!answer.ok() && !is_typed_refusal(answer.status)) fail("predict answers " + text_of(answer));
  if (answer.ok()) require_means(fit, prediction);
  for (std::size_t s = 0; s < fit.count(); ++s) {
    if (fit.ok(s)) fit.report(s);
  }
}

TrendData block_of(std::size_t n, std::size_t m) {
  TrendData out;
  out.time = times(1, n);
  out.series.assign(m, std::vector<double>(n));
  for (std::size_t s = 0; s < m; ++s) out.seeds.push_back(s + 1);
  return out;
}

constexpr int kFuzzRounds = 300;

}  // namespace

void trend_takes_any_bits(const CaseContext& context) {
  const TrendSubject subject(context);
  Dice dice(context.seed);
  const bool holes = has_tag(*context.component, "handles_missing");
  for (int round = 0; round < kFuzzRounds; ++round) {
    TrendData data = block_of(1 + dice.below(40), 8);
    for (auto& series : data.series) {
      for (double& value : series) value = any_double(dice);
    }
    if (holes && dice.below(2) == 0) {
      for (std::size_t s = 0; s < data.count(); ++s) {
        std::vector<bool>& present = data.present.emplace_back();
        for (std::size_t i = 0; i < data.size(); ++i) present.push_back(dice.below(3) != 0);
      }
    }
    Answer answer;
    const auto fit = subject.try_fit(data, Layout::kNeighbours, answer);
    if (fit == nullptr) fail("fit answers " + text_of(answer) + " for the whole block");
    use(*fit, times(data.size() + 1, 3));
  }
}

void trend_takes_any_shape(const CaseContext& context) {
  const TrendSubject subject(context);
  Dice dice(context.seed);
  constexpr Layout kLayouts[] = {Layout::kNeighbours, Layout::kSeries, Layout::kSpaced,
                                 Layout::kReversed};
  for (int round = 0; round < kFuzzRounds; ++round) {
    TrendData data = block_of(dice.below(60), dice.below(7));
    data.season_length = 1 + static_cast<std::uint32_t>(dice.below(13));
    for (auto& series : data.series) {
      for (double& value : series) value = 1 + 100 * dice.uniform();
    }
    Answer answer;
    const auto fit = subject.try_fit(data, kLayouts[dice.below(4)], answer);
    if (fit != nullptr) {
      use(*fit, times(data.size() + 1, dice.below(20)));
    } else if (!is_typed_refusal(answer.status)) {
      fail("a block of " + std::to_string(data.size()) + " times and " +
           std::to_string(data.count()) + " series answers " + text_of(answer));
    }
  }
}

void regression_takes_any_bits(const CaseContext& context) {
  const RegressionSubject subject(context);
  Dice dice(context.seed);
  for (int round = 0; round < kFuzzRounds; ++round) {
    RegressionSample data = sample_regression(1 + dice.below(30), dice.below(4), context.seed);
    for (double& value : data.regressors) {
      if (dice.below(3) == 0) value = any_double(dice);
    }
    for (double& value : data.target) {
      if (dice.below(3) == 0) value = any_double(dice);
    }
    Answer answer;
    const auto fit = subject.try_fit(data, answer);
    if (fit == nullptr) {
      if (!is_typed_refusal(answer.status)) fail("fit answers " + text_of(answer));
      continue;
    }
    RegressionForecasts forecasts;
    const Answer predicted =
        fit->try_predict(data.regressors, data.rows, kProbabilities, forecasts);
    if (!predicted.ok() && !is_typed_refusal(predicted.status)) {
      fail("predict answers " + text_of(predicted));
    }
    fit->report();
  }
}

void regression_takes_any_shape(const CaseContext& context) {
  const RegressionSubject subject(context);
  Dice dice(context.seed);
  for (int round = 0; round < kFuzzRounds; ++round) {
    const RegressionSample data =
        sample_regression(dice.below(40), dice.below(12), context.seed + dice.below(1000));
    Answer answer;
    const auto fit = subject.try_fit(data, answer, dice.below(2) == 0);
    if (fit == nullptr) {
      if (is_typed_refusal(answer.status)) continue;
      fail(std::to_string(data.rows) + " rows of " + std::to_string(data.columns) +
           " regressors answer " + text_of(answer));
    }
    const std::size_t rows = dice.below(10);
    RegressionForecasts forecasts;
    const Answer predicted =
        fit->try_predict(new_rows(rows, data.columns, 3), rows, kProbabilities, forecasts);
    // A key that none of these rows had has no forecast.
    const bool keyed = has_tag(*context.component, "pooled_rows");
    if (keyed && is_typed_refusal(predicted.status)) continue;
    if (!predicted.ok()) fail("predict answers " + text_of(predicted));
  }
}

namespace {

// Bytes that save never wrote, flush with a guard page: load must not read behind their end, and
// must not believe lengths that stand in them.
void try_bytes(const Instance& instance, std::uint64_t seed,
               const std::function<void(void*)>& drop) {
  const auto* table = instance.query<steppe_saved_fit>(STEPPE_SAVED_FIT);
  if (table == nullptr) skip("offers no " STEPPE_SAVED_FIT);
  Dice dice(seed);
  for (int round = 0; round < kFuzzRounds; ++round) {
    const std::size_t size = dice.below(600);
    const GuardedBlock block("saved bytes", size, Placement::kAtEnd);
    auto* const bytes = static_cast<unsigned char*>(block.data());
    const std::uint64_t kind = dice.below(3);
    for (std::size_t i = 0; i < size; ++i) {
      const auto random = static_cast<unsigned char>(dice.below(256));
      bytes[i] = kind == 0 ? random : kind == 1 ? 0xFF : static_cast<unsigned char>(random % 3);
    }
    const auto schema =
        static_cast<std::uint32_t>(dice.below(4) == 0 ? dice.below(9) : table->schema);
    void* fit = nullptr;
    const Answer answer = ask([&](steppe_error* error) {
      return table->load(instance.get(), schema, bytes, size, life_host(), &fit, error);
    });
    if (answer.ok() && fit == nullptr) fail("load answers ok without a fit");
    if (answer.ok()) {
      drop(fit);
    } else if (!is_typed_refusal(answer.status)) {
      fail("load of " + std::to_string(size) + " strange bytes answers " + text_of(answer));
    }
  }
}

}  // namespace

void trend_saved_bytes_are_not_trusted(const CaseContext& context) {
  const TrendSubject subject(context);
  try_bytes(subject.instance(), context.seed, [&](void* fit) { subject.table()->destroy(fit); });
}

void regression_saved_bytes_are_not_trusted(const CaseContext& context) {
  const RegressionSubject subject(context);
  try_bytes(subject.instance(), context.seed, [&](void* fit) { subject.table()->destroy(fit); });
}

}  // namespace steppe::conformance::service
