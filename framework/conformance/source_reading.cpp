// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "conformance/source_case_bodies.hpp"

namespace steppe::conformance::source {

namespace {

std::string cell_name(const Cell& cell) { return cell ? "\"" + *cell + "\"" : "nothing"; }

}  // namespace

void compare_columns(const std::vector<Cell>& a, const std::vector<Cell>& b,
                     const std::string& column, const std::string& when) {
  for (std::size_t r = 0; r < std::min(a.size(), b.size()); ++r) {
    if (a[r] == b[r]) continue;
    fail("column " + column + ", row " + std::to_string(r + 1) + ": " + cell_name(a[r]) + ", but " +
         cell_name(b[r]) + " " + when);
  }
  if (a.size() != b.size()) {
    fail("column " + column + " has " + std::to_string(a.size()) + " rows, but " +
         std::to_string(b.size()) + " " + when);
  }
}

void compare_tables(const SourceTable& a, const SourceTable& b, const std::string& when) {
  if (a.names != b.names) fail("the columns have other names " + when);
  for (std::size_t c = 0; c < a.names.size(); ++c) {
    compare_columns(a.columns[c], b.columns[c], a.names[c], when);
  }
}

SourceTable whole_table(const SourceSubject& subject) {
  SourceTable table = subject.read();
  if (table.names.empty()) skip("the data have no columns");
  return table;
}

void reads_to_the_end(const CaseContext& context) {
  const SourceSubject subject(context);
  FitReport report;
  const SourceTable table = subject.read({}, &report);
  const auto scalar = [&](const char* name) {
    const double* value = report.scalar(name);
    if (value == nullptr) fail(std::string("the report has no scalar ") + name);
    return *value;
  };
  const double used = scalar("rows_used");
  const double sum = used + scalar("rows_rejected") + scalar("rows_skipped");
  if (scalar("rows_in") != sum) {
    fail("rows_in is " + number(scalar("rows_in")) + ", but used, rejected and skipped add up to " +
         number(sum));
  }
  if (used != static_cast<double>(table.rows()) && !table.names.empty()) {
    fail("rows_used is " + number(used) + ", but " + std::to_string(table.rows()) +
         " rows were delivered");
  }
  const std::string* snapshot = report.text("snapshot");
  if (snapshot == nullptr || snapshot->empty()) fail("the report has no text \"snapshot\"");
}

void schema_is_stable(const CaseContext& context) {
  const SourceSubject subject(context);
  const auto source = subject.open();
  const SourceTable first = source->schema();
  const SourceTable second = source->schema();
  if (auto array = source->next()) release(*array);
  const SourceTable third = source->schema();
  if (first.names != second.names || first.formats != second.formats) {
    fail("a second get_schema gives other columns");
  }
  if (first.names != third.names || first.formats != third.formats) {
    fail("get_schema gives other columns after get_next");
  }
  if (subject.open()->schema().names != first.names) fail("another stream has other columns");
}

void released_early(const CaseContext& context) {
  const SourceSubject subject(context);
  {
    const auto source = subject.open();
    static_cast<void>(source->schema());
    if (auto array = source->next()) release(*array);
    source->release_stream();
  }
  compare_tables(subject.read(), subject.read(), "after a stream that was released early");
}

void never_read(const CaseContext& context) {
  const SourceSubject subject(context);
  {
    const auto source = subject.open();
  }
  {
    const auto source = subject.open();
    source->release_stream();
  }
  static_cast<void>(subject.read());
}

// The arrays belong to the reader: they live on when the stream is gone.
void arrays_outlive_the_stream(const CaseContext& context) {
  const SourceSubject subject(context);
  const SourceTable expected = subject.read();
  SourceTable seen;
  std::vector<ArrowArray> arrays;
  {
    const auto source = subject.open();
    seen = source->schema();
    while (auto array = source->next()) arrays.push_back(*array);
  }
  for (const ArrowArray& array : arrays) add_cells(array, seen);
  for (ArrowArray& array : arrays) release(array);
  compare_tables(expected, seen, "in arrays that outlive their stream");
}

void snapshot_is_stable(const CaseContext& context) {
  const SourceSubject subject(context);
  FitReport first;
  FitReport second;
  compare_tables(subject.read({}, &first), subject.read({}, &second), "when it is opened again");
  const std::string* one = first.text("snapshot");
  const std::string* other = second.text("snapshot");
  if (one == nullptr || other == nullptr) fail("the report has no text \"snapshot\"");
  if (*one != *other) fail("the same data have the snapshot " + *one + ", then " + *other);
}

void streams_are_independent(const CaseContext& context) {
  const SourceSubject subject(context);
  const SourceTable expected = subject.read();
  const auto one = subject.open();
  const auto two = subject.open();
  SourceTable first = one->schema();
  SourceTable second = two->schema();
  for (bool more = true; more;) {
    more = false;
    for (auto& [source, table] : {std::pair<OpenSource&, SourceTable&>(*one, first),
                                  std::pair<OpenSource&, SourceTable&>(*two, second)}) {
      auto array = source.next();
      if (!array) continue;
      more = true;
      add_cells(*array, table);
      release(*array);
    }
  }
  compare_tables(expected, first, "with another stream open beside it");
  compare_tables(expected, second, "in a second stream beside the first");
}

}  // namespace steppe::conformance::source
