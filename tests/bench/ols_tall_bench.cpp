// SPDX-License-Identifier: Apache-2.0

// regression.ols on many rows through the plugin's C tables and nothing else: fit with an intercept
// and the full report. One thread; data in columns, as arrays of a data tool are.
// Peak memory beside the size of the data is printed at the end.

#include <benchmark/benchmark.h>
#include <dlfcn.h>
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <vector>

#include "steppe/abi/abi.h"

namespace {

void require(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "ols_tall_bench: %s\n", what);
  std::exit(1);
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

const steppe_component* ols() {
  void* library = dlopen(STEPPE_PLUGIN_DIR "/steppe_regression_ols.so", RTLD_NOW | RTLD_LOCAL);
  require(library != nullptr, "cannot open the plugin");
  const auto entry =
      reinterpret_cast<steppe_plugin_entry>(dlsym(library, STEPPE_PLUGIN_ENTRY_NAME));
  const steppe_offer offer = {
      sizeof(offer), STEPPE_ABI_REVISION_MIN, STEPPE_ABI_REVISION, 0, "bench", nullptr};
  const steppe_plugin* plugin = nullptr;
  require(entry(&offer, &plugin, nullptr) == STEPPE_OK, "the offer was refused");
  return plugin->components[0];
}

const void* no_service(const steppe_host*, const char*) { return nullptr; }

void ignore_scalar(void*, const char*, double, const char*) {}
void ignore_text(void*, const char*, const char*) {}
void ignore_table(void*, const steppe_table*) {}

struct Data {
  std::vector<double> design;  // column after column
  std::vector<double> target;
  std::size_t rows = 0;
  std::size_t columns = 0;
  double megabytes() const {
    return static_cast<double>((columns + 1) * rows * sizeof(double)) / 1048576.0;
  }
};

Data make_data(std::size_t rows, std::size_t columns) {
  Data data;
  data.rows = rows;
  data.columns = columns;
  data.design.resize(rows * columns);
  data.target.resize(rows);
  std::mt19937_64 bits(1);
  std::normal_distribution<double> normal;
  for (double& value : data.design) value = normal(bits);
  for (std::size_t i = 0; i < rows; ++i) {
    double y = 1.0 + normal(bits);
    for (std::size_t j = 0; j < columns; ++j)
      y += (1.0 + static_cast<double>(j + 1) / static_cast<double>(columns)) *
           data.design[j * rows + i];
    data.target[i] = y;
  }
  return data;
}

void fit_and_report(benchmark::State& state) {
  const auto rows = static_cast<std::size_t>(state.range(0));
  const auto columns = static_cast<std::size_t>(state.range(1));
  const Data data = make_data(rows, columns);
  const double before = peak_megabytes();
  const steppe_component* component = ols();
  const auto* table =
      static_cast<const steppe_regression*>(component->query(component, STEPPE_REGRESSION));
  const steppe_host host = {sizeof(host), STEPPE_ABI_REVISION, nullptr, no_service};
  void* instance = nullptr;
  require(component->create(component, nullptr, 0, &host, &instance, nullptr) == STEPPE_OK,
          "the defaults were refused");
  std::vector<std::string> names;
  std::vector<const char*> pointers;
  for (std::size_t j = 0; j < columns; ++j) names.push_back("x" + std::to_string(j + 1));
  for (const std::string& name : names) pointers.push_back(name.c_str());
  const steppe_matrix design = {
      sizeof(design), 0, data.design.data(), rows, columns, 1, static_cast<std::int64_t>(rows),
      nullptr};
  const steppe_vector target = {sizeof(target), 0, data.target.data(), rows, 1};
  const steppe_regression_data problem = {sizeof(problem), 0,  &design, &target, nullptr,
                                          pointers.data(), "y"};
  const steppe_sink sink = {sizeof(sink),
                            0,
                            nullptr,
                            ignore_scalar,
                            ignore_text,
                            ignore_table,
                            [](void*, const char*, const char*) {}};
  for (auto _ : state) {
    void* fit = nullptr;
    require(table->fit(instance, &problem, &host, &fit, nullptr) == STEPPE_OK, "the fit failed");
    require(table->report(fit, &sink, nullptr) == STEPPE_OK, "the report failed");
    table->destroy(fit);
  }
  component->destroy(instance);
  state.counters["data_MB"] = data.megabytes();
  state.counters["peak_MB"] = peak_megabytes();
  state.counters["peak_over_start"] = peak_megabytes() / before;
}

BENCHMARK(fit_and_report)
    ->Args({1'000'000, 20})
    ->Args({100'000, 10})
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
