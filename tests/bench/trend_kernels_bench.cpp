// SPDX-License-Identifier: Apache-2.0

// The kernels behind the trends, without any plugin: ns per series or per element, one thread.

#include <benchmark/benchmark.h>

#include "steppe/numerics/block_least_squares.hpp"
#include "steppe/numerics/elementwise.hpp"
#include "trend_series.hpp"

namespace {

using namespace steppe::numerics;

constexpr std::size_t kBlock = 2048;

BlockDesign design_of(std::size_t n, std::size_t order) {
  std::vector<double> columns;
  const double half = static_cast<double>(n) / 2;
  for (std::size_t i = 0; i < n; ++i) {
    double power = 1;
    for (std::size_t k = 0; k < order; ++k) {
      columns.push_back(power *= (static_cast<double>(i) - half) / half);
    }
  }
  return BlockDesign::make(columns, n, order, true).value();
}

void per_item(benchmark::State& state, double items) {
  state.counters["time_per_item"] = benchmark::Counter(
      items, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

// Arguments: observations, order, ln scale.
void fit(benchmark::State& state) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const BlockDesign design = design_of(n, static_cast<std::size_t>(state.range(1)));
  const std::vector<double> values = steppe::bench::growth_series(n, kBlock);
  BlockFitOptions options;
  options.ln_scale = state.range(2) != 0;
  for (auto _ : state) {
    auto fit = fit_block(design, steppe::MatrixView(values.data(), n, kBlock), options);
    benchmark::DoNotOptimize(fit);
  }
  per_item(state, kBlock);
}
BENCHMARK(fit)
    ->ArgNames({"n", "order", "ln"})
    ->Args({10, 1, 0})
    ->Args({10, 2, 0})
    ->Args({10, 6, 0})
    ->Args({10, 1, 1})
    ->Args({100, 1, 0})
    ->Args({100, 1, 1})
    ->Args({1000, 2, 0});

void predict(benchmark::State& state) {
  const BlockDesign design = design_of(10, 1);
  const std::vector<double> values = steppe::bench::growth_series(10, kBlock);
  const auto fit = fit_block(design, steppe::MatrixView(values.data(), 10, kBlock));
  std::vector<double> out(kBlock);
  const double x[] = {1.2};
  for (auto _ : state) {
    fit->predict(design.weights_at(x), 0, out);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  per_item(state, kBlock);
}
BENCHMARK(predict);

template <void (*kFunction)(const double*, double*, std::size_t)>
void elementwise(benchmark::State& state) {
  std::vector<double> in = steppe::bench::growth_series(1, kBlock);
  std::vector<double> out(kBlock);
  for (auto _ : state) {
    kFunction(in.data(), out.data(), kBlock);
    benchmark::DoNotOptimize(out.data());
    benchmark::ClobberMemory();
  }
  per_item(state, kBlock);
}
BENCHMARK(elementwise<log_each>);
BENCHMARK(elementwise<exp_each>);

}  // namespace

BENCHMARK_MAIN();
