// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <optional>

#include "conformance/source_subject.hpp"
#include "plugin_host/option_arguments.hpp"

namespace steppe::conformance {

namespace {

std::string cell_name(const Cell& cell) { return cell ? "\"" + *cell + "\"" : "nothing"; }

// Leaves by fail() at the first cell in which they differ.
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

void columns_are_pushed_down(const CaseContext& context) {
  const SourceSubject subject(context);
  const SourceTable whole = whole_table(subject);
  for (std::size_t c = 0; c < whole.names.size(); ++c) {
    const SourceTable one = subject.read({.columns = {{whole.names[c]}}});
    if (one.names != std::vector{whole.names[c]}) {
      fail("asked for column " + whole.names[c] + " alone, delivers " +
           std::to_string(one.names.size()) + " columns");
    }
    compare_columns(whole.columns[c], one.columns[0], whole.names[c], "when it is asked for alone");
  }
  SourceRequest turned;
  for (const std::string& name : whole.names) turned.columns.push_back({name});
  std::ranges::reverse(turned.columns);
  const SourceTable other = subject.read(turned);
  for (std::size_t c = 0; c < whole.names.size(); ++c) {
    const std::size_t from = whole.names.size() - 1 - c;
    if (other.names.size() != whole.names.size() || other.names[c] != whole.names[from]) {
      fail("the columns are not delivered in the order in which they were asked for");
    }
    compare_columns(whole.columns[from], other.columns[c], other.names[c],
                    "when the columns are asked for in reverse order");
  }
}

void row_limit_is_pushed_down(const CaseContext& context) {
  const SourceSubject subject(context);
  const SourceTable whole = whole_table(subject);
  for (const std::size_t limit : {std::size_t{1}, whole.rows() / 2, whole.rows() + 5}) {
    if (limit == 0) continue;
    const SourceTable some = subject.read({.row_limit = limit});
    const std::size_t expected = std::min(limit, whole.rows());
    if (some.rows() != expected) {
      fail("a limit of " + std::to_string(limit) + " rows delivers " + std::to_string(some.rows()) +
           " of " + std::to_string(whole.rows()));
    }
    for (std::size_t c = 0; c < whole.names.size(); ++c) {
      const std::vector<Cell> first(
          whole.columns[c].begin(),
          whole.columns[c].begin() + static_cast<std::ptrdiff_t>(expected));
      compare_columns(first, some.columns[c], whole.names[c], "with a row limit");
    }
  }
}

// The time column, as years or ISO texts, which sort as times do.
struct TimeColumn {
  std::string name;
  std::vector<Cell> cells;
};

std::optional<TimeColumn> find_time(const SourceSubject& subject, const SourceTable& whole) {
  for (const std::string& name : whole.names) {
    const auto table = subject.try_read({.columns = {{name, STEPPE_COLUMN_TIME}}});
    if (!table || table->rows() < 4) continue;
    const bool sortable = std::ranges::all_of(table->columns[0], [](const Cell& cell) {
      return cell && cell->size() >= 4 &&
             cell->find_first_not_of("0123456789") == (cell->size() == 4 ? std::string::npos : 4);
    });
    if (sortable) return TimeColumn{name, table->columns[0]};
  }
  return std::nullopt;
}

void time_range_is_pushed_down(const CaseContext& context) {
  const SourceSubject subject(context);
  const SourceTable whole = whole_table(subject);
  const auto time = find_time(subject, whole);
  if (!time) skip("the data have no column of years or ISO dates");
  std::vector<std::string> sorted;
  for (const Cell& cell : time->cells) sorted.push_back(*cell);
  std::ranges::sort(sorted);
  // Whole years, so that both kinds of text mean the same.
  const std::string from = sorted[sorted.size() / 4].substr(0, 4);
  const std::string to = sorted[3 * sorted.size() / 4].substr(0, 4);
  const SourceTable some = subject.read({.columns = {{time->name, STEPPE_COLUMN_TIME}},
                                         .time_from = from + "-01-01",
                                         .time_to = to + "-12-31"});
  const auto inside = [&](const std::vector<Cell>& cells) {
    std::vector<Cell> out;
    for (const Cell& cell : cells) {
      if (cell && cell->substr(0, 4) >= from && cell->substr(0, 4) <= to) out.push_back(cell);
    }
    return out;
  };
  // Rows outside may be left out or not; those inside have to be there.
  compare_columns(inside(time->cells), inside(some.columns[0]), time->name,
                  "from " + from + " to " + to);
}

void unknown_column_is_refused(const CaseContext& context) {
  const SourceSubject subject(context);
  const SourceTable whole = whole_table(subject);
  const std::string name = "no_such_column_here";
  Answer answer;
  if (subject.try_open({.columns = {{name}}}, answer) != nullptr) {
    fail("open answers ok to a column that is not there");
  }
  if (!is_typed_refusal(answer.status)) fail("open answers " + text_of(answer));
  const std::string text = answer.error.where + " " + answer.error.message;
  if (text.find(name) == std::string::npos) {
    fail("the error for an unknown column does not name it: " + text_of(answer));
  }
  if (text.find(whole.names[0]) == std::string::npos) {
    fail("the error for an unknown column does not say which there are: " + text_of(answer));
  }
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

// A cell that cannot be read as asked is an error with its place, in mid-stream or at open.
void unreadable_cell_is_an_error(const CaseContext& context) {
  const SourceSubject subject(context);
  for (const std::string& name : whole_table(subject).names) {
    Answer answer;
    const auto source = subject.try_open({.columns = {{name, STEPPE_COLUMN_NUMBER}}}, answer);
    if (source == nullptr) {
      if (!is_typed_refusal(answer.status)) fail("open answers " + text_of(answer));
      return;
    }
    static_cast<void>(source->schema());
    for (;;) {
      ArrowArray array{};
      if (source->try_next(array) != 0) {
        const Error error = source->last_error();
        const char* text = source->stream_error();
        require(text != nullptr && *text != '\0', "get_last_error of the stream has no text");
        if (!is_typed_refusal(static_cast<steppe_status>(error.kind))) {
          fail("last_error has the kind " + std::string(steppe::name_of(error.kind)));
        }
        require(!error.message.empty(), "last_error has no text");
        require(!error.where.empty(), "last_error does not say where the cell stands");
        return;
      }
      if (array.release == nullptr) break;
      release(array);
    }
  }
  skip("every column of the data can be read as numbers");
}

// With another file name, where the component has one.
void missing_file_is_an_error(const CaseContext& context) {
  CaseContext other = context;
  bool has_path = false;
  for (std::uint32_t i = 0; i < context.component->option_count; ++i) {
    const steppe_option& option = *context.component->options[i];
    if ((option.flags & STEPPE_OPTION_PATH) == 0) continue;
    const auto given =
        std::erase_if(other.options, [&](const auto& pair) { return pair.first == option.name; });
    if (given == 0 && (option.flags & STEPPE_OPTION_REQUIRED) == 0) continue;
    has_path = true;
    other.options.emplace_back(option.name, "/nonexistent/no_such_file_here");
  }
  if (!has_path) skip("has no option that is a file");
  const Options options = options_of(other);
  const OptionArguments arguments(options);
  const steppe_component& component = *context.component;
  void* instance = nullptr;
  SuiteHost host;
  Answer answer = ask([&](steppe_error* error) {
    return component.create(&component, arguments.data(), arguments.size(), host.get(), &instance,
                            error);
  });
  if (answer.ok()) {
    component.destroy(instance);
    const SourceSubject subject(other);
    if (subject.try_open({}, answer) != nullptr) fail("opens a file that is not there");
  }
  if (!is_typed_refusal(answer.status)) fail("a file that is not there: " + text_of(answer));
  const std::string text = answer.error.where + " " + answer.error.message;
  if (text.find("no_such_file_here") == std::string::npos) {
    fail("the error for a file that is not there does not name it: " + text_of(answer));
  }
}

template <void (*Body)(const CaseContext&)>
constexpr Case source(const char* id, const char* rule, const char* title) {
  return {id, Level::kSemantics, Subject::kDataSource, rule, title, nullptr, &case_of<Body>};
}

constexpr Case kCases[] = {
    source<&reads_to_the_end>("semantics.source_reads_to_the_end", "R50",
                              "The stream is read to its end and every row is accounted for"),
    source<&schema_is_stable>("semantics.source_schema_is_stable", "R50",
                              "The schema is the same whenever it is asked for"),
    source<&arrays_outlive_the_stream>("semantics.source_arrays_outlive_the_stream", "R50",
                                       "Arrays are good until they are released, once each"),
    source<&streams_are_independent>("semantics.source_streams_are_independent", "R50",
                                     "Two streams at once do not disturb one another"),
    source<&released_early>("semantics.source_released_early", "R53",
                            "A stream may be released before its end"),
    source<&never_read>("semantics.source_never_read", "R53", "A stream may be released unread"),
    source<&columns_are_pushed_down>("semantics.source_columns", "R51",
                                     "Columns asked for are those of the whole table"),
    source<&row_limit_is_pushed_down>("semantics.source_row_limit", "R51",
                                      "A row limit gives the first rows"),
    source<&time_range_is_pushed_down>("semantics.source_time_range", "R51",
                                       "A time range leaves out no row inside it"),
    source<&unknown_column_is_refused>("semantics.source_unknown_column", "R51",
                                       "An unknown column is refused with the names there are"),
    source<&unreadable_cell_is_an_error>("semantics.source_unreadable_cell", "R52",
                                         "A cell that is no number is an error with its place"),
    source<&missing_file_is_an_error>("semantics.source_missing_file", "R52",
                                      "A file that is not there is an error that names it"),
    source<&snapshot_is_stable>("semantics.source_snapshot", "R55",
                                "The same data have the same snapshot"),
};

}  // namespace

std::span<const Case> source_cases() { return kCases; }

}  // namespace steppe::conformance
