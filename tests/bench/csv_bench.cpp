// SPDX-License-Identifier: Apache-2.0

// Reading speed of source.csv through its C table: id (text), year (time), value (number), 10 rows
// per id. The file is STEPPE_CSV_BENCH_FILE, or one of 10,000,000 rows written for the occasion.

#include <benchmark/benchmark.h>
#include <dlfcn.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "steppe/abi/abi.h"

namespace {

const steppe_component* load_csv() {
  void* library = ::dlopen(STEPPE_PLUGIN_DIR "/steppe_source_csv.so", RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return nullptr;
  const auto enter =
      reinterpret_cast<steppe_plugin_entry>(::dlsym(library, STEPPE_PLUGIN_ENTRY_NAME));
  const steppe_offer offer = {
      sizeof(steppe_offer), STEPPE_ABI_REVISION_MIN, STEPPE_ABI_REVISION, 0, "0", nullptr};
  const steppe_plugin* plugin = nullptr;
  if (enter == nullptr || enter(&offer, &plugin, nullptr) != STEPPE_OK) return nullptr;
  return plugin->components[0];
}

// The file of the speed comparison: ids S0000001 ..., years 2010 to 2019, four decimals.
std::string write_file(int ids) {
  const std::string path =
      (std::filesystem::temp_directory_path() / "steppe_csv_bench.csv").string();
  std::ofstream file(path, std::ios::binary);
  file << "id,year,value\n";
  std::uint64_t state = 12345;
  for (int id = 1; id <= ids; ++id) {
    const std::string digits = std::to_string(id);
    const std::string key = 'S' + std::string(7 - digits.size(), '0') + digits;
    for (int year = 2010; year < 2020; ++year) {
      state = state * 16807 % 2147483647;
      const double value =
          100 + static_cast<double>(state) / 2147483647 * 9900 + id % 977 * (year - 2010);
      char number[32];
      const auto end =
          std::to_chars(number, number + sizeof(number), value, std::chars_format::fixed, 4).ptr;
      file << key << ',' << year << ',' << std::string_view(number, end) << '\n';
    }
  }
  return path;
}

struct Columns {
  steppe_column_request id = {sizeof(steppe_column_request), STEPPE_COLUMN_TEXT, "id"};
  steppe_column_request year = {sizeof(steppe_column_request), STEPPE_COLUMN_TIME, "year"};
  steppe_column_request value = {sizeof(steppe_column_request), STEPPE_COLUMN_NUMBER, "value"};
  const steppe_column_request* all[3] = {&id, &year, &value};
};

// Reads the whole file; the number of rows, or -1 after an error.
std::int64_t read_all(const steppe_data_source& table, const void* instance) {
  const Columns columns;
  const steppe_source_request request = {sizeof(request), 3, columns.all, nullptr, nullptr, 0};
  void* handle = nullptr;
  ArrowArrayStream stream{};
  if (table.open(instance, &request, nullptr, &handle, &stream, nullptr) != STEPPE_OK) return -1;
  std::int64_t rows = 0;
  for (;;) {
    ArrowArray array{};
    if (stream.get_next(&stream, &array) != 0) {
      rows = -1;
      break;
    }
    if (array.release == nullptr) break;
    rows += array.length;
    array.release(&array);
  }
  stream.release(&stream);
  table.close(handle);
  return rows;
}

void* create(const steppe_component& component, const std::string& path) {
  const char* const text = path.c_str();
  const steppe_value value = {sizeof(value), STEPPE_TYPE_STRING, 1, nullptr, nullptr, &text,
                              nullptr};
  const steppe_argument argument = {sizeof(argument), 0, "path", &value};
  const steppe_argument* const arguments[] = {&argument};
  void* instance = nullptr;
  component.create(&component, arguments, 1, nullptr, &instance, nullptr);
  return instance;
}

void read_csv(benchmark::State& state) {
  const char* const given = std::getenv("STEPPE_CSV_BENCH_FILE");
  const std::string path = given == nullptr ? write_file(1000000) : given;
  const steppe_component* component = load_csv();
  void* instance = component == nullptr ? nullptr : create(*component, path);
  if (instance == nullptr) {
    state.SkipWithError("source.csv did not load");
    return;
  }
  const auto* table =
      static_cast<const steppe_data_source*>(component->query(component, STEPPE_DATA_SOURCE));
  std::int64_t rows = 0;
  for (auto _ : state) {
    rows = read_all(*table, instance);
    if (rows < 0) {
      state.SkipWithError("reading failed");
      break;
    }
  }
  component->destroy(instance);
  const auto bytes = static_cast<std::int64_t>(std::filesystem::file_size(path));
  state.SetBytesProcessed(bytes * static_cast<std::int64_t>(state.iterations()));
  state.counters["rows"] = static_cast<double>(rows);
  if (given == nullptr) std::filesystem::remove(path);
}
BENCHMARK(read_csv)->Unit(benchmark::kMillisecond)->Iterations(3)->Repetitions(1);

}  // namespace

BENCHMARK_MAIN();
