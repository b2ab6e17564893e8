// SPDX-License-Identifier: Apache-2.0

// The headline job, through the plugins' C tables and nothing else: linear, logarithmic,
// polynomial, exponential and power trends of 100,000 series of 10 points, R squared on both
// scales, the best of the five on the original scale, and its forecast of 3 steps. One thread; ns
// per fit.

#include <benchmark/benchmark.h>
#include <dlfcn.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "steppe/abi/abi.h"
#include "trend_series.hpp"

namespace {

constexpr std::size_t kSeries = 100'000;
constexpr std::size_t kPoints = 10;
constexpr std::size_t kHorizon = 3;
constexpr const char* kTrends[] = {"linear", "logarithmic", "polynomial", "exponential", "power"};

void require(bool condition, const std::string& what) {
  if (condition) return;
  std::fprintf(stderr, "five_trends_bench: %s\n", what.c_str());
  std::exit(1);
}

// A trend with its default options.
struct Trend {
  const steppe_trend_model* table = nullptr;
  void* instance = nullptr;
};

Trend open_trend(const std::string& name) {
  const std::string path = std::string(STEPPE_PLUGIN_DIR) + "/steppe_trend_" + name + ".so";
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  require(library != nullptr, "cannot open " + path);
  const auto entry =
      reinterpret_cast<steppe_plugin_entry>(dlsym(library, STEPPE_PLUGIN_ENTRY_NAME));
  const steppe_offer offer = {
      sizeof(offer), STEPPE_ABI_REVISION_MIN, STEPPE_ABI_REVISION, 0, "bench", nullptr};
  const steppe_plugin* plugin = nullptr;
  require(entry(&offer, &plugin, nullptr) == STEPPE_OK, name + " refused the offer");
  const steppe_component* component = plugin->components[0];
  std::vector<steppe_argument> arguments;
  for (std::uint32_t i = 0; i < component->option_count; ++i) {
    const steppe_option& option = *component->options[i];
    if (option.default_value != nullptr) {
      arguments.push_back({sizeof(steppe_argument), 0, option.name, option.default_value});
    }
  }
  std::vector<const steppe_argument*> pointers;
  for (const steppe_argument& argument : arguments) pointers.push_back(&argument);
  Trend trend;
  trend.table =
      static_cast<const steppe_trend_model*>(component->query(component, STEPPE_TREND_MODEL));
  require(component->create(component, pointers.data(), pointers.size(), nullptr, &trend.instance,
                            nullptr) == STEPPE_OK,
          name + " refused its defaults");
  return trend;
}

steppe_output output(double* data, std::size_t rows, std::size_t columns) {
  return {sizeof(steppe_output), 0, data, rows, columns, static_cast<std::int64_t>(columns), 1};
}

// Buffers for one block of m series, used again for the next.
struct Job {
  explicit Job(std::size_t m)
      : series(m),
        statuses(m),
        r_squared(std::size(kTrends) * 2 * m),
        forecasts(std::size(kTrends) * kHorizon * m),
        best(kHorizon * m) {}

  void run(const std::vector<Trend>& trends, const double* values) {
    for (std::size_t k = 0; k < trends.size(); ++k) fit(trends[k], k, values);
    choose();
  }

  void fit(const Trend& trend, std::size_t k, const double* values) {
    const steppe_vector time = {sizeof(time), 0, kTime, kPoints, 1};
    const steppe_vector future = {sizeof(future), 0, kTime + kPoints, kHorizon, 1};
    const steppe_vector none = {sizeof(none), 0, nullptr, 0, 1};
    const steppe_matrix matrix = {
        sizeof(matrix), 0, values, kPoints, series, static_cast<std::int64_t>(series), 1, nullptr};
    const steppe_trend_block block = {sizeof(block), 1, &time, &matrix, nullptr};
    void* fit = nullptr;
    steppe_status status =
        trend.table->fit(trend.instance, &block, nullptr, &fit, statuses.data(), nullptr);
    require(status == STEPPE_OK, "fit failed");
    const char* names[] = {STEPPE_STATISTIC_R_SQUARED_FIT_SCALE,
                           STEPPE_STATISTIC_R_SQUARED_ORIGINAL_SCALE};
    const steppe_output statistics = output(&r_squared[k * 2 * series], 2, series);
    trend.table->statistics(fit, names, 2, &statistics, nullptr);
    const steppe_trend_request request = {sizeof(request), 0, &future, &none};
    const steppe_output mean = output(&forecasts[k * kHorizon * series], kHorizon, series);
    const steppe_output absent = output(nullptr, 0, 0);
    const steppe_trend_forecast forecast = {sizeof(forecast), 0, &mean, &absent, &absent};
    status = trend.table->predict(fit, &request, &forecast, nullptr, nullptr);
    require(status == STEPPE_OK, "predict failed");
    trend.table->destroy(fit);
  }

  void choose() {
    for (std::size_t s = 0; s < series; ++s) {
      std::size_t chosen = 0;
      for (std::size_t k = 1; k < std::size(kTrends); ++k) {
        if (r_squared[(k * 2 + 1) * series + s] > r_squared[(chosen * 2 + 1) * series + s]) {
          chosen = k;
        }
      }
      for (std::size_t h = 0; h < kHorizon; ++h) {
        best[h * series + s] = forecasts[(chosen * kHorizon + h) * series + s];
      }
    }
  }

  static constexpr double kTime[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};

  std::size_t series;
  std::vector<steppe_status> statuses;
  std::vector<double> r_squared;
  std::vector<double> forecasts;
  std::vector<double> best;
};

// Argument: series per block.
void five_trends(benchmark::State& state) {
  static const std::vector<Trend> trends = [] {
    std::vector<Trend> out;
    for (const char* name : kTrends) out.push_back(open_trend(name));
    return out;
  }();
  // The host hands over blocks: n x m, neighbours adjacent, one block after the other.
  const auto block = std::min(static_cast<std::size_t>(state.range(0)), kSeries);
  const std::size_t whole = kSeries / block;
  const std::size_t rest = kSeries % block;
  std::vector<double> values;
  for (std::size_t b = 0; b < whole + (rest > 0 ? 1 : 0); ++b) {
    const auto some = steppe::bench::growth_series(kPoints, b < whole ? block : rest, b);
    values.insert(values.end(), some.begin(), some.end());
  }
  Job job(block);
  Job last(rest);
  for (auto _ : state) {
    for (std::size_t b = 0; b < whole; ++b) {
      job.run(trends, values.data() + b * block * kPoints);
      benchmark::DoNotOptimize(job.best.data());
    }
    if (rest > 0) last.run(trends, values.data() + whole * block * kPoints);
    benchmark::DoNotOptimize(last.best.data());
    benchmark::ClobberMemory();
  }
  state.counters["time_per_fit"] = benchmark::Counter(
      static_cast<double>(kSeries * std::size(kTrends)),
      benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(five_trends)
    ->ArgName("block")
    ->Arg(256)
    ->Arg(1024)
    ->Arg(4096)
    ->Arg(16384)
    ->Arg(100'000)
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
