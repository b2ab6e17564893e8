// SPDX-License-Identifier: Apache-2.0
#include "data/time_grid.hpp"

#include <algorithm>

#include "data/counted_faults.hpp"

namespace steppe {
namespace {

// Calls visit(row, time) for each row whose date differs from the row before.
template <typename Visit>
void for_each_change(const std::vector<PackedTime>& times, Visit&& visit) {
  for (std::size_t row = 0; row < times.size(); ++row) {
    if (row == 0 || times[row] != times[row - 1]) visit(row, unpack(times[row]));
  }
}

bool all_fit(const TableRows& rows, const Calendar& calendar) {
  bool fit = true;
  for_each_change(rows.times, [&](std::size_t, const CivilTime& time) {
    fit = fit && ordinal_of(time, calendar).ok();
  });
  return fit;
}

// The last day of the first month may be the end of the month or, in February or on the 30th, just
// that day: the other dates tell which.
Calendar settle_day(const Calendar& first, const TableRows& rows) {
  if (first.day != 31 || all_fit(rows, first)) return first;
  Calendar other = first;
  other.day = 1;
  for_each_change(rows.times, [&](std::size_t, const CivilTime& time) {
    other.day = std::max(other.day, time.day);
  });
  return all_fit(rows, other) ? other : first;
}

Fault date_fault(const Error& error, Place place) {
  return {"C22", ErrorKind::kInvalidData, ExitCode::kDataRefused, std::move(place), error.message};
}

}  // namespace

Result<TimeGrid, Faults> time_grid(const TableRows& rows, const PanelRequest& request,
                                   const SourceStream& stream) {
  const auto earliest = std::min_element(rows.times.begin(), rows.times.end());
  const Result<Calendar> first = calendar_from(unpack(*earliest), request.frequency);
  if (!first) {
    const auto row = static_cast<std::uint64_t>(earliest - rows.times.begin());
    return Faults{date_fault(first.error(), place_in_source(stream, request, row, 0))};
  }
  TimeGrid grid{settle_day(*first, rows), {}};
  grid.ordinals.resize(rows.count());
  CountedFaults faults("dates like these");
  for (std::size_t row = 0; row < rows.count(); ++row) {
    if (row != 0 && rows.times[row] == rows.times[row - 1]) {
      grid.ordinals[row] = grid.ordinals[row - 1];
      continue;
    }
    const Result<std::int64_t> ordinal = ordinal_of(unpack(rows.times[row]), grid.calendar);
    if (ordinal) {
      grid.ordinals[row] = static_cast<std::int32_t>(*ordinal);
    } else if (faults.shows_next()) {
      faults.add(date_fault(ordinal.error(), place_in_source(stream, request, row, 0)));
    } else {
      faults.add_unseen();
    }
  }
  if (!faults.empty()) return std::move(faults).take();
  return grid;
}

}  // namespace steppe
