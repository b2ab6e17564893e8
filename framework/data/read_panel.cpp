// SPDX-License-Identifier: Apache-2.0
#include "data/read_panel.hpp"

#include <cmath>
#include <optional>

#include "core/number_text.hpp"
#include "data/member_order.hpp"

namespace steppe {
namespace {

// One row count of the source's report; empty when it is not there or no whole number.
std::optional<std::uint64_t> count_in(const FitReport& report, const char* name) {
  constexpr double kMost = 9007199254740992.0;  // 2^53: above it a double may have lost the count
  const double* value = report.scalar(name);
  if (value == nullptr || !(*value >= 0) || *value > kMost || *value != std::floor(*value)) {
    return std::nullopt;
  }
  return static_cast<std::uint64_t>(*value);
}

std::string accounting_text(const RowAccounting& rows) {
  return "rows_in=" + std::to_string(rows.rows_in) + " used=" + std::to_string(rows.used) +
         " rejected=" + std::to_string(rows.rejected) + " skipped=" + std::to_string(rows.skipped);
}

Fault source_fault(const SourceStream& stream, const PanelRequest& request, std::string message) {
  Fault fault{"", ErrorKind::kPluginFault, ExitCode::kPluginFailed, {}, std::move(message)};
  fault.place.plugin = stream.label();
  fault.place.step = request.source;
  return fault;
}

// The source's own account, which must balance and agree with what it delivered.
Outcome<RowAccounting> account_of(const FitReport& report, std::uint64_t delivered,
                                  const SourceStream& stream, const PanelRequest& request) {
  const auto in = count_in(report, "rows_in");
  const auto used = count_in(report, "rows_used");
  const auto rejected = count_in(report, "rows_rejected");
  const auto skipped = count_in(report, "rows_skipped");
  if (!in || !used || !rejected || !skipped) {
    return source_fault(stream, request,
                        "the source does not account for its rows; its report must hold rows_in, "
                        "rows_used, rows_rejected and rows_skipped");
  }
  const RowAccounting rows{*in, *used, *rejected, *skipped};
  if (!rows.balanced() || rows.used != delivered) {
    return source_fault(stream, request,
                        "the source's rows do not add up: " + accounting_text(rows) + ", " +
                            std::to_string(delivered) + " delivered");
  }
  return rows;
}

Fault no_observations(const RowAccounting& rows, const SourceStream& stream,
                      const PanelRequest& request) {
  Fault fault{"C15", ErrorKind::kInsufficientData, ExitCode::kDataRefused, {}, "no observations"};
  if (rows.rows_in != 0) fault.message += "; " + accounting_text(rows);
  fault.place.step = request.source;
  fault.place.plugin = stream.label();
  return fault;
}

// Texts become facts, but for the snapshot; scalars other than the row counts follow.
void take_report(const FitReport& report, Panel& panel) {
  for (const ReportText& text : report.texts) {
    if (text.name == "snapshot") {
      panel.snapshot = text.value;
    } else {
      panel.facts.emplace_back(text.name, text.value);
    }
  }
  for (const ReportScalar& scalar : report.scalars) {
    if (scalar.name.starts_with("rows_")) continue;
    panel.facts.emplace_back(scalar.name, shortest_text(scalar.value));
  }
  panel.warnings = report.warnings;
}

void add_notices(const TableRows& rows, const MemberOrder& order, Panel& panel) {
  if (order.unsorted != 0) {
    std::string which = "the rows";
    if (!panel.key_columns.empty()) which += " of " + std::to_string(order.unsorted) + " series";
    panel.warnings.push_back(
        {"rows_sorted", which + " were not in the order of time and have been sorted"});
  }
  for (std::size_t i = 0; i < rows.missing.size(); ++i) {
    if (rows.missing[i] == 0) continue;
    panel.warnings.push_back(
        {"missing_values", std::to_string(rows.missing[i]) + " of " + std::to_string(rows.count()) +
                               " values of column " + quoted(panel.column_names[i]) +
                               " are missing"});
  }
}

// Each column in the panel's order. A column is given up before the next is made.
void take_columns(TableRows& rows, const MemberOrder& order, Panel& panel) {
  panel.columns.resize(rows.values.size());
  for (std::size_t i = 0; i < rows.values.size(); ++i) {
    std::vector<double>& column = panel.columns[i];
    column.resize(order.rows.size());
    for (std::size_t k = 0; k < column.size(); ++k) column[k] = rows.values[i][order.rows[k]];
    rows.values[i] = {};
  }
}

// What the members hold, counted again: a row that was lost on the way here is our own bug.
bool all_rows_kept(const Panel& panel) {
  std::uint64_t held = 0;
  for (const PanelMember& member : panel.members) held += member.count;
  return held == panel.rows.used && panel.rows.balanced();
}

Fault lost_rows(const Panel& panel) {
  Fault fault{"",
              ErrorKind::kInternal,
              ExitCode::kInternal,
              {},
              "rows were lost while reading: " + accounting_text(panel.rows)};
  fault.place.step = panel.source;
  return fault;
}

}  // namespace

Result<Panel, Faults> read_panel(const DataSource& source, const PanelRequest& request) {
  const auto refused = [&request](Fault fault) {
    if (fault.place.step.empty()) fault.place.step = request.source;
    return Faults{std::move(fault)};
  };
  Outcome<SourceStream> stream = source.read(data_request_of(request));
  if (!stream) return refused(std::move(stream).error());
  Result<TableRows, Faults> rows = read_rows(*stream, request);
  if (!rows) return std::move(rows).error();
  const Outcome<FitReport> report = stream->report();
  if (!report) return refused(report.error());
  const Outcome<RowAccounting> account = account_of(*report, rows->count(), *stream, request);
  if (!account) return refused(account.error());
  if (rows->count() == 0) return refused(no_observations(*account, *stream, request));

  Result<TimeGrid, Faults> grid = time_grid(*rows, request, *stream);
  if (!grid) return std::move(grid).error();
  Result<MemberOrder, Faults> order = member_order(*rows, *grid, request, *stream);
  if (!order) return std::move(order).error();

  Panel panel;
  panel.source = request.source;
  panel.key_columns = request.key_columns;
  panel.time_column = request.time_column;
  panel.calendar = grid->calendar;
  panel.column_names = request.value_columns;
  panel.rows = *account;
  take_report(*report, panel);
  add_notices(*rows, *order, panel);
  take_columns(*rows, *order, panel);
  panel.members = std::move(order->members);
  if (!all_rows_kept(panel)) return refused(lost_rows(panel));
  return panel;
}

}  // namespace steppe
