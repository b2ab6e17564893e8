// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <charconv>
#include <optional>

#include "conformance/source_case_bodies.hpp"
#include "plugin_host/option_arguments.hpp"

namespace steppe::conformance::source {

namespace {

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

// A stream that is read to its end without an error; `what` is what was asked for. Data without any
// row may also be refused as insufficient.
std::optional<SourceTable> read_without_rows(const SourceSubject& subject,
                                             const SourceRequest& request, const std::string& what,
                                             bool may_refuse) {
  Answer answer;
  const auto source = subject.try_open(request, answer);
  if (source == nullptr) {
    if (may_refuse && answer.status == STEPPE_INSUFFICIENT_DATA) return std::nullopt;
    fail(what + ": open answers " + text_of(answer));
  }
  SourceTable table = source->schema();
  for (;;) {
    ArrowArray array{};
    if (source->try_next(array) != 0) {
      const Error error = source->last_error();
      if (may_refuse && error.kind == ErrorKind::kInsufficientData) return std::nullopt;
      fail(what + ": the stream ends with an error: " + error.message);
    }
    if (array.release == nullptr) return table;
    add_cells(array, table);
    release(array);
  }
}

// The year after the last one of the data, as ISO writes it; empty after 9998.
std::string year_after(const TimeColumn& time) {
  std::string last = "0000";
  for (const Cell& cell : time.cells) last = std::max(last, cell->substr(0, 4));
  int year = 0;
  std::from_chars(last.data(), last.data() + last.size(), year);
  if (year >= 9999) return {};
  const std::string text = std::to_string(year + 1);
  return std::string(4 - text.size(), '0') + text;
}

}  // namespace

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

// Of data with rows a time range behind the last one is asked for. A source may leave rows outside
// a range in; then none of them lies inside, and there is nothing to see.
void no_rows_are_a_table(const CaseContext& context) {
  const SourceSubject subject(context);
  const auto whole = read_without_rows(subject, {}, "the data", true);
  if (!whole) return;
  if (whole->rows() == 0) {
    if (whole->names.empty()) fail("the data: a table without rows has no columns either");
    return;
  }
  const auto time = find_time(subject, *whole);
  if (!time) skip("the data have rows, and no column of years or ISO dates");
  const std::string year = year_after(*time);
  if (year.empty()) skip("the data go on to the last year there is");
  const SourceTable none = *read_without_rows(subject,
                                              {.columns = {{time->name, STEPPE_COLUMN_TIME}},
                                               .time_from = year + "-01-01",
                                               .time_to = year + "-12-31"},
                                              "a time range without rows", false);
  if (none.names != std::vector{time->name}) {
    fail("a time range without rows has other columns than those asked for");
  }
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

}  // namespace steppe::conformance::source
