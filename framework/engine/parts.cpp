// SPDX-License-Identifier: Apache-2.0
#include "engine/parts.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace steppe {
namespace {

// Rows [begin, end) of a block.
struct RowRange {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool operator<(const RowRange& other) const {
    return std::pair(begin, end) < std::pair(other.begin, other.end);
  }
  bool operator==(const RowRange&) const = default;
};

Result<RowRange> wanted_rows(const SeriesBlock& block, const RowsSpec& rows) {
  const std::size_t n = block.series.front().size();
  std::int64_t low = block.first;
  std::int64_t high = block.first + static_cast<std::int64_t>(n) - 1;
  if (rows.from) {
    const auto from = ordinal_of(*rows.from, *block.calendar);
    if (!from) return from.error();
    low = std::max(low, *from);
  }
  if (rows.to) {
    const auto to = ordinal_of(*rows.to, *block.calendar);
    if (!to) return to.error();
    high = std::min(high, *to);
  }
  if (low > high) {
    return Error{ErrorKind::kInsufficientData,
                 "no observation between rows.from and rows.to; the series has " +
                     label_of(block.first, *block.calendar) + " to " +
                     label_of(block.first + static_cast<std::int64_t>(n) - 1, *block.calendar),
                 "", "N1"};
  }
  return RowRange{static_cast<std::size_t>(low - block.first),
                  static_cast<std::size_t>(high - block.first) + 1};
}

// The rows of a series between its first and last value.
RowRange without_missing_ends(std::span<const double> series, RowRange range) {
  while (range.begin < range.end && std::isnan(series[range.begin])) ++range.begin;
  while (range.end > range.begin && std::isnan(series[range.end - 1])) --range.end;
  return range;
}

class PartMaker {
 public:
  PartMaker(const SeriesBlock& block, const PartRequest& request, const PartCallbacks& callbacks)
      : block_(block), request_(request), callbacks_(callbacks) {}

  std::vector<TrendPart> make() {
    const auto range = wanted_rows(block_, *request_.rows);
    for (std::size_t s = 0; s < block_.series.size(); ++s) {
      if (range) {
        place(s, *range);
      } else {
        callbacks_.refuse(s, range.error());
      }
    }
    std::vector<TrendPart> parts;
    for (const auto& [rows, members] : by_rows_) parts.push_back(gather(rows, members));
    return parts;
  }

 private:
  std::string date(std::size_t row) const {
    return label_of(block_.first + static_cast<std::int64_t>(row), *block_.calendar);
  }

  void place(std::size_t s, const RowRange& wanted) {
    const auto series = block_.series[s];
    const RowRange rows = without_missing_ends(series, wanted);
    if (rows.begin == rows.end) {
      callbacks_.refuse(s, {ErrorKind::kInsufficientData, "every value is missing", "", "N16"});
      return;
    }
    for (std::size_t row = rows.begin; row < rows.end; ++row) {
      if (!std::isnan(series[row])) continue;
      callbacks_.refuse(
          s, {ErrorKind::kInvalidData,
              "a value inside the series is missing; fill it in, or start after it with rows.from",
              date(row) + " (row " + std::to_string(row + 1) + ")", "N17"});
      return;
    }
    if (!(rows == wanted) && !cut_allowed(s, rows, wanted)) return;
    by_rows_[rows].push_back(s);
  }

  bool cut_allowed(std::size_t s, const RowRange& rows, const RowRange& wanted) {
    const std::size_t leading = rows.begin - wanted.begin;
    const std::size_t trailing = wanted.end - rows.end;
    const std::string text = std::to_string(leading) + " leading and " + std::to_string(trailing) +
                             " trailing values are missing";
    if (request_.missing == MissingPolicy::kRefuse) {
      callbacks_.refuse(s, {ErrorKind::kInvalidData,
                            text + "; set \"missing\": \"trim\" to use " + date(rows.begin) +
                                " to " + date(rows.end - 1),
                            "", "N17"});
      return false;
    }
    callbacks_.warn(s, {"missing_ends_cut", text + "; " + date(rows.begin) + " to " +
                                                date(rows.end - 1) + " are used"});
    return true;
  }

  TrendPart gather(const RowRange& rows, const std::vector<std::size_t>& members) const {
    TrendPart part;
    part.calendar = block_.calendar;
    part.first = block_.first + static_cast<std::int64_t>(rows.begin);
    part.members = members;
    const std::size_t n = rows.end - rows.begin;
    for (std::size_t i = 1; i <= n; ++i) part.time.push_back(static_cast<double>(i));
    for (std::size_t s : members) part.seeds.push_back(block_.seeds[s]);
    part.values.resize(n * members.size());
    for (std::size_t j = 0; j < members.size(); ++j) {
      const double* source = block_.series[members[j]].data() + rows.begin;
      for (std::size_t i = 0; i < n; ++i) part.values[i * members.size() + j] = source[i];
    }
    return part;
  }

  const SeriesBlock& block_;
  const PartRequest& request_;
  const PartCallbacks& callbacks_;
  std::map<RowRange, std::vector<std::size_t>> by_rows_;
};

}  // namespace

std::vector<TrendPart> make_parts(const SeriesBlock& block, const PartRequest& request,
                                  const PartCallbacks& callbacks) {
  if (block.series.empty()) return {};
  return PartMaker(block, request, callbacks).make();
}

}  // namespace steppe
