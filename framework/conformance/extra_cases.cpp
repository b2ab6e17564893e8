// SPDX-License-Identifier: Apache-2.0

// Arrays of a source as the host will trust them: what no reading of cells would notice.
#include <unistd.h>

#include <chrono>
#include <fstream>

#include "conformance/source_subject.hpp"

namespace steppe::conformance {

namespace {

constexpr std::int64_t kMostRows = 10'000'000;
constexpr std::chrono::seconds kLongest{3};

// Every array up to ten million rows or three seconds: take(array, rows so far) before it is
// released.
template <typename Take>
void each_array(OpenSource& source, Take&& take) {
  const auto end = std::chrono::steady_clock::now() + kLongest;
  std::int64_t rows = 0;
  while (auto array = source.next()) {
    take(*array);
    rows += array->length;
    release(*array);
    if (rows > kMostRows || std::chrono::steady_clock::now() > end) return;
  }
}

std::int64_t buffers_of(const std::string& format) {
  return format == "u" || format == "U" ? 3 : 2;
}

void check_column(const ArrowArray& array, const ArrowArray& batch, const std::string& format,
                  const std::string& name) {
  const std::string column = "column " + name + ": ";
  if (array.n_buffers != buffers_of(format)) {
    fail(column + "has " + std::to_string(array.n_buffers) + " buffers, the format \"" + format +
         "\" has " + std::to_string(buffers_of(format)));
  }
  if (array.offset < 0 || array.length < batch.offset + batch.length) {
    fail(column + "has length " + std::to_string(array.length) + " and offset " +
         std::to_string(array.offset) + "; the batch needs " + std::to_string(batch.length) +
         " rows from " + std::to_string(batch.offset));
  }
  if (array.null_count < -1 || array.null_count > array.length) {
    fail(column + "counts " + std::to_string(array.null_count) + " nulls among " +
         std::to_string(array.length) + " cells");
  }
  if (array.null_count > 0 && array.buffers[0] == nullptr) {
    fail(column + "counts nulls and has no validity bitmap");
  }
  if (array.length > 0 && array.buffers[1] == nullptr) fail(column + "has no values");
}

void arrays_are_whole(const CaseContext& context) {
  const SourceSubject subject(context);
  const auto source = subject.open();
  const SourceTable schema = source->schema();
  each_array(*source, [&](const ArrowArray& batch) {
    if (batch.n_buffers != 1)
      fail("a batch has not one buffer, but " + std::to_string(batch.n_buffers));
    if (batch.n_children != static_cast<std::int64_t>(schema.names.size())) {
      fail("a batch has " + std::to_string(batch.n_children) + " columns, the schema has " +
           std::to_string(schema.names.size()));
    }
    for (std::size_t c = 0; c < schema.names.size(); ++c) {
      check_column(*batch.children[c], batch, schema.formats[c], schema.names[c]);
    }
  });
}

// Resident memory of this process, in bytes: the second number of /proc/self/statm, in pages.
std::int64_t resident() {
  std::ifstream file("/proc/self/statm");
  std::int64_t size = 0;
  std::int64_t pages = 0;
  file >> size >> pages;
  return pages * sysconf(_SC_PAGESIZE);
}

void memory_is_bounded(const CaseContext& context) {
  constexpr std::int64_t kMost = std::int64_t{64} << 20;
  const SourceSubject subject(context);
  const auto source = subject.open();
  std::int64_t first = 0;
  each_array(*source, [&](const ArrowArray&) {
    if (first == 0) first = resident();
  });
  const std::int64_t grown = first == 0 ? 0 : resident() - first;
  if (grown > kMost) {
    fail("holds " + std::to_string(grown >> 20) +
         " MiB more after its rows were read and released");
  }
}

constexpr Case kExtraCases[] = {
    {"memory.source_arrays_are_whole", Level::kMemory, Subject::kDataSource, "R50",
     "Arrays have the buffers, lengths and counts that their schema asks", nullptr,
     &case_of<arrays_are_whole>},
    {"memory.source_memory_is_bounded", Level::kMemory, Subject::kDataSource, "R54",
     "Rows that were read and released take no memory", nullptr, &case_of<memory_is_bounded>},
};

}  // namespace

std::span<const Case> extra_cases() { return kExtraCases; }

}  // namespace steppe::conformance
